import ArgumentParser
import EvacuationModel
import InventoryImport
import PlanStore
import RunbookExport

/// `evac store`.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Check the store, or carry it over into another.",
    subcommands: [ExportStore.self, ImportStore.self, CheckStore.self])

  /// `evac store export`.
  struct ExportStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write everything in the store as JSON lines.",
      discussion: "Example: evac store export --output plans.jsonl")

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
    var output: String?

    @OptionGroup var store: StoreOption

    func run() async throws {
      try await guarded(json: false) {
        if let output { try OutputFile.check(output) }
        let store = try StoreFile.existing(store)
        let text = StoreLines.encode(
          try withStore { () throws(StoreFailure) in try store.everything() })
        if let output { try OutputFile.write(text, to: output) } else { try Console.result(text) }
      }
    }
  }

  /// `evac store import`.
  struct ImportStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Add what evac store export wrote: all of it, or nothing.",
      discussion: "Example: evac store import plans.jsonl. What the store has already stays as it is.")

    /// Ten of the largest inventories.
    private static let largestFile = 10 * InventoryReader.largestFile

    @Argument(help: "The JSON lines; - for standard input.")
    var file: String

    @OptionGroup var store: StoreOption

    func run() async throws {
      try await guarded(json: false) {
        let file = try InputFile(file, most: Self.largestFile)
        let reading = StoreLinesReader.read(file.bytes, path: file.path, sha256: Digest.sha256)
        guard let entries = reading.value else { throw Refusal(findings: reading.findings) }
        Console.remark(reading.findings)
        guard let place = StoreFile.chosen(store) else { throw StoreFile.unnamed }
        let store = try place.open()
        let new = try withStore { () throws(StoreFailure) in try store.add(entries) }
        try Console.result("\(entries.count) entries read, \(new) new.\n")
      }
    }
  }

  /// `evac store check`.
  struct CheckStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check that nothing in the store is damaged.",
      discussion: "Exit status 0: the store is sound; 2: it is not, or cannot be read.")

    @OptionGroup var store: StoreOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      try await guarded(json: json.json) {
        let store = try StoreFile.existing(store)
        let soundness = try Soundness(of: store)
        guard soundness.findings.isEmpty else { throw Refusal(findings: soundness.findings) }
        try Console.result(json.json ? FindingsJSON.encode([]) : soundness.text)
      }
    }
  }
}
