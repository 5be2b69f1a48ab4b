import EvacuationModel
import InventoryImport
import WhatIf

/// Scenarios as there is something to plan: each with the number of its problem, equal ones with the same.
struct ScenarioQuestions {
  let scenarios: [Scenario]
  /// What there is to plan, each once, in the order in which scenarios come to it.
  private(set) var problems: [ScenarioProblem] = []
  /// Numbers of problems that differ in nothing but how many migrations may run at once.
  private(set) var families: [[Int]] = []
  /// For each scenario its problem.
  private(set) var problemOf: [Int] = []
  /// Warnings and notes that only scenarios bring.
  private(set) var findings: [Finding] = []
  /// What is relevant of each inventory, by its number, where others may be moved or not.
  private var relevant: [[Int]: Inventory] = [:]
  private var familyOf: [Family: Int] = [:]

  private struct Family: Hashable {
    let inventory: [Int]
    let policy: Policy
    let request: EvacuationRequest
  }

  /// Reads what each of `scenarios` changes; refuses all if one of them is wrong.
  init(
    _ scenarios: [Scenario], inputs: Inputs, reader: ScenarioReader, requested: RequestOptions
  ) throws(Refusal) {
    self.scenarios = scenarios
    var inventories = Variants(base: inputs.inventory)
    var policies = Variants(base: inputs.policy.policy)
    var seen = Set(inputs.findings)
    var numbers: [[Int]: Int] = [:]
    var known: [ScenarioProblem: Int] = [:]
    for scenario in scenarios {
      var found: [Finding] = []
      let inventory = inventories.number(scenario.changes.filter(\.isAboutInventory), &found) {
        let reading = reader.inventory(with: $0)
        return (reading.value, reading.findings)
      }
      let policy = policies.number(scenario.changes.filter { !$0.isAboutInventory }, &found) {
        let reading = reader.policy(
          with: $0, platform: inputs.inventory.platform, release: inputs.inventory.release)
        return (reading.value?.policy.named(inputs.policy.policy.name), reading.findings)
      }
      if let inventory, let policy {
        let pair = [inventory, policy]
        let number =
          numbers[pair]
          ?? add(
            inventories.values[inventory], number: inventory, policies.values[policy], requested,
            inputs.policyPath, &known, &found)
        numbers[pair] = number
        problemOf.append(number)
      }
      findings += found.filter { seen.insert($0).inserted }.map { Self.told($0, in: scenario) }
    }
    guard !findings.contains(where: { $0.severity == .error }) else {
      throw Refusal(findings: inputs.findings + findings)
    }
  }

  /// The results of the scenarios that have been planned, `outcomes` being those of the problems.
  func results(_ outcomes: [ScenarioRun.Outcome?]) -> [ScenarioResult] {
    var first: [Int: Int] = [:]
    return scenarios.indices.compactMap { number in
      guard let outcome = outcomes[problemOf[number]] else { return nil }
      defer { first[problemOf[number]] = first[problemOf[number]] ?? number }
      return ScenarioResult(
        number: number, scenario: scenarios[number], completeness: outcome.completeness,
        summary: outcome.summary, stays: outcome.stays, outlook: outcome.outlook,
        windowStart: outcome.windowStart, samePlanAs: first[problemOf[number]])
    }
  }

  /// The number of the problem that the two are, and what is wrong with them together.
  private mutating func add(
    _ inventory: Inventory, number: Int, _ policy: Policy, _ requested: RequestOptions,
    _ policyPath: String?, _ known: inout [ScenarioProblem: Int], _ found: inout [Finding]
  ) -> Int {
    var request = EvacuationRequest(drain: [])
    if let policyPath {
      found += PolicyCheck.findings(for: policy, inventory: inventory, path: policyPath)
    }
    do throws(Refusal) {
      request = try requested.request(inventory, policy)
    } catch {
      found += error.findings
    }
    let key = [number, policy.moveOthers ? 1 : 0]
    let reduced =
      relevant[key] ?? ScenarioProblem.relevant(inventory, movingOthers: policy.moveOthers, for: request)
    relevant[key] = reduced
    let problem = ScenarioProblem(relevant: reduced, policy: policy, request: request)
    if let number = known[problem] { return number }
    known[problem] = problems.count
    let family = Family(inventory: key, policy: problem.policyOfFamily, request: request)
    if let place = familyOf[family] {
      families[place].append(problems.count)
    } else {
      familyOf[family] = families.count
      families.append([problems.count])
    }
    problems.append(problem)
    return problems.count - 1
  }

  /// What is not said at one of the changes themselves needs to say in which scenario it comes up.
  private static func told(_ finding: Finding, in scenario: Scenario) -> Finding {
    guard !scenario.changes.isEmpty,
      !scenario.changes.contains(where: { ($0.path, $0.place) == (finding.path, finding.place) })
    else { return finding }
    var told = finding
    told.message += " (in the scenario \"\(scenario.name)\")"
    return told
  }
}

/// One of the two inputs as the scenarios change it: lists of changes that come to equal values have one number.
private struct Variants<Value: Hashable> {
  private(set) var values: [Value]
  private var numberOfValue: [Value: Int]
  private var numberOfChanges: [[ScenarioChange.Kind]: Int?] = [[]: 0]

  init(base: Value) {
    values = [base]
    numberOfValue = [base: 0]
  }

  /// The number of the value with `changes` made; `nil` if they cannot be made.
  mutating func number(
    _ changes: [ScenarioChange], _ findings: inout [Finding],
    read: ([ScenarioChange]) -> (value: Value?, findings: [Finding])
  ) -> Int? {
    let kinds = changes.map(\.kind)
    if let known = numberOfChanges[kinds] { return known }
    let reading = read(changes)
    findings += reading.findings
    let number = reading.value.map { value in
      let number = numberOfValue[value] ?? values.count
      if number == values.count { values.append(value) }
      numberOfValue[value] = number
      return number
    }
    numberOfChanges.updateValue(number, forKey: kinds)
    return number
  }
}

extension Policy {
  /// What a policy is called changes nothing, and plans carry the name of the file's.
  fileprivate func named(_ name: String) -> Self {
    var policy = self
    policy.name = name
    return policy
  }
}
