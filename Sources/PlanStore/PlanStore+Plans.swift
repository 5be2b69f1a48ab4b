public import EvacuationModel
import GRDB
import Quantities

extension PlanStore {
  /// Keeps `plan` and the `texts` it was made from. What is there already stays as it is.
  public func save(_ plan: StoredPlan, with texts: [StoredText]) throws(StoreFailure) {
    try write { db in
      for text in texts { _ = try self.insert(text, db) }
      _ = try self.insert(plan, db)
    }
  }

  /// All plans, the oldest first, each with what has been recorded of it.
  public func records() throws(StoreFailure) -> [(record: PlanRecord, outcomes: [RecordedOutcome])] {
    try read { db in
      let outcomes = try self.outcomesByPlan(db)
      return try Row.fetchAll(db, sql: "SELECT * FROM plans ORDER BY created_at, digest").map { row in
        let record = try PlanRecord(row, db)
        return (record, outcomes[record.digest] ?? [])
      }
    }
  }

  /// The plans whose digest begins with `prefix`.
  public func plans(withPrefix prefix: String) throws(StoreFailure) -> [StoredPlan] {
    try read { db in
      let sql = "SELECT * FROM plans WHERE substr(digest, 1, length(?1)) = ?1 ORDER BY created_at, digest"
      return try Row.fetchAll(db, sql: sql, arguments: [prefix.lowercased()]).map { try StoredPlan($0, db) }
    }
  }

  /// The file of this kind and digest.
  public func text(_ kind: StoredText.Kind, digest: String) throws(StoreFailure) -> StoredText? {
    try read { db in
      let sql = "SELECT text FROM \(kind.table) WHERE digest = ?"
      return try String.fetchOne(db, sql: sql, arguments: [digest]).map {
        StoredText(kind: kind, digest: digest, text: $0)
      }
    }
  }

  /// Keeps a text by itself.
  public func save(_ text: StoredText) throws(StoreFailure) {
    try write { _ = try self.insert(text, $0) }
  }

  /// Whether it was new.
  func insert(_ text: StoredText, _ db: Database) throws -> Bool {
    let known = "SELECT 1 FROM \(text.kind.table) WHERE digest = ?"
    // Asked first, because binding a large text costs more than looking it up.
    guard try Int.fetchOne(db, sql: known, arguments: [text.digest]) == nil else { return false }
    try refuseNUL(text.text)
    try db.execute(
      sql: "INSERT INTO \(text.kind.table) (digest, text) VALUES (?, ?)", arguments: [text.digest, text.text])
    return true
  }

  /// Whether it was new.
  func insert(_ plan: StoredPlan, _ db: Database) throws -> Bool {
    let record = plan.record
    let known = "SELECT 1 FROM plans WHERE digest = ?"
    guard try Int.fetchOne(db, sql: known, arguments: [record.digest]) == nil else { return false }
    for text in [record.inventory, record.policy, record.rolling ?? "", record.replaces ?? "", plan.text]
      + record.drain
    {
      try refuseNUL(text)
    }
    try db.execute(
      sql: """
        INSERT INTO plans (digest, created_at, inventory, policy, calibration, inventory_name, policy_name, rolling, makespan,
          completeness, steps, replaces, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.digest, record.createdAt.milliseconds / 1000, plan.inventory, plan.policy, plan.calibration,
        record.inventory, record.policy, record.rolling, record.makespan.milliseconds,
        record.completeness.rawValue, record.steps, record.replaces, plan.text,
      ])
    for (position, host) in record.drain.enumerated() {
      try db.execute(
        sql: "INSERT INTO drained_hosts (plan, position, host) VALUES (?, ?, ?)",
        arguments: [record.digest, position, host])
    }
    return true
  }

  /// SQLite's texts end at a NUL, so the rest would be lost silently.
  func refuseNUL(_ text: String) throws(StoreFailure) {
    guard text.utf8.contains(0) else { return }
    throw StoreFailure(
      Finding(
        .storeConflict, path: path, message: "a text with a NUL character cannot be kept",
        help: "remove the character from the file"))
  }
}

extension StoredText.Kind {
  var table: String {
    switch self {
    case .inventory: "inventories"
    case .policy: "policies"
    case .calibration: "calibrations"
    }
  }
}

extension PlanRecord {
  init(_ row: Row, _ db: Database) throws {
    let digest: String = try row.decode(forColumn: "digest")
    let completeness: String = try row.decode(forColumn: "completeness")
    let drain = "SELECT host FROM drained_hosts WHERE plan = ? ORDER BY position"
    self.init(
      digest: digest,
      createdAt: Instant(secondsSince1970: Double(try row.decode(Int64.self, forColumn: "created_at"))),
      inventory: try row.decode(forColumn: "inventory_name"),
      policy: try row.decode(forColumn: "policy_name"),
      drain: try String.fetchAll(db, sql: drain, arguments: [digest]),
      rolling: try row.decode(forColumn: "rolling"),
      makespan: Duration(milliseconds: try row.decode(forColumn: "makespan")),
      completeness: try EvacuationPlan.Completeness(rawValue: completeness).orUnknown(completeness),
      steps: try row.decode(forColumn: "steps"), replaces: try row.decode(forColumn: "replaces"))
  }
}

extension StoredPlan {
  init(_ row: Row, _ db: Database) throws {
    self.init(
      record: try PlanRecord(row, db), inventory: try row.decode(forColumn: "inventory"),
      policy: try row.decode(forColumn: "policy"), calibration: try row.decode(forColumn: "calibration"),
      text: try row.decode(forColumn: "text"))
  }
}

/// A word that the tables do not permit.
struct UnknownWord: Error, CustomStringConvertible {
  let word: String

  var description: String { "the word \"\(word)\"" }
}

extension Optional {
  func orUnknown(_ word: String) throws -> Wrapped {
    guard let self else { throw UnknownWord(word: word) }
    return self
  }
}
