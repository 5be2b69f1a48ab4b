import EvacuationModel

extension EvacuationPlan {
  /// The same with the names that its guests' migrations have in `steps`; further ones get names that neither these nor `others` have.
  func named(after steps: [PlannedMigration], besides others: [PlannedMigration]) -> Self {
    var known = Dictionary(grouping: steps, by: \.vm).mapValues { $0.map(\.id).sorted()[...] }
    var taken = Set((steps + others).map(\.id))
    var names: [PlannedMigration.ID: PlannedMigration.ID] = [:]
    var new: [PlannedMigration.ID] = []
    for step in self.steps {
      if let name = known[step.vm]?.popFirst() { names[step.id] = name } else { new.append(step.id) }
    }
    var number = 1
    for id in new {
      while !taken.insert(Self.name(number)).inserted { number += 1 }
      names[id] = Self.name(number)
    }
    var plan = self
    plan.steps = self.steps.map { step in
      var step = step
      step.id = names[step.id] ?? step.id
      step.dependsOn = step.dependsOn.map { names[$0] ?? $0 }.sorted()
      return step
    }
    return plan
  }

  private static func name(_ number: Int) -> PlannedMigration.ID {
    let digits = String(number)
    return .init("m" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits)
  }

  /// Says of who stays which hosts were left out because of what happened there.
  mutating func explainAvoided(_ retries: [VirtualMachine.ID: Retry]) {
    for index in unplaced.indices {
      guard let avoided = retries[unplaced[index].vm]?.avoided, !avoided.isEmpty else { continue }
      for (host, why) in avoided {
        for place in unplaced[index].refusals.indices where unplaced[index].refusals[place].host == host {
          unplaced[index].refusals[place] = HostRefusal(host: host, code: "failed_before", message: why)
        }
      }
      unplaced[index].message += "; \(avoided.map(\.why).joined(separator: "; "))"
    }
  }
}
