import ArgumentParser
import EvacuationModel
import InventoryImport
import RunbookExport
import WhatIf

/// `evac whatif`.
struct WhatIfCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Compare plans: what if the policy or the cluster were otherwise.",
    usage:
      "evac whatif <inventory> --drain <host> ... (--vary <key=values> ... | --scenarios <file>) [options]",
    discussion: """
      Example: evac whatif inventory/three-hosts.yaml --policy policies/nova-default.yaml --drain compute-01 \
      --vary precopy.post_copy=false,true --vary concurrency.max_concurrent_live_migrations=1,2,4

      Several options make all combinations. Every plan is verified before it is compared; scenarios that come to \
      the same question share a plan. Exit status 3 if not one scenario's plan does all that was asked, within the \
      window if there is one; else 0.
      """)

  @OptionGroup var input: InputOptions

  @OptionGroup var requested: RequestOptions

  @OptionGroup var varied: ScenarioOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Say what changes from one scenario's plan to another's, and why; two names or numbers of the table.",
      valueName: "a b"))
  var explain: [String] = []

  @Flag(
    help:
      "Take the first good order of each plan instead of searching for a better one: the default for more than \(ScenarioRun.mostSearched) plans."
  )
  var quick = false

  @Flag(help: "Search for a better order of each plan, as evac plan does, however many there are.")
  var thorough = false

  @Flag(help: "Print a line of comma-separated values for each scenario.")
  var csv = false

  @OptionGroup var json: JSONOption

  func validate() throws {
    try requested.requireHosts()
    guard explain.isEmpty || explain.count == 2 else {
      throw ValidationError("--explain takes two scenarios: --explain 0 3")
    }
    if quick, thorough { throw ValidationError("--quick does not search, --thorough does: choose") }
    if json.json, csv { throw ValidationError("--json and --csv are two forms: ask for one of them") }
  }

  func run() async throws {
    try await guarded(json: json.json) {
      let inputs = try Inputs(inventory: input.inventory, policy: input.policy)
      let scenarios = try varied.scenarios(inputs)
      guard let reader = try inputs.scenarioReader(for: scenarios) else { throw ExitStatus.bug }
      let questions = try ScenarioQuestions(
        scenarios, inputs: inputs, reader: reader, requested: requested)
      let pair = try explained(scenarios)
      Console.remark(inputs.findings + questions.findings)
      // The same two problems once is enough, and nobody asks about the others.
      let asked = pair.isEmpty ? nil : Array(Set(pair.map { questions.problemOf[$0] })).sorted()
      let outcomes = await outcomes(questions, inputs, asked: asked)
      try checkSound(outcomes)
      if pair.count == 2 {
        try explain(pair[0], pair[1], questions, outcomes)
      } else {
        try show(questions, outcomes)
      }
    }
  }

  private func outcomes(
    _ questions: ScenarioQuestions, _ inputs: Inputs, asked: [Int]?
  ) async -> [ScenarioRun.Outcome?] {
    let run = ScenarioRun(
      problems: questions.problems, families: questions.families, inventory: inputs.inventoryDigest,
      policy: inputs.policyDigest, isSearched: isSearched(questions))
    let bar = ProgressBar("Planning", parts: asked?.count ?? questions.problems.count)
    return await Interrupt.during(answer: "what is planned so far follows") { interrupt in
      let outcomes = await run.outcomes(of: asked, interrupt, bar)
      bar.finish()
      return outcomes
    }
  }

  /// A table is read row against row, so that all of its plans are searched or none.
  private func isSearched(_ questions: ScenarioQuestions) -> Bool {
    thorough || !quick && questions.problems.count <= ScenarioRun.mostSearched
  }

  /// A plan that does not pass its own verification is never compared.
  private func checkSound(_ outcomes: [ScenarioRun.Outcome?]) throws {
    guard let errors = outcomes.lazy.compactMap({ $0?.errors }).first(where: { !$0.isEmpty }) else { return }
    Console.remark(
      "evac made a plan that fails its own verification. This is a bug in evac; nothing is compared.\n")
    Console.remark(errors)
    throw ExitStatus.bug
  }

  private func show(_ questions: ScenarioQuestions, _ outcomes: [ScenarioRun.Outcome?]) throws {
    let results = ScenarioComparison.marked(questions.results(outcomes))
    let view = WhatIfView(
      results: results, asked: questions.scenarios.count, isSearched: isSearched(questions),
      paint: .standardOutput)
    try Console.result(
      json.json
        ? ScenarioJSON.encode(results, isSearched: isSearched(questions))
        : csv ? ScenarioCSV.encode(results) : view.text)
    if results.count < questions.scenarios.count { throw ExitStatus.incomplete }
    guard !results.contains(where: \.isEnough) else { return }
    Console.remark(
      "no scenario's plan does all that was asked"
        + (results.contains { $0.outlook != nil } ? " within its window\n" : "\n"))
    throw ExitStatus.incomplete
  }

  private func explain(
    _ first: Int, _ second: Int, _ questions: ScenarioQuestions, _ outcomes: [ScenarioRun.Outcome?]
  ) throws {
    guard let before = outcomes[questions.problemOf[first]]?.plan,
      let after = outcomes[questions.problemOf[second]]?.plan
    else { throw ExitStatus.incomplete }
    let difference = PlanDifference(from: before, to: after)
    let (one, other) = (questions.scenarios[first], questions.scenarios[second])
    try Console.result(
      json.json
        ? DiffJSON.encode(difference)
        : "From \"\(VisibleText.of(one.name))\" to \"\(VisibleText.of(other.name))\"\n\n"
          + DiffView(difference: difference, paint: .standardOutput).text)
  }

  /// The numbers of the two scenarios to explain; none if nobody asks.
  private func explained(_ scenarios: [Scenario]) throws(Refusal) -> [Int] {
    var numbers: [Int] = []
    for name in explain {
      guard let number = Self.number(of: name, scenarios) else {
        throw Refusal(findings: [Self.unknown(name, scenarios)])
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func number(of name: String, _ scenarios: [Scenario]) -> Int? {
    scenarios.firstIndex { $0.name == name }
      ?? Int(name).flatMap { scenarios.indices.contains($0) ? $0 : nil }
  }

  private static func unknown(_ name: String, _ scenarios: [Scenario]) -> Finding {
    Finding(
      .nothingToExplain, path: "--explain", place: name, message: "there is no such scenario",
      help: Suggestion.nearest(to: name, among: scenarios.map(\.name)).map { "did you mean `\($0)`?" }
        ?? "give a name, or a number from 0 to \(scenarios.count - 1)")
  }
}
