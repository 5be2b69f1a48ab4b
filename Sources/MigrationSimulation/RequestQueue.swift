public import EvacuationModel

/// Requests for more live migrations at once than a platform performs: Nova's `max_concurrent_live_migrations` is a
/// semaphore of the source host, and whoever asks for four at once has them one after the other.
///
/// The k-th of b requests sent together is seen to end after O_b + the time at which the k-th hold of the semaphore
/// ends; O_b is the way to the queue. With one slot and equal holds H that is O_b + k H.
public struct RequestQueue: Sendable {
  private let slots: Int
  private let times: RequestQueueTimes

  /// A queue before a semaphore of `slots`, at least one.
  public init(slots: Limit, times: RequestQueueTimes) {
    self.slots = max(1, slots.count)
    self.times = times
  }

  /// From the call to the finished state for each of the requests of one batch, which hold the semaphore for `holds`
  /// in the order of the queue.
  public func clientTimes(_ holds: [Duration]) -> [Duration] {
    let before = holds.count > 1 ? times.together : times.alone
    var free = [Duration](repeating: .zero, count: min(slots, max(1, holds.count)))
    return holds.map { hold in
      let slot = free.indices.min { (free[$0], $0) < (free[$1], $1) } ?? 0
      free[slot] += hold
      return before + free[slot]
    }
  }

  /// How long a host takes whose guests are asked for in batches of `size`, each sent when the one before has ended;
  /// `holds` in the order in which they are asked for. With one slot and equal holds: ⌈N/b⌉ (O_b + b H) + the time
  /// per host.
  public func hostTime(_ holds: [Duration], batchesOf size: Int) -> Duration {
    let size = max(1, size)
    let batches = stride(from: 0, to: holds.count, by: size).map { first in
      clientTimes(Array(holds[first..<min(first + size, holds.count)])).max() ?? .zero
    }
    return batches.reduce(times.perHost, +)
  }
}
