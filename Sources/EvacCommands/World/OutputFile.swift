import EvacuationModel
import Foundation

/// Writes a file whole or not at all: a temporary file beside it takes its place.
enum OutputFile {
  /// Whether `path` can be written, found out before any work is done: by trying, because permissions alone
  /// do not tell.
  static func check(_ path: String) throws(Refusal) {
    let files = FileManager.default
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = target.deletingLastPathComponent()
    if isFolder(target.path) { throw refusal(path, "is a folder", "name a file in it") }
    if isDevice(target.path) { return }
    guard isFolder(folder.path) else {
      let named = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      throw refusal(path, "its folder does not exist", "create \(named.joined(separator: "/")) first")
    }
    let trial = folder.appending(path: ".evac-\(UUID().uuidString)").path
    guard files.createFile(atPath: trial, contents: Data()) else {
      throw refusal(path, "its folder cannot be written", "choose another place or change its permissions")
    }
    try? files.removeItem(atPath: trial)
  }

  /// Puts `text` in the place of what `path` holds. A link is followed, a device is written to.
  static func write(_ text: String, to path: String) throws(Refusal) {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      if isDevice(target.path) {
        try FileHandle(forWritingTo: target).write(contentsOf: Data(text.utf8))
      } else {
        try Data(text.utf8).write(to: target, options: .atomic)
      }
    } catch {
      throw refusal(path, "could not be written", "check free space and permissions")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// `/dev/null`, a pipe: something that a file must not take the place of.
  private static func isDevice(_ path: String) -> Bool {
    guard let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    else { return false }
    return type != .typeRegular && type != .typeDirectory
  }

  private static func refusal(_ path: String, _ message: String, _ help: String) -> Refusal {
    Refusal(findings: [Finding(.unwritableOutput, path: path, message: message, help: help)])
  }
}
