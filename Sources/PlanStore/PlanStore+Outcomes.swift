public import EvacuationModel
import GRDB
import Quantities

extension PlanStore {
  /// What has been recorded of the plan `digest`, in the order of recording.
  public func outcomes(ofPlan digest: String) throws(StoreFailure) -> [RecordedOutcome] {
    try read { try self.outcomes(ofPlan: digest, $0) }
  }

  /// Adds to what has been recorded of the plan `digest`.
  ///
  /// Of a plan that has been replaced nothing is added any more: nobody would look for it there.
  ///
  /// - Parameter choose: is given what is recorded already and says what is to be added. Nobody else records meanwhile.
  /// - Returns: what was added.
  public func record(
    plan digest: String, _ choose: ([RecordedOutcome]) -> [RecordedOutcome]
  ) throws(StoreFailure) -> [RecordedOutcome] {
    try write { db in
      let recorded = try self.outcomes(ofPlan: digest, db)
      let more = choose(recorded)
      if !more.isEmpty, let newer = try self.replacement(ofPlan: digest, db) {
        throw self.replaced(digest, by: newer)
      }
      for (index, outcome) in more.enumerated() {
        try self.insert(outcome, plan: digest, sequence: recorded.count + index + 1, db)
      }
      return more
    }
  }

  func outcomes(ofPlan digest: String, _ db: Database) throws -> [RecordedOutcome] {
    let sql = "SELECT * FROM outcomes WHERE plan = ? ORDER BY sequence"
    return try Row.fetchAll(db, sql: sql, arguments: [digest]).map(RecordedOutcome.init)
  }

  func outcomesByPlan(_ db: Database) throws -> [String: [RecordedOutcome]] {
    var result: [String: [RecordedOutcome]] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM outcomes ORDER BY plan, sequence")
    while let row = try rows.next() {
      result[try row.decode(forColumn: "plan"), default: []].append(try RecordedOutcome(row))
    }
    return result
  }

  func insert(_ outcome: RecordedOutcome, plan: String, sequence: Int, _ db: Database) throws {
    var (reason, kind): (String?, String?) = (nil, nil)
    if case .failed(let why, let failure) = outcome.result { (reason, kind) = (why, failure.rawValue) }
    for text in [outcome.step.name, outcome.note, reason ?? ""] { try refuseNUL(text) }
    try db.execute(
      sql: """
        INSERT INTO outcomes
          (plan, sequence, step, result, reason, kind, took, transfer, downtime, transferred, at, at_offset, note)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        plan, sequence, outcome.step.name, outcome.result.name, reason, kind, outcome.took?.milliseconds,
        outcome.transfer?.milliseconds, outcome.downtime?.milliseconds, outcome.transferred?.bytes,
        outcome.at.milliseconds,
        outcome.at.utcOffsetSeconds, outcome.note,
      ])
  }
}

extension RecordedOutcome {
  init(_ row: Row) throws {
    self.init(
      step: PlannedMigration.ID(try row.decode(String.self, forColumn: "step")), result: try Self.result(row),
      took: try row.decode(Int64?.self, forColumn: "took").map { Duration(milliseconds: $0) },
      transfer: try row.decode(Int64?.self, forColumn: "transfer").map { Duration(milliseconds: $0) },
      downtime: try row.decode(Int64?.self, forColumn: "downtime").map { Duration(milliseconds: $0) },
      transferred: try row.decode(Int64?.self, forColumn: "transferred").map { ByteCount(bytes: $0) },
      at: Instant(
        milliseconds: try row.decode(forColumn: "at"),
        utcOffsetSeconds: try row.decode(forColumn: "at_offset")),
      note: try row.decode(forColumn: "note"))
  }

  private static func result(_ row: Row) throws -> Result {
    let word: String = try row.decode(forColumn: "result")
    switch word {
    case "started": return .started
    case "done": return .done
    case "skipped": return .skipped
    case "failed":
      let kind: String = try row.decode(forColumn: "kind")
      return .failed(
        reason: try row.decode(forColumn: "reason"), kind: try FailureKind(rawValue: kind).orUnknown(kind))
    default: throw UnknownWord(word: word)
    }
  }
}
