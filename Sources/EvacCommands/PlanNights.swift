import ArgumentParser
import EvacuationModel
import EvacuationPlanning
import InventoryImport
import RunbookExport

extension Plan {
  /// `evac plan --nights`: each night is verified against the inventory that the night before leaves, and kept with it.
  func plan(
    nights: Int, _ request: EvacuationRequest, _ inputs: Inputs, keeper: PlanKeeper
  ) async throws {
    guard request.window.duration != nil else {
      throw Refusal(findings: [
        Finding(
          .badRequest, path: "command line", message: "--nights needs to know how long a night is",
          help: "give --window, or --start and --end")
      ])
    }
    let name = inputs.inventoryDigest.name
    let plan = await Progress.during("Planning") {
      NightPlanner(inventory: inputs.inventory, policy: inputs.policy.policy).nights(
        request, most: nights, inventory: inputs.inventoryDigest, policy: inputs.policyDigest
      ) { InputDigest(name: name, sha256: NightDocument.inventory($0).digest) }
    }
    let documents = try plan.nights.map { try NightDocument($0, inputs) }
    try keeper.keep(
      documents.map { ($0.document, $0.texts) }, calibration: inputs.calibrationDigest)
    let verified = NightPlan(nights: documents.map(\.night), left: plan.left)
    let ids = documents.map(\.document.id)
    let text = try NightsJSON.encode(verified, ids: ids)
    if let output {
      try OutputFile.write(text, to: output)
      for document in documents { try document.write(beside: output) }
    }
    try Console.result(
      json.json ? text : NightsView(nights: verified, ids: ids, paint: .standardOutput).text)
    if !plan.left.isEmpty { throw ExitStatus.incomplete }
  }
}

/// One night's plan with what it was made from.
private struct NightDocument {
  let night: Night
  let document: PlanDocument
  /// What a store needs to have besides.
  let texts: [StoredText]
  /// The cluster as the night before leaves it; `nil` for the first night, which begins with the file that was given.
  private let inventory: StoredText?

  init(_ night: Night, _ inputs: Inputs) throws {
    var cluster = night.inventory
    inventory = night.number == 1 ? nil : Self.inventory(night.inventory)
    if let inventory {
      // As whoever verifies it later will read it.
      let reading = InventoryReader.read(
        Array(inventory.text.utf8), path: "inventory of night \(night.number)")
      guard let read = reading.value else { throw Refusal(findings: reading.findings) }
      cluster = read
    }
    var verified = night
    verified.plan = try VerifiedPlan.of(night.plan, inventory: cluster, policy: inputs.policy.policy)
    self.night = verified
    document = try PlanDocument(verified.plan)
    texts = inputs.texts + [inventory].compactMap(\.self)
  }

  /// The cluster at the beginning of a night, as a file.
  static func inventory(_ inventory: Inventory) -> StoredText {
    let text = InventoryText.yaml(inventory)
    return StoredText(kind: .inventory, digest: Digest.sha256(Array(text.utf8)), text: text)
  }

  /// Writes what verifies and exports the night by itself: `nights.json` is accompanied by `nights.1.json`, `nights.2.json` and
  /// `nights.2.inventory.yaml`.
  func write(beside output: String) throws(Refusal) {
    let stem = output.hasSuffix(".json") ? String(output.dropLast(5)) : output
    let plan = "\(stem).\(night.number).json"
    try OutputFile.write(document.text, to: plan)
    guard let inventory else {
      return Console.remark("Night \(night.number): \(VisibleText.of(plan))\n")
    }
    let start = "\(stem).\(night.number).inventory.yaml"
    try OutputFile.write(inventory.text, to: start)
    Console.remark("Night \(night.number): \(VisibleText.of(plan)), from \(VisibleText.of(start))\n")
  }
}
