public import ArgumentParser
public import EvacuationModel
import InventoryImport

/// `evac policy`.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Look into a policy.", subcommands: [Show.self])

  /// `evac policy show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print every setting as it counts, and where it comes from.")

    @Argument(help: "The policy.")
    var policy: String

    @Option(
      help:
        "Whose defaults fill what the policy leaves out: \(Platform.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var platform: Platform = .generic

    @OptionGroup var json: JSONOption

    func run() async throws {
      try await guarded(json: json.json) {
        let file = try InputFile(policy)
        let reading = PolicyReader.read(file.bytes, path: file.path, platform: platform)
        guard let effective = reading.value else { throw Refusal(findings: reading.findings) }
        Console.remark(reading.findings)
        let view = PolicyView(policy: effective, platform: platform)
        try Console.result(json.json ? view.json : view.text)
      }
    }
  }
}

extension Platform: ExpressibleByArgument {}
