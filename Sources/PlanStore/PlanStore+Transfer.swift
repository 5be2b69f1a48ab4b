public import EvacuationModel
import GRDB

extension PlanStore {
  /// Everything in an order that depends on nothing but the contents: files by kind and digest, plans by time, outcomes by
  /// plan.
  public func everything() throws(StoreFailure) -> [StoreEntry] {
    try read { db in
      var entries: [StoreEntry] = []
      for kind in StoredText.Kind.allCases {
        let rows = try Row.fetchCursor(db, sql: "SELECT digest, text FROM \(kind.table) ORDER BY digest")
        while let row = try rows.next() {
          entries.append(
            .text(
              StoredText(
                kind: kind, digest: try row.decode(forColumn: "digest"),
                text: try row.decode(forColumn: "text"))))
        }
      }
      let plans = try Row.fetchAll(db, sql: "SELECT * FROM plans ORDER BY created_at, digest").map {
        try StoredPlan($0, db)
      }
      entries += plans.map { .plan($0) }
      let outcomes = try self.outcomesByPlan(db)
      for plan in plans.map(\.record.digest) {
        for (index, outcome) in (outcomes[plan] ?? []).enumerated() {
          entries.append(.outcome(plan: plan, sequence: index + 1, outcome))
        }
      }
      return entries
    }
  }

  /// Adds `entries`, all or none. What is there already stays; an outcome that contradicts one that is there is a failure.
  ///
  /// - Returns: how many were new.
  public func add(_ entries: [StoreEntry]) throws(StoreFailure) -> Int {
    try write { db in
      var new = 0
      var recorded = try self.outcomesByPlan(db)
      for entry in entries {
        switch entry {
        case .text(let text): new += try self.insert(text, db) ? 1 : 0
        case .plan(let plan): new += try self.insert(plan, db) ? 1 : 0
        case .outcome(let plan, let sequence, let outcome):
          let known = recorded[plan] ?? []
          if sequence <= known.count {
            guard sequence > 0, known[sequence - 1] == outcome else {
              throw self.conflict(plan, sequence, "the store has another outcome there")
            }
          } else {
            guard sequence == known.count + 1 else {
              throw self.conflict(plan, sequence, "the one before is missing")
            }
            try self.insert(outcome, plan: plan, sequence: sequence, db)
            recorded[plan, default: []].append(outcome)
            new += 1
          }
        }
      }
      return new
    }
  }

  private func conflict(_ plan: String, _ sequence: Int, _ why: String) -> StoreFailure {
    StoreFailure(
      Finding(
        .storeConflict, path: path, place: String(plan.prefix(12)),
        message: "outcome \(sequence) of the plan cannot be added: \(why)",
        help: "import into a new store, and compare the two with `evac store export`"))
  }
}
