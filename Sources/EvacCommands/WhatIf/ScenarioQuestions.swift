import EvacuationModel
import InventoryImport
import WhatIf

/// Scenarios as there is something to plan: each with the number of its problem, equal ones with the same.
struct ScenarioQuestions {
  let scenarios: [Scenario]
  /// What there is to plan, each once, in the order in which scenarios come to it.
  private(set) var problems: [ScenarioProblem] = []
  /// For each scenario its problem.
  private(set) var problemOf: [Int] = []
  /// Warnings and notes that only scenarios bring.
  private(set) var findings: [Finding] = []

  /// Reads what each of `scenarios` changes; refuses all if one of them is wrong.
  init(
    _ scenarios: [Scenario], inputs: Inputs, reader: ScenarioReader, requested: RequestOptions
  ) throws(Refusal) {
    self.scenarios = scenarios
    var inventories = Variants(base: inputs.inventory)
    var policies = Variants(base: inputs.policy.policy)
    var seen = Set(inputs.findings)
    var numbers: [[Int]: Int] = [:]
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
        let number = numbers[[inventory, policy]] ?? problems.count
        if number == problems.count {
          found += add(
            inventories.values[inventory], policies.values[policy], requested, inputs.policyPath)
        }
        numbers[[inventory, policy]] = number
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
        summary: outcome.summary, stays: outcome.stays, samePlanAs: first[problemOf[number]])
    }
  }

  /// Adds a problem and tells what is wrong with its parts together.
  private mutating func add(
    _ inventory: Inventory, _ policy: Policy, _ requested: RequestOptions, _ policyPath: String?
  ) -> [Finding] {
    var request = EvacuationRequest(drain: [])
    var found = policyPath.map { PolicyCheck.findings(for: policy, inventory: inventory, path: $0) } ?? []
    do throws(Refusal) {
      request = try requested.request(inventory, policy)
    } catch {
      found += error.findings
    }
    problems.append(ScenarioProblem(inventory: inventory, policy: policy, request: request))
    return found
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
