import EvacuationModel
import MigrationSimulation
import Quantities

/// Migrations that wait in a queue for one of several slots and share one link fairly while they run.
struct LinkQueue {
  /// Bytes per second.
  let link: Double
  /// How many run at once.
  let slots: Int
  /// Seconds from the end of one to the start of the next.
  let gapSeconds: Double
  /// How much more than a fair share each stream happens to get, in the order of the queue: 1 is a fair one.
  let luck: [Double]

  /// When one of them ran, and how it ended.
  struct Turn {
    let begin: Double
    let end: Double
    let forecast: MigrationForecast
  }

  private struct Active {
    let place: Int
    let begin: Double
    var run: MigrationRun
  }

  /// The turn of each of `demands`, in their order.
  func turns(_ demands: [MigrationDemand]) -> [Turn] {
    var turns: [Int: Turn] = [:]
    var waiting = demands.indices.map { (place: $0, from: 0.0) }[...]
    var active: [Active] = []
    var freed = [Double](repeating: 0, count: max(1, slots))
    var now = 0.0
    while turns.count < demands.count {
      while active.count < max(1, slots), let next = waiting.first, let from = freed.min(), from <= now {
        waiting.removeFirst()
        freed.remove(at: freed.firstIndex(of: from) ?? 0)
        active.append(
          Active(place: next.place, begin: now, run: MigrationRun(demands[next.place], pathCapacity: link)))
      }
      let rates = shares(active)
      var event = zip(active, rates).map { $0.begin + $0.run.endOfPhase(rate: $1) }.min() ?? .infinity
      if active.count < max(1, slots), !waiting.isEmpty, let from = freed.min() { event = min(event, from) }
      guard event.isFinite else { break }
      now = max(now, event)
      for index in active.indices {
        // A microsecond more, so that rounding leaves nobody an instant before the end.
        active[index].run.advance(until: now - active[index].begin + 1e-6, rate: rates[index])
      }
      for one in active where one.run.phase == .finished {
        turns[one.place] = Turn(
          begin: one.begin, end: now, forecast: one.run.forecast(bandwidth: DataRate(bytesPerSecond: link)))
        freed.append(now + gapSeconds)
      }
      active.removeAll { $0.run.phase == .finished }
    }
    return demands.indices.compactMap { turns[$0] }
  }

  private func shares(_ active: [Active]) -> [Double] {
    let fair = LinkSharing(capacities: [link]).shares(
      active.map { LinkSharing.Flow(segments: [0], cap: $0.run.bandwidthWanted) })
    let lucks = active.map { luck.indices.contains($0.place) ? luck[$0.place] : 1 }
    let mean = zip(lucks, fair).reduce(0) { $0 + $1.0 * $1.1 } / max(fair.reduce(0, +), 1e-300)
    return zip(active, zip(lucks, fair)).map { one, share in
      min(one.run.bandwidthWanted, share.0 * share.1 / max(mean, 1e-300))
    }
  }
}
