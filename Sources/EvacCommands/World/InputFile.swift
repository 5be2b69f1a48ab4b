import Crypto
import EvacuationModel
import Foundation
import InventoryImport
import Quantities

/// A file as it was read, with its digest.
struct InputFile {
  let path: String
  let bytes: [UInt8]

  /// SHA-256 of the bytes, in hexadecimal.
  var sha256: String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// Reads a whole file; `-` is standard input. Throws a `Refusal` that says why it cannot be read.
  init(_ path: String) throws(Refusal) {
    self.path = path == "-" ? "<stdin>" : path
    if path == "-" {
      bytes = Self.standardInput()
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
    guard size <= InventoryReader.largestFile else {
      throw Refusal(findings: [
        Finding(
          .tooLarge, path: path,
          message:
            "has \(ByteCount(bytes: Int64(size))), at most \(ByteCount(bytes: Int64(InventoryReader.largestFile))) are read",
          help: "split the inventory by cluster")
      ])
    }
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw Self.unreadable(path, "cannot be read", "check its permissions")
    }
  }

  private static func standardInput() -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= InventoryReader.largestFile,
      let chunk = try? FileHandle.standardInput.read(upToCount: 1 << 20),
      !chunk.isEmpty
    {
      bytes += chunk
    }
    return bytes
  }

  private static func unreadable(_ path: String, _ message: String, _ help: String) -> Refusal {
    Refusal(findings: [Finding(.unreadableFile, path: path, message: message, help: help)])
  }
}
