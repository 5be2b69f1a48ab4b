import EvacuationModel
import Quantities

/// One migration in progress, from the operator's call to the finished state, at a rate that may change on the
/// way. Schedules over shared links advance many of these side by side; a forecast advances one to its end.
public struct MigrationRun: Sendable {
  /// What it is doing.
  public enum Phase: Hashable, Sendable {
    /// Orchestration or shutting down; no traffic.
    case before
    /// Copying local disks.
    case disks
    /// Copying memory.
    case memory
    /// Taking the time that a rule prescribes.
    case prescribed
    /// Orchestration or booting; no traffic.
    case after
    /// Over, one way or the other.
    case finished
    /// It will never end.
    case stuck
  }

  /// What it is doing.
  public private(set) var phase: Phase
  /// Seconds since its start.
  public private(set) var elapsed = 0.0

  let demand: MigrationDemand
  private(set) var disks: BlockCopy
  private(set) var memory: PreCopyRun?
  private(set) var diskSeconds = 0.0
  private let pathCapacity: Double
  private var phaseEnd: Double

  /// A migration that is about to start over a path of `pathCapacity` bytes per second.
  public init(_ demand: MigrationDemand, pathCapacity: Double) {
    self.demand = demand
    self.pathCapacity = pathCapacity
    disks = BlockCopy(demand)
    phase = demand.prescribed == nil ? .before : .prescribed
    phaseEnd = demand.prescribed?.seconds ?? demand.beforeSeconds
  }

  /// Whether it has traffic on the network now.
  public var isTransferring: Bool { phase == .disks || phase == .memory || phase == .prescribed }

  /// The most traffic it can make now, in bytes per second.
  public var bandwidthWanted: Double {
    switch phase {
    case .disks: disks.diskRate
    case .memory: demand.ceiling.bytesPerSecond
    case .prescribed: demand.hasTraffic ? demand.cap.bytesPerSecond : 0
    case .before, .after, .finished, .stuck: 0
    }
  }

  /// Goes on until `until` (seconds since its start, may be infinite) at `rate` bytes per second.
  public mutating func advance(until: Double, rate: Double) {
    while phase != .finished, phase != .stuck, elapsed < until || phaseEnd <= elapsed {
      takeStep(until: until, rate: rate)
    }
  }

  private mutating func takeStep(until: Double, rate: Double) {
    switch phase {
    case .before, .after, .prescribed: wait(until: until)
    case .disks: copyDisks(until: until, rate: rate)
    case .memory: copyMemory(until: until, rate: rate)
    case .finished, .stuck: return
    }
  }

  /// Seconds from its start to the end of its present phase, if `rate` stays: the next moment at which its
  /// traffic may change by itself. Infinite if that never comes.
  public func endOfPhase(rate: Double) -> Double {
    switch phase {
    case .before, .after, .prescribed: return phaseEnd
    case .finished: return elapsed
    case .stuck: return .infinity
    case .disks: return elapsed + disks.secondsLeft(rate: rate)
    case .memory:
      var copy = self
      while copy.phase == .memory { copy.takeStep(until: .infinity, rate: rate) }
      return copy.phase == .stuck ? .infinity : copy.elapsed
    }
  }

  private mutating func wait(until: Double) {
    guard phaseEnd <= until else {
      elapsed = until
      return
    }
    elapsed = max(elapsed, phaseEnd)
    phaseEnd = .infinity
    if phase != .before {
      phase = .finished
    } else if demand.diskBytes > 0 {
      phase = .disks
    } else {
      startMemory()
    }
  }

  private mutating func copyDisks(until: Double, rate: Double) {
    let end = elapsed + disks.secondsLeft(rate: rate)
    // The platform's deadline counts from the start of the transfer; there is no memory yet to force over.
    let deadline = demand.mode == .block ? demand.beforeSeconds + demand.options.deadline : .infinity
    // A remainder below a nanosecond, or below what years of seconds resolve, is rounding; waiting for it could take
    // for ever.
    let isLast = end <= min(until, deadline) * (1 + 1e-12) + 1e-9
    let stop = isLast ? end : min(until, deadline)
    guard stop.isFinite else {
      phase = .stuck
      return
    }
    disks.advance(stop - elapsed, rate: rate)
    elapsed = stop
    diskSeconds = elapsed - demand.beforeSeconds
    if isLast {
      disks.finish()
      startMemory()
    } else if stop == deadline {
      endTraffic()
    }
  }

  private mutating func startMemory() {
    guard demand.mode != .cold else {
      endTraffic()
      return
    }
    phase = .memory
    memory = PreCopyRun(
      curve: demand.curve, zeroPages: demand.zeroPages, options: demand.options,
      startedAt: elapsed - demand.beforeSeconds)
  }

  private mutating func copyMemory(until: Double, rate: Double) {
    let rates = demand.memoryRates(of: rate, pathCapacity: pathCapacity)
    let state = memory?.advance(
      until: until - demand.beforeSeconds, rate: rates.copying, lastRate: rates.last)
    guard let state else { return }
    elapsed = state.elapsed + demand.beforeSeconds
    // Taking the time before the transfer off and putting it back may lose the last bit, which would be waited for
    // again and again.
    if state.ending == nil, until.isFinite { elapsed = max(elapsed, until) }
    if state.ending == .never {
      phase = .stuck
    } else if state.ending != nil {
      endTraffic()
    }
  }

  private mutating func endTraffic() {
    phase = .after
    phaseEnd = elapsed + demand.afterSeconds
  }
}
