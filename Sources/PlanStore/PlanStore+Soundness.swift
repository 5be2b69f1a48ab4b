public import EvacuationModel
import GRDB

extension PlanStore {
  /// What SQLite itself finds wrong with the file: pages, indexes, types, references.
  public func damage() throws(StoreFailure) -> [Finding] {
    try read { db in
      let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
      let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
      let broken = try references.map { row in
        let (table, parent): (String, String) = (
          try row.decode(forColumn: "table"), try row.decode(forColumn: "parent")
        )
        return "a row of \(table) refers to nothing in \(parent)"
      }
      return (pages + broken).map { StoreFailure.damaged(self.path, $0).finding }
    }
  }
}
