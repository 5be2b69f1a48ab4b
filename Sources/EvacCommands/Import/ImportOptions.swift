import ArgumentParser
import EvacuationModel
import InventoryImport

/// What every import asks for.
struct ImportOptions: ParsableArguments {
  @Argument(help: "Folders or files.")
  var paths: [String]

  @Option(help: "What to call the inventory; the platform's name by default.")
  var name: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write a policy with the platform's own settings to this file, as far as they are known.",
      valueName: "file"))
  var policyOutput: String?

  /// Reads the files with `importer` and writes what came of them.
  func run(
    _ platform: String, _ importer: ([(path: String, bytes: [UInt8])], String) -> ImportedPicture
  ) async throws {
    try await guarded(json: false) {
      if let output { try OutputFile.check(output) }
      if let policyOutput { try OutputFile.check(policyOutput) }
      let picture = importer(try ImportFiles.all(paths), name ?? platform)
      try write(picture)
    }
  }

  private func write(_ picture: ImportedPicture) throws(Refusal) {
    guard let inventory = picture.inventory else { throw Refusal(findings: picture.findings) }
    Console.remark(picture.findings)
    if let policyOutput {
      if let policy = picture.policyText {
        try OutputFile.write(policy, to: policyOutput)
      } else {
        Console.remark("none of the files tells a setting of the platform: no policy written\n")
      }
    }
    let text = InventoryText.yaml(inventory, remarks: picture.comments)
    if let output { try OutputFile.write(text, to: output) } else { try Console.result(text) }
  }
}
