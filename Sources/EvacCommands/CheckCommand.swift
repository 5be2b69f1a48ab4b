import ArgumentParser
import EvacuationModel
import RunbookExport

/// `evac check`.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read an inventory, and a policy if one is named, and say everything that is wrong with them.")

  @OptionGroup var input: InputOptions

  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) { try report() }
  }

  private func report() throws {
    let findings: [Finding]
    var summary = ""
    do throws(Refusal) {
      let inputs = try Inputs(inventory: input.inventory, policy: input.policy)
      findings = inputs.findings
      summary = InventorySummaryView(inventory: inputs.inventory).text
    } catch {
      findings = error.findings
    }
    let isBad = findings.contains { $0.severity == .error }
    if json.json {
      try Console.result(FindingsJSON.encode(findings))
    } else {
      let shown = findings.map { FindingView.text($0, paint: .standardOutput) + "\n" }.joined()
      try Console.result(shown + summary)
    }
    if isBad { throw ExitStatus.badInput }
  }
}
