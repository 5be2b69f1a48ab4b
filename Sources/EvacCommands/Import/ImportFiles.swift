import EvacuationModel
import Foundation

/// The files that an import was given, folders opened with what is in them, in order of their names.
enum ImportFiles {
  /// A capture has folders by host and in them by kind; more would be something else.
  private static let deepest = 4
  private static let most = 200_000

  static func all(_ paths: [String]) throws(Refusal) -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = []
    for path in paths {
      for file in try members(path, depth: 0) {
        let read = try InputFile(file)
        files.append((read.path, read.bytes))
      }
    }
    return files
  }

  private static func members(_ path: String, depth: Int) throws(Refusal) -> [String] {
    guard isFolder(path) else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    var files: [String] = []
    for name in names.filter({ !$0.hasPrefix(".") }).sorted() {
      let member = path.hasSuffix("/") ? "\(path)\(name)" : "\(path)/\(name)"
      if isFolder(member) {
        if depth < deepest { files += try members(member, depth: depth + 1) }
      } else if isFile(member) {
        files.append(member)
      }
      guard files.count <= most else {
        throw Refusal(findings: [
          Finding(
            .tooLarge, path: path, message: "holds more than \(most) files",
            help: "give the folder of the capture alone")
        ])
      }
    }
    return files
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// A file, not a pipe or a device that would be read for ever.
  private static func isFile(_ path: String) -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    return type == .typeRegular
  }
}
