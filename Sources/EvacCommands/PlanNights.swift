import ArgumentParser
import EvacuationModel
import EvacuationPlanning
import InventoryImport
import RunbookExport

extension Plan {
  /// `evac plan --nights`: each night is verified against the inventory that the night before leaves.
  func plan(nights: Int, _ request: EvacuationRequest, _ inputs: Inputs) async throws {
    guard request.window.duration != nil else {
      throw Refusal(findings: [
        Finding(
          .badRequest, path: "command line", message: "--nights needs to know how long a night is",
          help: "give --window, or --start and --end")
      ])
    }
    let name = inputs.inventoryDigest.name
    var plan = await Progress.during("Planning") {
      NightPlanner(inventory: inputs.inventory, policy: inputs.policy.policy).nights(
        request, most: nights, inventory: inputs.inventoryDigest, policy: inputs.policyDigest
      ) { InputDigest(name: name, sha256: Digest.sha256(Array(InventoryText.yaml($0).utf8))) }
    }
    for index in plan.nights.indices {
      plan.nights[index].plan = try VerifiedPlan.of(
        plan.nights[index].plan, inventory: plan.nights[index].inventory, policy: inputs.policy.policy)
    }
    if let output { try OutputFile.write(NightsJSON.encode(plan), to: output) }
    try Console.result(
      json.json ? NightsJSON.encode(plan) : NightsView(nights: plan, paint: .standardOutput).text)
    if !plan.left.isEmpty { throw ExitStatus.incomplete }
  }
}
