/// Requests for several migrations at once on a host that does one at a time (max_concurrent_live_migrations = 1):
/// the k-th of a batch is done after O + k × H.
struct OSICQueue {
  /// Seconds of one migration alone, from the call to ACTIVE.
  let alone: Double

  /// Seconds from the call to ACTIVE for the `rank`-th (from 1) of a batch of `batch`.
  func seconds(rank: Int, batch: Int) -> Double {
    let inside = max(0, alone - OSICConstants.queueingAlone)
    return outside(batch) + Double(rank) * inside
  }

  /// Seconds until a host with `guests` is empty: batch after batch, each of which waits for its last.
  func hostSeconds(guests: Int, batch: Int, task: Double) -> Double {
    let batch = max(1, batch)
    let full = seconds(rank: batch, batch: batch) * Double(guests / batch)
    let rest = guests % batch
    return full + (rest > 0 ? seconds(rank: rest, batch: rest) : 0) + task
  }

  private func outside(_ batch: Int) -> Double {
    batch > 1 ? OSICConstants.queueingTogether : OSICConstants.queueingAlone
  }
}
