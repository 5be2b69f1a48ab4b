import ArgumentParser
import EvacuationModel
import InventoryImport

/// What every import of a platform asks for.
struct ImportOptions: ParsableArguments {
  @Argument(help: "Folders or files.")
  var paths: [String]

  @OptionGroup var output: ImportOutput

  /// Reads the files with `importer` and writes what came of them.
  func run(
    _ platform: String, _ importer: ([(path: String, bytes: [UInt8])], String) -> ImportedPicture
  ) async throws {
    try await guarded(json: false) {
      try output.check()
      let name = output.name ?? platform
      try output.write(importer(try ImportFiles.all(paths), name), named: output.name)
    }
  }
}

/// What is put onto an import, and where it goes.
struct ImportOutput: ParsableArguments {
  @Option(help: "What to call the inventory; the platform's name by default.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "What the platform does not tell: YAML, CSV or an answer of Prometheus. Repeatable; the last one counts.",
      valueName: "file"))
  var overlay: [String] = []

  @Option(
    help: ArgumentHelp(
      "An inventory to add to; of what both tell, it counts, but for measurements. Repeatable.",
      valueName: "file"))
  var merge: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write a policy with the platform's own settings to this file, as far as they are known.",
      valueName: "file"))
  var policyOutput: String?

  /// Whether everything can be written that is to be.
  func check() throws(Refusal) {
    if let output { try OutputFile.check(output) }
    if let policyOutput { try OutputFile.check(policyOutput) }
  }

  /// Puts inventories, what was imported, and overlays together, and writes the result, or nothing where a finding is an
  /// error.
  func write(_ imported: ImportedPicture?, named name: String?) throws(Refusal) {
    var pictures = try merge.map { path throws(Refusal) in try Self.inventory(path) }
    if let imported { pictures.append(imported) }
    guard var picture = pictures.first else { return }
    for other in pictures.dropFirst() { picture.merge(other) }
    if let name { picture.inventory?.name = name }
    var findings: [Finding] = []
    for path in overlay {
      let (overlay, problems) = Overlay.read(try InputFile(path).bytes, path: path)
      findings += problems
      if let overlay { picture.apply(overlay) }
    }
    findings += picture.findings
    guard let inventory = picture.inventory, !findings.contains(where: { $0.severity == .error }) else {
      throw Refusal(findings: findings)
    }
    Console.remark(findings)
    try writePolicy(picture)
    let text = InventoryText.yaml(inventory, remarks: picture.comments)
    if let output { try OutputFile.write(text, to: output) } else { try Console.result(text) }
  }

  private static func inventory(_ path: String) throws(Refusal) -> ImportedPicture {
    let file = try InputFile(path)
    let picture = ImportedPicture.reading(file.bytes, path: file.path)
    guard picture.inventory != nil else { throw Refusal(findings: picture.findings) }
    return picture
  }

  private func writePolicy(_ picture: ImportedPicture) throws(Refusal) {
    guard let policyOutput else { return }
    if let policy = picture.policyText {
      try OutputFile.write(policy, to: policyOutput)
    } else {
      Console.remark("none of the files tells a setting of the platform: no policy written\n")
    }
  }
}
