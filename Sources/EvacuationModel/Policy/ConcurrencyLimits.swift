/// A limit that may be absent. `unlimited` is a word, never zero.
public enum Limit: Hashable, Sendable, CustomStringConvertible {
  /// At most so many.
  case atMost(Int)
  /// No limit.
  case unlimited

  /// Whether `count` is within the limit.
  public func allows(_ count: Int) -> Bool {
    switch self {
    case .atMost(let most): count <= most
    case .unlimited: true
    }
  }

  /// The limit as a number, `Int.max` for none.
  public var count: Int {
    switch self {
    case .atMost(let most): most
    case .unlimited: .max
    }
  }

  /// The number, or `unlimited`.
  public var description: String {
    switch self {
    case .atMost(let most): "\(most)"
    case .unlimited: "unlimited"
    }
  }
}

/// When the next migration may start.
public enum Batching: String, CaseIterable, Hashable, Sendable {
  /// A batch starts when the one before has ended.
  case barrier
  /// A slot is filled again as soon as it is free.
  case rolling
}

/// How many migrations may run at once.
public struct ConcurrencyLimits: Hashable, Sendable {
  /// Live and block migrations together, per source host: Nova's `max_concurrent_live_migrations`.
  public var liveOutboundPerHost: Limit
  /// Migrations of every mode into one host.
  public var inboundPerHost: Limit
  /// Migrations of every mode in the whole cluster.
  public var perCluster: Limit
  /// Cold migrations per source host.
  public var coldOutboundPerHost: Limit
  /// Barrier or rolling.
  public var batching: Batching

  /// Limits, by default one live migration per source and batches with a barrier.
  public init(
    liveOutboundPerHost: Limit = .atMost(1), inboundPerHost: Limit = .unlimited,
    perCluster: Limit = .unlimited, coldOutboundPerHost: Limit = .atMost(2), batching: Batching = .barrier
  ) {
    self.liveOutboundPerHost = liveOutboundPerHost
    self.inboundPerHost = inboundPerHost
    self.perCluster = perCluster
    self.coldOutboundPerHost = coldOutboundPerHost
    self.batching = batching
  }
}
