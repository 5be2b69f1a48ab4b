import Quantities

/// A question to a cluster: what if this were otherwise. A named list of changes to inventory or policy.
public struct Scenario: Hashable, Sendable {
  /// What it is called, unique in a comparison.
  public var name: String
  /// What is otherwise; nothing for the base case.
  public var changes: [ScenarioChange]

  /// A scenario.
  public init(name: String, changes: [ScenarioChange]) {
    self.name = name
    self.changes = changes
  }
}

/// One thing that is otherwise in a scenario, and who said so.
public struct ScenarioChange: Hashable, Sendable {
  /// What is otherwise.
  public enum Kind: Hashable, Sendable {
    /// The value at a key of the policy (`precopy.post_copy`), or of what the inventory has
    /// (`hosts.compute-*.migration_bandwidth`), as a file would have it on one line.
    case setting(key: String, value: String)
    /// One more host: a copy of `like`, up, with nobody on it.
    case addedHost(Host.ID, like: Host.ID)
    /// One host less.
    case missingHost(Host.ID)
    /// Every guest writes its memory so many times as fast.
    case dirtyRate(times: Double)
  }

  /// What is otherwise.
  public var kind: Kind
  /// Where findings about it say that it stands: an option, or a file.
  public var path: String
  /// Its place in the file; empty for an option.
  public var place: String

  /// The change `kind`, said at `path:place`.
  public init(_ kind: Kind, path: String, place: String = "") {
    self.kind = kind
    self.path = path
    self.place = place
  }

  /// A key that is unique among the changes of a scenario.
  public var key: String {
    switch kind {
    case .setting(let key, _): key
    case .addedHost(let host, _), .missingHost(let host): "hosts.\(host)"
    case .dirtyRate: "vms.*.workload"
    }
  }

  /// What counts at `key`.
  public var value: String {
    switch kind {
    case .setting(_, let value): value
    case .addedHost(_, let like): "like \(like)"
    case .missingHost: "none"
    case .dirtyRate(let times): "writes × \(times.text(significantDigits: 4))"
    }
  }
}
