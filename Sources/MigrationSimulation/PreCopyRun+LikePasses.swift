extension PreCopyRun {
  /// A guest that outruns its link settles into passes that repeat; they are counted, not walked.
  /// A monitor of stalls has to see every single pass.
  mutating func skipLikePasses(until: Double, rate: Double, threshold: Double, lastRate: Double) {
    guard passes > 1, throttle.isSettled, !schedule.growsByItself,
      options.monitor?.stalls == nil
    else {
      steady = SteadyState()
      return
    }
    let speed = PassSpeed(rate: rate, lastRate: lastRate, gain: cache?.highestGain(rate: rate) ?? 1)
    let point = FixedPoint(
      curve: curve, pace: options.throttleResponse.factor(at: throttle.share), rate: speed.pages)
    let total = remaining
    // Otherwise passes do not follow from what remains alone, and have to be walked.
    let isTold = zeroPages <= 0 && options.writing.isSteadyAndRandom && forcedSync == .infinity
    let last = max(threshold, rate * schedule.final)
    if isTold, point.neverFalls(to: last, from: total, speed) {
      leap(to: min(until, nextAction(rate: rate)), point, speed, thresholds: (threshold, last))
      return
    }
    let diverges = isTold && point.neverFalls(to: threshold, from: total, speed)
    guard
      let period = steady.period(after: total, at: elapsed, threshold: threshold, diverges: diverges)
    else { return }
    let end = min(until, nextEvent(rate: rate))
    guard end < PreCopyConstants.horizonSeconds else {
      ending = .never
      return
    }
    let count = ((end - elapsed) / period.seconds).rounded(.down) - 1
    guard count >= 1, count < 1e12 else { return }
    skip(Int(count) * period.passes, seconds: count * period.seconds, rate: rate)
  }

  /// Goes to the last pass before `end` at once, over all steps of a ladder of limits, of which none helps.
  private mutating func leap(
    to end: Double, _ point: FixedPoint, _ speed: PassSpeed, thresholds: (now: Double, last: Double)
  ) {
    guard end < PreCopyConstants.horizonSeconds else {
      ending = .never
      return
    }
    let total = remaining
    let now = point.settled(at: thresholds.now, below: total, speed)
    let later =
      thresholds.last > thresholds.now ? point.settled(at: thresholds.last, below: total, speed) : now
    let seconds = end - elapsed - later.seconds
    guard now.seconds > 0, later.seconds > 0, seconds > 2 * later.seconds else { return }
    // The steps of a ladder in between are taken as even.
    let climbing = min(seconds, max(0, schedule.lastChange - elapsed))
    let count = climbing * (1 / now.seconds + 1 / later.seconds) / 2 + (seconds - climbing) / later.seconds
    guard count < 1e12 else { return }
    pending = later.pending
    skip(Int(count), seconds: seconds, rate: speed.wire)
  }

  mutating func skip(_ count: Int, seconds: Double, rate: Double) {
    elapsed += seconds
    lastSync = elapsed
    wireBytes += seconds * rate * PreCopyConstants.wirePerPageByte
    passes += count
    let left = remaining
    monitor?.skipped(to: elapsed, remaining: left)
    window = QuotaWindow()
    guard options.recordsRounds else { return }
    record.addLike(
      count, from: passes - count + 1, start: elapsed - seconds, seconds: seconds,
      sent: seconds * rate * PreCopyConstants.wirePerPageByte)
  }
}
