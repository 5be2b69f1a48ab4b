import EvacuationModel
import Foundation

/// Writes a file whole or not at all: a temporary file beside it takes its place.
enum OutputFile {
  /// Whether `path` can be written, found out before any work is done.
  static func check(_ path: String) throws(Refusal) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw refusal(path, "is a folder", "name a file in it")
    }
    guard FileManager.default.fileExists(atPath: folder) else {
      throw refusal(path, "its folder does not exist", "create \(folder) first")
    }
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw refusal(path, "its folder cannot be written", "choose another place or change its permissions")
    }
  }

  static func write(_ text: String, to path: String) throws(Refusal) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw refusal(path, "could not be written", "check free space and permissions")
    }
  }

  private static func refusal(_ path: String, _ message: String, _ help: String) -> Refusal {
    Refusal(findings: [Finding(.unwritableOutput, path: path, message: message, help: help)])
  }
}
