import EvacuationModel
import Foundation
import PlanStore

/// Which file is the store, and opening it.
struct StoreFile {
  let path: String
  /// Whether somebody named it, or it is where stores are by default.
  let isNamed: Bool

  /// What `option` names, else the environment's `EVAC_STORE`, else the default. An empty `EVAC_STORE` means none.
  static func chosen(_ option: StoreOption) -> Self? {
    if let path = option.store { return Self(path: path, isNamed: true) }
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["EVAC_STORE"] { return path.isEmpty ? nil : Self(path: path, isNamed: true) }
    return dataFolder(environment).map { Self(path: "\($0)/evac/evac.sqlite", isNamed: false) }
  }

  /// https://specifications.freedesktop.org/basedir-spec: relative paths in the variable do not count.
  private static func dataFolder(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") { return folder }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/share"
  }

  /// Opens the store that `option` chooses; `nil` where there is none. One that was named with the option must be there.
  static func ifPresent(_ option: StoreOption) throws(Refusal) -> PlanStore? {
    guard option.store == nil else { return try existing(option) }
    guard let file = chosen(option), FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try file.open()
  }

  /// Opens the store that `option` chooses, which must be there.
  static func existing(_ option: StoreOption) throws(Refusal) -> PlanStore {
    guard let file = chosen(option) else { throw unnamed }
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw refusal(file.path, "there is no such store", "`evac plan` makes one; --store names another")
    }
    return try file.open()
  }

  /// Opens the store, which is made if it does not exist, with its folder if that is the default one.
  func open() throws(Refusal) -> PlanStore {
    let files = FileManager.default
    if !isNamed {
      // Inventories are nobody else's business.
      try? files.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = try? files.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    guard type == nil || type == .typeRegular else {
      throw Self.refusal(path, "is no file", "name a file")
    }
    do throws(StoreFailure) {
      // SQLite gives names that begin with a colon a meaning of their own.
      return try PlanStore(path: path.hasPrefix(":") ? "./\(path)" : path)
    } catch {
      throw Refusal(error)
    }
  }

  /// There is no store to use.
  static var unnamed: Refusal {
    refusal("the store", "none is named", "name one with --store, or set EVAC_STORE")
  }

  private static func refusal(_ path: String, _ message: String, _ help: String) -> Refusal {
    Refusal(findings: [Finding(.storeUnavailable, path: path, message: message, help: help)])
  }
}

extension Refusal {
  /// What the store refuses.
  init(_ failure: StoreFailure) {
    self.init(findings: [failure.finding])
  }
}

/// Does `body` with a store; what that refuses is a `Refusal`.
func withStore<Value>(_ body: () throws(StoreFailure) -> Value) throws(Refusal) -> Value {
  do throws(StoreFailure) {
    return try body()
  } catch {
    throw Refusal(error)
  }
}
