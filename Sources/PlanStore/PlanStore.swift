import EvacuationModel
import GRDB

/// Plans, what they were made from, and what became of them, in one SQLite file that several processes may use at once.
///
/// What a call has returned from is on the disk: a process may be killed at any moment, and the machine lose power.
public final class PlanStore: Sendable {
  /// The file.
  public let path: String
  private let queue: DatabaseQueue

  /// Opens the file at `path`, which is made if it does not exist, and brings a store of an earlier version up to date.
  public init(path: String) throws(StoreFailure) {
    self.path = path
    queue = try Self.translated(path) { try Self.opened(path) }
  }

  /// While a new file is made, SQLite tells all connections but one at once that it is busy instead of letting them wait
  /// (https://www.sqlite.org/c3ref/busy_handler.html: where waiting could end in a deadlock), so they try again.
  private static func opened(_ path: String) throws -> DatabaseQueue {
    let deadline = ContinuousClock.now + .seconds(patience)
    while true {
      do {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try prepare(queue, path: path)
        return queue
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
      {
        continue
      }
    }
  }

  /// How long one waits for others, in seconds; none of our transactions takes long.
  private static let patience = 20.0

  /// One connection is enough: a command does one thing after another, and other processes have their own.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "evac.store"
    // Readers and one writer at once, without waiting for each other.
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(patience)
    return configuration
  }

  private static func prepare(_ queue: DatabaseQueue, path: String) throws {
    // GRDB chooses NORMAL for WAL, which may lose the last transactions when power fails.
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    let migrator = StoreSchema.migrator
    // In one transaction: another process may be making the tables meanwhile.
    let isCurrent = try queue.read { db in
      if try isForeign(db) {
        throw StoreFailure(
          Finding(
            .storeUnavailable, path: path, message: "is another program's database",
            help: "name a store of evac, or a file that does not exist yet"))
      }
      if try migrator.hasBeenSuperseded(db) {
        throw StoreFailure(
          Finding(
            .storeTooNew, path: path, message: "was written by a newer evac",
            help: "use that version; `evac store export` there and `import` here does not help"))
      }
      return try migrator.hasCompletedMigrations(db)
    }
    guard !isCurrent else { return }
    do {
      try migrator.migrate(queue)
    } catch let error as DatabaseError where error.resultCode != .SQLITE_BUSY {
      // Another process may have been quicker with the same migration; then there is nothing left to do.
      try migrator.migrate(queue)
    }
  }

  /// Whether it holds tables that are not ours.
  private static func isForeign(_ db: Database) throws -> Bool {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") != StoreSchema.applicationID else {
      return false
    }
    let tables =
      "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'grdb_%' AND name NOT LIKE 'sqlite_%'"
    return try Int.fetchOne(db, sql: tables) != 0
  }

  /// Reads in one transaction: everything is of the same moment.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    try Self.translated(path) { try queue.read(body) }
  }

  /// Writes in one transaction: all of it is there afterwards, or none.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    try Self.translated(path) { try queue.write(body) }
  }

  private static func translated<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws(StoreFailure) -> Value {
    do {
      return try body()
    } catch let failure as StoreFailure {
      throw failure
    } catch let error as DatabaseError {
      throw StoreFailure(error, path: path)
    } catch {
      // What cannot be decoded: only a damaged file holds values of another kind than its tables declare.
      throw .damaged(path, "holds a value that is none of ours: \(error)")
    }
  }
}
