public import EvacuationModel
import GRDB

/// Why a store cannot do what was asked.
public struct StoreFailure: Error, Hashable, Sendable {
  /// The reason with its next step; its path is the store's file.
  public let finding: Finding

  /// A reason.
  public init(_ finding: Finding) {
    self.finding = finding
  }

  static func damaged(_ path: String, _ what: String) -> Self {
    Self(
      Finding(
        .storeDamaged, path: path, message: what,
        help: "keep a copy; restore a backup, or import what `evac store export` wrote into a new file"))
  }

  /// What SQLite says, in terms of the store.
  init(_ error: DatabaseError, path: String) {
    let what = error.message ?? "SQLite gives no reason"
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_SCHEMA, .SQLITE_MISMATCH, .SQLITE_ERROR:
      self = .damaged(path, "is damaged, or no store: \(what)")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        Finding(
          .storeBusy, path: path, message: "another program has held it for too long",
          help: "try again; `fuser` tells which program has it open"))
    case .SQLITE_CONSTRAINT:
      self.init(
        Finding(
          .storeConflict, path: path, message: "an entry contradicts the others: \(what)",
          help: "evac store check tells what is wrong"))
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_TOOBIG, .SQLITE_NOMEM:
      self.init(
        Finding(
          .storeUnavailable, path: path, message: "could not be written: \(what)",
          help: "check free space and the disk"))
    default:
      self.init(
        Finding(
          .storeUnavailable, path: path, message: "cannot be used: \(what)",
          help: "check the path and its permissions, its folder's too"))
    }
  }
}
