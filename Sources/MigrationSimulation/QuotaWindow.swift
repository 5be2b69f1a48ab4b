/// How QEMU's migration thread spends its time between two looks at what remains.
///
/// Under a bandwidth limit it sends a tenth of a second's quota at the wire's full speed and sleeps out the rest
/// of the window; it looks at the remainder when it wakes, and at once when it has run out of pages in the middle
/// of a burst. That second look decides many late rounds: so little has been dirtied during the burst that the
/// guest is stopped, where a model of evenly spread sending would never end. On a saturated link there is no
/// quota, and it looks every 50 ms.
struct QuotaWindow: Sendable {
  private var end = -Double.infinity
  private var quotaLeft = 0.0
  /// Bytes of a burst that has not been slept out: they may still lie in socket buffers.
  private(set) var burst = 0.0

  /// Bytes sent, and the moment at which the thread looks again.
  struct Stretch {
    let bytes: Double
    let end: Double
  }

  /// Whether its quota limits a migration, and not the wire.
  static func isPaced(rate: Double, lastRate: Double) -> Bool {
    rate < PreCopyConstants.pacedShare * lastRate
  }

  /// What comes next with `pending` bytes to send, of which `excess` lie above the threshold.
  mutating func stretch(
    pending: Double, excess: Double, rate: Double, lastRate: Double, until stop: Double, at now: Double
  ) -> Stretch {
    guard rate > 0 else { return Stretch(bytes: 0, end: stop) }
    let isPaced = Self.isPaced(rate: rate, lastRate: lastRate)
    let unit = isPaced ? PreCopyConstants.windowSeconds : PreCopyConstants.sliceSeconds
    let quota = rate * unit
    if isPaced, now >= end - 1e-9 {
      end = now + unit
      quotaLeft = quota
      burst = 0
    }
    // All whole windows or slices down to the threshold are taken at once.
    let whole = min((excess / quota).rounded(.up), (pending / quota).rounded(.down))
    if whole >= 1, !isPaced || quotaLeft == quota {
      let time = min(whole * unit, stop - now)
      end = now + time
      return Stretch(bytes: min(pending, time * rate), end: now + time)
    }
    let stretch =
      isPaced
      ? send(pending: pending, wire: lastRate, at: now) : slice(pending: pending, rate: rate, at: now)
    guard stretch.end > stop else { return stretch }
    end = -.infinity
    return Stretch(bytes: min(stretch.bytes, (stop - now) * rate), end: stop)
  }

  /// Sends the rest of the window's quota; if that is all of it, sleeps until the window ends.
  private mutating func send(pending: Double, wire: Double, at now: Double) -> Stretch {
    if pending < quotaLeft {
      quotaLeft -= pending
      burst += pending
      return Stretch(bytes: pending, end: min(now + max(pending / wire, PreCopyConstants.turnSeconds), end))
    }
    burst = 0
    return Stretch(bytes: quotaLeft, end: end)
  }

  private func slice(pending: Double, rate: Double, at now: Double) -> Stretch {
    let time = max(min(pending / rate, PreCopyConstants.sliceSeconds), PreCopyConstants.turnSeconds)
    return Stretch(bytes: min(pending, time * rate), end: now + time)
  }
}
