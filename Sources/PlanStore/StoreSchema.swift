import GRDB

/// The tables, and how a store of an earlier version comes by them. A migration that has been released is never edited.
enum StoreSchema {
  /// "evac" in ASCII: tells a store from the databases of other programs.
  static let applicationID: Int32 = 0x6576_6163

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("plans and outcomes") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: texts + plans + outcomes)
    }
    migrator.registerMigration("replaced plans and transfers") { db in
      try db.execute(sql: replacedPlans + transfers)
    }
    return migrator
  }

  /// Texts are kept as they were, not compressed: each version of a file is there once, a digest can be checked by
  /// anybody, and SQLite alone reads them.
  private static let texts = ["inventories", "policies", "calibrations"].map { table in
    """
    CREATE TABLE \(table) (
      digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
      text TEXT NOT NULL
    ) STRICT;

    """
  }.joined()

  private static let plans = """
    CREATE TABLE plans (
      digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
      created_at INTEGER NOT NULL, -- seconds since 1970
      inventory TEXT NOT NULL REFERENCES inventories,
      policy TEXT REFERENCES policies, -- null: the platform's defaults
      calibration TEXT REFERENCES calibrations,
      inventory_name TEXT NOT NULL,
      policy_name TEXT NOT NULL,
      rolling TEXT,
      makespan INTEGER NOT NULL, -- milliseconds
      completeness TEXT NOT NULL CHECK (completeness IN ('complete', 'partial', 'impossible')),
      steps INTEGER NOT NULL CHECK (steps >= 0),
      text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX plans_by_time ON plans (created_at, digest);
    CREATE TABLE drained_hosts (
      plan TEXT NOT NULL REFERENCES plans,
      position INTEGER NOT NULL,
      host TEXT NOT NULL,
      PRIMARY KEY (plan, position)
    ) STRICT, WITHOUT ROWID;

    """

  private static let outcomes = """
    CREATE TABLE outcomes (
      plan TEXT NOT NULL REFERENCES plans,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      step TEXT NOT NULL,
      result TEXT NOT NULL CHECK (result IN ('started', 'done', 'failed', 'skipped')),
      reason TEXT,
      kind TEXT CHECK (kind IN ('timeout', 'no_room', 'host_down', 'other')),
      took INTEGER, -- milliseconds
      downtime INTEGER, -- milliseconds
      transferred INTEGER, -- bytes
      at INTEGER NOT NULL, -- milliseconds since 1970
      at_offset INTEGER NOT NULL, -- seconds east of UTC, to show it as it was written
      note TEXT NOT NULL,
      PRIMARY KEY (plan, sequence),
      CHECK ((result = 'failed') = (reason IS NOT NULL AND kind IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER outcomes_are_not_changed BEFORE UPDATE ON outcomes
      BEGIN SELECT RAISE(ABORT, 'outcomes are only added to'); END;
    CREATE TRIGGER outcomes_are_not_deleted BEFORE DELETE ON outcomes
      BEGIN SELECT RAISE(ABORT, 'outcomes are only added to'); END;

    """

  private static let replacedPlans = """
    ALTER TABLE plans ADD COLUMN replaces TEXT; -- the digest of the plan in whose place it is
    UPDATE plans SET replaces = CAST(json_extract(text, '$.request.replaces') AS TEXT) WHERE json_valid(text);
    CREATE INDEX plans_by_replaced ON plans (replaces) WHERE replaces IS NOT NULL;

    """

  private static let transfers = """
    ALTER TABLE outcomes ADD COLUMN transfer INTEGER; -- milliseconds
    """
}
