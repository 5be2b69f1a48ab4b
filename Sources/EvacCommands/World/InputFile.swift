import EvacuationModel
import Foundation
import InventoryImport
import Quantities

/// A file as it was read, with its digest.
struct InputFile {
  let path: String
  let bytes: [UInt8]

  /// SHA-256 of the bytes, in hexadecimal.
  var sha256: String { Digest.sha256(bytes) }

  /// Reads a whole file, a pipe, or with `-` standard input, of at most `most` bytes. Throws a `Refusal` that says why
  /// it cannot be read.
  init(_ path: String, most: Int = InventoryReader.largestFile) throws(Refusal) {
    self.path = path == "-" ? "<stdin>" : path
    guard path != "-" else {
      bytes = try Self.everything(in: .standardInput, of: self.path, most: most)
      return
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Self.unreadable(path, "there is no such file", "check the path")
    }
    guard !isFolder.boolValue else {
      throw Self.unreadable(path, "is a folder", "name a file in it")
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    guard size <= most else {
      throw Self.tooLarge(path, "has \(ByteCount(bytes: Int64(size)))", most: most)
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Self.unreadable(path, "cannot be read", "check its permissions")
    }
    bytes = try Self.everything(in: handle, of: path, most: most)
  }

  /// Piece by piece, because a pipe or a device does not say how much is to come.
  private static func everything(
    in handle: FileHandle, of path: String, most: Int
  ) throws(Refusal) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece: Data?
      do {
        piece = try handle.read(upToCount: 1 << 20)
      } catch {
        throw unreadable(path, "cannot be read to its end", "check the file and its disk")
      }
      guard let piece, !piece.isEmpty else { return bytes }
      bytes += piece
      guard bytes.count <= most else { throw tooLarge(path, "is larger", most: most) }
    }
  }

  private static func tooLarge(_ path: String, _ what: String, most: Int) -> Refusal {
    Refusal(findings: [
      Finding(
        .tooLarge, path: path, message: "\(what), at most \(ByteCount(bytes: Int64(most))) are read",
        help: "split the inventory by cluster")
    ])
  }

  private static func unreadable(_ path: String, _ message: String, _ help: String) -> Refusal {
    Refusal(findings: [Finding(.unreadableFile, path: path, message: message, help: help)])
  }
}
