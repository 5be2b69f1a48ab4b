import ArgumentParser
import EvacuationModel
import Foundation
import InventoryImport

/// `evac import`.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an inventory from what a platform's own tools print.", subcommands: [OpenStack.self])

  /// `evac import openstack`.
  struct OpenStack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "openstack",
      abstract: "Read JSON of openstackclient or of the compute API.",
      discussion: """
        Files are known by their content, not by their names. Useful listings, each with -f json: \
        hypervisor list --long (with --os-compute-api-version 2.87 for memory), server list --all-projects \
        --long, server show, flavor list --all --long, server group list, aggregate list --long, compute \
        service list --long. Whatever had to be assumed is listed and written into the inventory.
        """)

    @Argument(help: "Folders or files.")
    var paths: [String]

    @Option(help: "What to call the inventory.")
    var name = "openstack"

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
    var output: String?

    func run() async throws {
      try await guarded(json: false) {
        if let output { try OutputFile.check(output) }
        let files = try ImportFiles.all(paths).map { file in (path: file.path, bytes: file.bytes) }
        let (inventory, findings) = OpenStackImport.inventory(from: files, name: name)
        guard let inventory else { throw Refusal(findings: findings) }
        Console.remark(findings)
        let remarks = findings.filter { $0.code == .assumption }.map { "assumed: \($0.message); \($0.help)" }
        let text = InventoryText.yaml(inventory, remarks: remarks)
        if let output { try OutputFile.write(text, to: output) } else { try Console.result(text) }
      }
    }
  }
}

/// The files that an import was given, folders opened one level deep, in order of their names.
enum ImportFiles {
  static func all(_ paths: [String]) throws(Refusal) -> [InputFile] {
    var files: [InputFile] = []
    for path in paths {
      for file in members(path) { files.append(try InputFile(file)) }
    }
    return files
  }

  private static func members(_ path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [path]
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map { "\(path)/\($0)" }.filter { file in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }
}
