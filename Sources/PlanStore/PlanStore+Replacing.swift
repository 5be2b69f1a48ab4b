public import EvacuationModel
import GRDB

extension PlanStore {
  /// The plan that is carried out in the place of the plan `digest`: the newest that replaces it, or the newest in the place of
  /// that; `nil` if it has not been replaced.
  public func replacement(ofPlan digest: String) throws(StoreFailure) -> PlanRecord? {
    try read { try self.replacement(ofPlan: digest, $0) }
  }

  /// Keeps `plan`, made from `texts`, in the place of the plan `old`, with what is under way as its first outcomes: all or
  /// nothing.
  ///
  /// - Parameter outcomes: what had been recorded of the old plan when the new one was made; if anything was since, the new one
  ///   does not know of it, and is refused.
  public func replace(
    _ old: PlanRecord, after outcomes: [RecordedOutcome], with plan: StoredPlan, texts: [StoredText],
    started: [RecordedOutcome]
  ) throws(StoreFailure) {
    try write { db in
      if let newer = try self.replacement(ofPlan: old.digest, db) {
        throw self.replaced(old.digest, by: newer)
      }
      guard try self.outcomes(ofPlan: old.digest, db) == outcomes else {
        throw StoreFailure(
          Finding(
            .recordedMeanwhile, path: self.path, place: "plan \(old.id)",
            message: "something was recorded of it while it was planned anew",
            help: "run the same command again"))
      }
      for text in texts { _ = try self.insert(text, db) }
      _ = try self.insert(plan, db)
      for (index, outcome) in started.enumerated() {
        try self.insert(outcome, plan: plan.record.digest, sequence: index + 1, db)
      }
    }
  }

  func replacement(ofPlan digest: String, _ db: Database) throws -> PlanRecord? {
    let sql = "SELECT * FROM plans WHERE replaces = ? ORDER BY created_at DESC, digest LIMIT 1"
    var newest: PlanRecord?
    // What was imported may claim anything, also a circle.
    var seen = [digest]
    while let row = try Row.fetchOne(db, sql: sql, arguments: [newest?.digest ?? digest]) {
      let next = try PlanRecord(row, db)
      guard !seen.contains(next.digest) else { break }
      seen.append(next.digest)
      newest = next
    }
    return newest
  }

  func replaced(_ digest: String, by newer: PlanRecord) -> StoreFailure {
    StoreFailure(
      Finding(
        .planReplaced, path: path, place: "plan \(digest.prefix(12))",
        message: "plan \(newer.id) has taken its place", help: "name that one: \(newer.id)"))
  }
}
