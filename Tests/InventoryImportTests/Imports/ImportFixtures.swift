import EvacuationModel
import Foundation
import InventoryImport
import Testing

/// Captures in `Fixtures`, and captures written down in a test.
enum ImportFixtures {
  typealias Files = [(path: String, bytes: [UInt8])]

  /// All files below a folder, with their paths from there on.
  static func folder(_ name: String) throws -> Files {
    let root = Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name)").path
    let paths = try #require(FileManager.default.subpaths(atPath: root)).sorted()
    return try paths.compactMap { path in
      var isFolder: ObjCBool = false
      let file = "\(root)/\(path)"
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
        return nil
      }
      return ("\(name)/\(path)", Array(try Data(contentsOf: URL(fileURLWithPath: file))))
    }
  }

  /// Texts by the path that they stand for.
  static func texts(_ texts: KeyValuePairs<String, String>) -> Files {
    texts.map { ($0.key, Array($0.value.utf8)) }
  }
}

/// The inventory of `picture`, after a reader of our own has read what would be written of it, and the policy beside.
func accepted(_ picture: ImportedPicture) throws -> Inventory {
  let inventory = try #require(picture.inventory, "\(printed(picture.findings))")
  let text = InventoryText.yaml(inventory, remarks: picture.comments)
  let reading = InventoryReader.read([UInt8](text.utf8), path: "written.yaml")
  #expect(reading.value == inventory, "\(printed(reading.findings))")
  if let policy = picture.policyText {
    let reading = PolicyReader.read([UInt8](policy.utf8), path: "policy.yaml", platform: inventory.platform)
    #expect(reading.value != nil, "\(printed(reading.findings))")
  }
  return inventory
}

extension Inventory {
  func guest(_ name: String) throws -> VirtualMachine {
    try #require(virtualMachines.first { $0.id.name == name })
  }

  func host(_ name: String) throws -> EvacuationModel.Host {
    try #require(hosts.first { $0.id.name == name })
  }
}

extension ImportedPicture {
  func contains(_ code: FindingCode, _ part: String) -> Bool {
    findings.contains { $0.code == code && $0.message.contains(part) }
  }
}
