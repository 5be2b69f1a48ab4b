import ArgumentParser
import EvacuationModel
import InventoryImport
import PlanVerification
import RunbookExport

/// `evac verify`.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replay a plan against inventory and policy and report whatever does not hold.",
    discussion: "Exit status 0: it holds; 2: it does not, or an input is bad.")

  @Argument(help: "The plan, as evac plan --output wrote it.")
  var plan: String

  @Option(name: .shortAndLong, help: "The inventory it was made from.")
  var inventory: String

  @Option(name: .shortAndLong, help: "The policy it was made under.")
  var policy: String?

  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let inputs = try Inputs(inventory: inventory, policy: policy)
      let plan = try PlanFile.read(plan)
      let findings =
        digestFindings(plan, inputs)
        + PlanVerifier.verify(plan, inventory: inputs.inventory, policy: inputs.policy.policy)
      if json.json {
        try Console.result(FindingsJSON.encode(findings))
      } else {
        try Console.result(
          VerdictView(findings: findings, steps: plan.steps.count, paint: .standardOutput).text)
      }
      if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.badInput }
    }
  }

  private func digestFindings(_ plan: EvacuationPlan, _ inputs: Inputs) -> [Finding] {
    [("inventory", plan.inventory, inputs.inventoryDigest), ("policy", plan.policy, inputs.policyDigest)]
      .filter { !$0.1.sha256.isEmpty && $0.1.sha256 != $0.2.sha256 }
      .map { kind, planned, given in
        Finding(
          .otherInput, path: "plan", place: kind,
          message:
            "the plan was made from another \(kind) file (\(planned.sha256.prefix(12)), now \(given.sha256.prefix(12)))",
          help: "plan again if the difference matters")
      }
  }
}
