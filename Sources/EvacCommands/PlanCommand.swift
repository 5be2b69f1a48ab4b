import ArgumentParser
import EvacuationModel
import EvacuationPlanning
import RunbookExport

/// `evac plan`.
struct Plan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plan how to empty hosts: destinations, modes, batches, times and pauses.",
    usage: """
      evac plan <inventory> (--drain <host> ... | --rolling <pattern>) [--policy <policy>] [options]
             evac plan --restore <plan> [--restore-only <what>] [<inventory>] [options]
      """,
    discussion: """
      Example: evac plan inventory/three-hosts.yaml --policy policies/nova-default.yaml --drain compute-01

      The plan is verified by independent code before it is shown. Exit status 3 means that some virtual \
      machines cannot leave, or that the plan does not fit its window.
      """)

  @Argument(help: "The inventory, YAML or JSON; - for standard input.")
  var inventory: String?

  @Option(name: .shortAndLong, help: "The policy; without one the platform's own defaults count.")
  var policy: String?

  @OptionGroup var homeward: RestoreOptions

  @OptionGroup var requested: RequestOptions

  @Option(
    help: ArgumentHelp(
      "Cut the work into up to so many windows, a day apart; hosts that are done take guests again.",
      valueName: "number"))
  var nights: Int?

  @Option(
    help: ArgumentHelp(
      "Say why a guest, host or step is planned as it is, instead of showing the plan.",
      valueName: "vm|host|step"))
  var explain: String?

  @Flag(help: "Take the first good schedule and do not search for a shorter one.")
  var quick = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the plan as JSON to this file.", valueName: "file"))
  var output: String?

  @OptionGroup var store: StoreOption

  @Flag(name: .customLong("no-store"), help: "Keep the plan nowhere but where --output says.")
  var withoutStore = false

  @OptionGroup var json: JSONOption

  func validate() throws {
    if homeward.restore == nil {
      try requested.requireHosts()
      if inventory == nil { throw ValidationError("Missing expected argument '<inventory>'") }
    } else if requested.drain != [] || requested.rolling != nil {
      throw ValidationError("--restore brings guests home: it empties no host")
    } else if nights != nil {
      throw ValidationError("--nights cuts a maintenance into windows; the way home is planned for one")
    } else if explain != nil {
      throw ValidationError("--explain says why a guest goes where it goes; with --restore it goes home")
    }
    if withoutStore, store.store != nil { throw ValidationError("--store and --no-store exclude each other") }
    if let nights, !(1...1000).contains(nights) {
      throw ValidationError("--nights needs a number from 1 to 1000")
    }
    if nights != nil, explain != nil {
      throw ValidationError("--explain explains one plan: ask without --nights")
    }
  }

  func run() async throws {
    try await guarded(json: json.json) {
      if let restore = homeward.restore { return try await bringHome(restore) }
      let inputs = try Inputs(inventory: inventory ?? "", policy: policy)
      let request = try request(inputs)
      if let output { try OutputFile.check(output) }
      let keeper = try PlanKeeper(store, isWanted: !withoutStore)
      Console.remark(inputs.findings)
      if let nights { return try await plan(nights: nights, request, inputs, keeper: keeper) }
      let plan = await Progress.during("Planning") {
        Interrupt.during { interrupt in
          WindowPlanner(
            inventory: inputs.inventory, policy: inputs.policy.policy,
            effort: SearchEffort(schedules: quick ? 0 : nil) { interrupt.isAsked }
          ).plan(request, inventory: inputs.inventoryDigest, policy: inputs.policyDigest)
        }
      }
      let verified = try VerifiedPlan.of(plan, inventory: inputs.inventory, policy: inputs.policy.policy)
      let document = try PlanDocument(verified)
      try keeper.keep(document, with: inputs.texts, calibration: inputs.calibrationDigest)
      try document.deliver(to: output, json: json.json && explain == nil) {
        if let explain { return try explanation(of: explain, verified, inputs) }
        return PlanView(plan: verified, paint: .standardOutput).text
      }
    }
  }

  private func bringHome(_ name: String) async throws {
    if let output { try OutputFile.check(output) }
    let question = try HomewardQuestion(
      after: name, scope: homeward.scope, options: requested, store: store,
      fresh: inventory.map { path throws(Refusal) in try Inputs(inventory: path, policy: policy) })
    let keeper = try PlanKeeper(store, isWanted: !withoutStore)
    Console.remark(question.findings)
    let plan = await Progress.during("Planning") {
      Interrupt.during { interrupt in
        WindowPlanner(
          inventory: question.inventory, policy: question.policy,
          effort: SearchEffort(schedules: quick ? 0 : nil) { interrupt.isAsked }
        ).plan(question.request, inventory: question.inventoryDigest, policy: question.policyDigest)
      }
    }
    let verified = try VerifiedPlan.of(plan, inventory: question.inventory, policy: question.policy)
    let document = try PlanDocument(verified)
    try keeper.keep(document, with: question.texts, calibration: question.calibration)
    try document.deliver(to: output, json: json.json) {
      PlanView(plan: verified, paint: .standardOutput).text
    }
  }

  private func request(_ inputs: Inputs) throws(Refusal) -> EvacuationRequest {
    do throws(Refusal) {
      return try requested.request(inputs.inventory, inputs.policy.policy)
    } catch {
      throw Refusal(findings: inputs.findings + error.findings)
    }
  }

  private func explanation(of name: String, _ plan: EvacuationPlan, _ inputs: Inputs) throws -> String {
    let explainer = PlanExplainer(plan, inventory: inputs.inventory, policy: inputs.policy.policy)
    guard let explanation = explainer.explain(name) else {
      throw Refusal(findings: [ExplainRequest.unknown(name, plan: plan, inventory: inputs.inventory)])
    }
    return json.json
      ? try ExplanationJSON.encode(explanation)
      : ExplanationView(explanation: explanation, paint: .standardOutput).text
  }
}
