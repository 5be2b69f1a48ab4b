import EvacuationModel
import Quantities

/// One live migration of memory in progress: QEMU's loop as a state that can be advanced in time at a rate
/// that may change on the way, so that a forecast and a schedule over shared links use the same model.
///
/// Bytes and seconds are plain numbers here; rates are guest data per second. `docs/migration-model.md` tells
/// the whole in prose.
struct PreCopyRun: Sendable {
  /// How it ended.
  enum Ending: Hashable, Sendable {
    case converged, switchedToPostCopy, forced, aborted, never
  }

  let curve: DirtyCurve
  let options: PreCopyOptions
  private let start: Double

  /// Seconds since the transfer started, disks included.
  var elapsed: Double
  var ending: Ending?
  var wireBytes = 0.0
  var passes = 0
  var record = RoundRecord()
  /// Seconds that the guest does not run.
  private(set) var downtime = 0.0
  /// Of these, what drains socket buffers first.
  private(set) var socketSeconds = 0.0
  /// Seconds from the start of memory to the first sync.
  private(set) var firstPass = 0.0

  var schedule: DowntimeSchedule
  var throttle: ThrottleController
  var pending: SIMD4<Double>
  var zeroPages: Double
  /// When the guest's writes were last taken over.
  var lastSync: Double
  private var sentSinceSync = 0.0
  private var turns = 0
  var window = QuotaWindow()
  var steady = SteadyState()
  var cache: PageCache?
  private var draining: Drain?
  var monitor: PlatformMonitor?

  /// What is sent after the loop: the last round, the rest in post-copy, or the rest of a paused guest.
  private struct Drain {
    let kind: Ending
    var bytes: Double
    var fixedSeconds: Double
  }

  init(curve: DirtyCurve, zeroPages: Double, options: PreCopyOptions, startedAt elapsed: Double) {
    self.curve = curve
    self.options = options
    self.elapsed = elapsed
    self.zeroPages = zeroPages
    start = elapsed
    lastSync = elapsed
    schedule = options.schedule
    throttle = ThrottleController(options.autoConverge, at: elapsed)
    pending = curve.bytes
    cache = options.pageCache
    schedule.begin(at: elapsed, remaining: remaining)
    monitor = options.monitor.map { PlatformMonitor($0, from: elapsed, remaining: remaining) }
  }

  var highestThrottle: Double { throttle.share }

  /// Goes on until `until` (seconds of `elapsed`, may be infinite) at `rate`; what is left when the guest has
  /// stopped goes at `lastRate`, because max-bandwidth does not hold there.
  mutating func advance(until: Double, rate: Double, lastRate: Double) -> (elapsed: Double, ending: Ending?) {
    while ending == nil, elapsed < until {
      if draining == nil {
        copy(until: until, rate: rate, lastRate: lastRate)
      } else {
        drain(until: until, rate: lastRate)
      }
    }
    return (elapsed, ending)
  }

  /// One turn of the loop: a sync when what remains is below the threshold, else one stretch of sending, up to
  /// the next event of the clock or `until`.
  private mutating func copy(until: Double, rate: Double, lastRate: Double) {
    turns += 1
    guard turns <= PreCopyConstants.mostTurns else {
      stopWalking(until: until, rate: rate, lastRate: lastRate)
      return
    }
    // A negative limit would never be met, not even with nothing left.
    let threshold = rate * max(0, schedule.limit(at: elapsed))
    let forced = forcedSync
    let stop = min(until, nextEvent(rate: rate), forced)
    if rate > 0, elapsed > lastSync, remaining <= threshold || elapsed >= forced {
      sync(rate: rate, threshold: threshold, lastRate: lastRate)
      if draining == nil {
        skipLikePasses(until: until, rate: rate, threshold: threshold, lastRate: lastRate)
      }
    } else {
      send(until: stop, threshold: threshold, rate: rate, lastRate: lastRate)
    }
    if draining == nil, ending == nil { meetEvents(rate: rate, threshold: threshold, lastRate: lastRate) }
  }

  /// Where a guest has needed that many looks, on a path that carries next to nothing, all that counts any more is when
  /// it is given up.
  private mutating func stopWalking(until: Double, rate: Double, lastRate: Double) {
    let end = min(until, options.deadline)
    guard end < PreCopyConstants.horizonSeconds else {
      ending = .never
      return
    }
    skip(1, seconds: max(0, end - elapsed), rate: rate)
    meetEvents(rate: rate, threshold: 0, lastRate: lastRate)
  }

  /// QEMU from 9.2 on syncs every five seconds while auto-converge is on, so that long passes do not delay it.
  var forcedSync: Double {
    guard throttle.isOn, options.syncsEveryFiveSeconds, passes > 0 else { return .infinity }
    return lastSync + PreCopyConstants.autoConvergeSyncSeconds
  }

  /// What QEMU reports as remaining: zero pages count in full, although they cost next to nothing to send.
  var remaining: Double { pending.sum() + zeroPages }

  /// The next moment at which the clock or the platform changes something.
  mutating func nextEvent(rate: Double) -> Double { min(nextAction(rate: rate), schedule.nextChange) }

  /// The next moment at which the platform steps in.
  mutating func nextAction(rate: Double) -> Double {
    var event = options.deadline
    if let at = options.postCopyAt { event = min(event, start + at) }
    if let action = monitor?.nextAction(whileSending: rate > 0) { event = min(event, max(elapsed, action)) }
    return event
  }

  /// Sends until something may have to be decided: the quota of a window is used up, a slice has passed, the
  /// pages are all sent, or `stop` is reached.
  private mutating func send(until stop: Double, threshold: Double, rate: Double, lastRate: Double) {
    guard min(stop, elapsed + remaining / max(rate, 1e-300)) < PreCopyConstants.horizonSeconds else {
      ending = .never
      return
    }
    let total = next
    if zeroPages > 0, total <= 0 || passes > 0 && !options.writing.isLowestFirst || isPastTouched {
      let excess = max(remaining - threshold, 0) + 1
      elapsed = min(
        stop, elapsed + scanZeroPages(min(excess / PreCopyConstants.zeroScanBytesPerSecond, stop - elapsed)))
      if zeroPages > 0, elapsed <= lastSync { elapsed = lastSync.nextUp }
      return
    }
    let gain = passes >= 2 ? cache?.gain(pending: pending, of: curve.bytes, rate: rate) ?? 1 : 1
    let stretch = window.stretch(
      pending: total / gain, excess: min(total, max(0, remaining - threshold)) / gain, rate: rate,
      lastRate: lastRate,
      until: stop, at: elapsed)
    let sent = min(total, stretch.bytes * gain)
    if total > 0 {
      if passes >= 1 { cache?.insert(pending * (sent / total), of: curve.bytes) }
      take(sent, of: total)
    }
    wireBytes += sent / gain * PreCopyConstants.wirePerPageByte
    sentSinceSync += sent / gain
    elapsed = stretch.end
  }

  /// Bytes that the scan sends before anything else: with a working set at the low end of memory the rest of the
  /// first pass, which lies ahead of what has been dirtied since; else all that is pending.
  private var next: Double {
    options.writing.isLowestFirst && passes > 0 && pending[3] > 0 ? pending[3] : pending.sum()
  }

  /// Whether the scan has reached the zero pages behind all that was touched, in a guest whose working set lies lowest.
  private var isPastTouched: Bool { options.writing.isLowestFirst && passes > 0 && pending[3] <= 0 }

  /// Takes `sent` bytes off what is pending, of `total` that were next.
  private mutating func take(_ sent: Double, of total: Double) {
    guard options.writing.isLowestFirst, passes == 0 || pending[3] > 0 else {
      pending *= (total - sent) / total
      return
    }
    var left = sent
    for lane in passes == 0 ? [0, 1, 2, 3] : [3] {
      let part = min(left, pending[lane])
      pending[lane] -= part
      left -= part
    }
  }

  /// Finds zero pages for at most `seconds`; returns the seconds it took.
  private mutating func scanZeroPages(_ seconds: Double) -> Double {
    let scanned = min(zeroPages, max(0, seconds) * PreCopyConstants.zeroScanBytesPerSecond)
    zeroPages -= scanned
    wireBytes += scanned * PreCopyConstants.wirePerZeroByte
    return scanned / PreCopyConstants.zeroScanBytesPerSecond
  }

  /// Takes over what the guest has dirtied since the last sync. Pages that are still pending do not count
  /// twice; without that, a longer pause would never help.
  private mutating func findDirtied() -> Double {
    let seconds =
      options.writing.activeSeconds(from: lastSync, to: elapsed)
      * options.throttleResponse.factor(at: throttle.share)
    let fresh: SIMD4<Double>
    if passes == 0, options.dirtyLogChunks > 1 {
      let written = curve.dirtiedByFirstPass(seconds, chunks: options.dirtyLogChunks)
      fresh = written * (1 - pending / curve.bytes.replacing(with: 1, where: curve.bytes .== 0))
    } else if options.writing.isCyclic {
      // Who writes in a circle reaches what is still pending last.
      fresh = (curve.bytes * curve.perSecond * seconds).clamped(
        lowerBound: .zero, upperBound: curve.bytes - pending)
    } else {
      fresh = (curve.bytes - pending) * DirtyCurve.share(curve.perSecond, seconds)
    }
    pending += fresh
    lastSync = elapsed
    return fresh.sum()
  }

  private mutating func sync(rate: Double, threshold: Double, lastRate: Double) {
    let interval = elapsed - lastSync
    let before = remaining
    let dirtied = findDirtied()
    passes += 1
    if passes == 1 { firstPass = interval }
    if options.recordsRounds {
      record.add(
        MigrationRound(
          round: passes, start: Duration(clampingSeconds: elapsed - interval),
          duration: Duration(clampingSeconds: interval),
          sent: ByteCount(rounding: sentSinceSync * PreCopyConstants.wirePerPageByte),
          remaining: ByteCount(rounding: remaining), dirtied: ByteCount(rounding: dirtied),
          throttle: Ratio(throttle.share)))
    }
    schedule.synced(at: elapsed, before: before, after: remaining, rate: rate, sent: wireBytes)
    let after = remaining
    monitor?.synced(at: elapsed, before: before, after: after, rate: rate)
    throttle.account(dirtied: dirtied, sent: sentSinceSync, at: elapsed)
    sentSinceSync = 0
    if remaining <= threshold {
      stopGuest(.converged, rate: rate, lastRate: lastRate)
    } else if let switching = options.postCopyAfterPasses, passes >= switching {
      switchToPostCopy(rate: rate, lastRate: lastRate)
    }
  }

  private mutating func meetEvents(rate: Double, threshold: Double, lastRate: Double) {
    if elapsed >= options.deadline {
      switch options.timeoutAction {
      case .abort:
        ending = .aborted
      case .forceComplete where options.postCopyPermitted:
        _ = findDirtied()
        switchToPostCopy(rate: rate, lastRate: lastRate)
      case .forceComplete:
        _ = findDirtied()
        stopGuest(.forced, rate: rate, lastRate: lastRate)
      }
    } else if let at = options.postCopyAt, elapsed >= start + at {
      convergeOrSwitch(rate: rate, threshold: threshold, lastRate: lastRate)
    } else if monitor != nil {
      let left = remaining
      switch monitor?.action(at: elapsed, remaining: left, sent: wireBytes) {
      case nil: break
      case .abort: ending = .aborted
      case .raiseLimit(let seconds): schedule.raise(to: seconds)
      case .switchToPostCopy: convergeOrSwitch(rate: rate, threshold: threshold, lastRate: lastRate)
      }
    }
  }

  private mutating func convergeOrSwitch(rate: Double, threshold: Double, lastRate: Double) {
    _ = findDirtied()
    if pending.sum() <= threshold {
      stopGuest(.converged, rate: rate, lastRate: lastRate)
    } else {
      switchToPostCopy(rate: rate, lastRate: lastRate)
    }
  }

  /// The guest stops; the last round and the switch-over follow. On a saturated link what lies in the socket buffers
  /// must drain first: it lengthens the pause, but not QEMU's own total, which ends with the last write to a socket.
  private mutating func stopGuest(_ kind: Ending, rate: Double, lastRate: Double) {
    socketSeconds = secondsInBuffers(rate: rate, lastRate: lastRate)
    downtime = socketSeconds
    // Parallel channels run ahead of the thread by what more their buffers hold.
    let ahead = max(0, socketSeconds * lastRate - PreCopyConstants.socketBufferBytes)
    draining = Drain(
      kind: kind, bytes: max(0, pending.sum() - ahead), fixedSeconds: options.switchOverSeconds)
    _ = scanZeroPages(.infinity)
  }

  /// Seconds that what already lies in socket buffers takes: they are full on a saturated link, and hold the last
  /// burst under a limit below it.
  private func secondsInBuffers(rate: Double, lastRate: Double) -> Double {
    guard lastRate > 0 else { return 0 }
    // The sync before the stop gives them time to drain, unless there was nothing left to look for.
    let most =
      pending.sum() < 4096
      ? min(
        max(options.socketBufferBytes, PreCopyConstants.fullSocketBytes),
        lastRate * PreCopyConstants.fullSocketSeconds)
      : min(options.socketBufferBytes, lastRate * PreCopyConstants.socketBufferSeconds)
    let isSaturated = rate >= PreCopyConstants.pacedShare * lastRate
    // Nor can they hold more than was sent.
    return min((isSaturated ? most : min(most, window.burst)) / lastRate, elapsed - start)
  }

  private mutating func switchToPostCopy(rate: Double, lastRate: Double) {
    // Pages that were sent and dirtied since are named to the destination one run of them after the other.
    let stale = passes > 0 ? pending.sum() : 0
    let state = options.switchOverSeconds + stale * PreCopyConstants.discardSecondsPerByte
    socketSeconds = secondsInBuffers(rate: rate, lastRate: lastRate)
    downtime = state + socketSeconds
    draining = Drain(
      kind: .switchedToPostCopy, bytes: pending.sum(),
      fixedSeconds: state + PreCopyConstants.postCopyClosingSeconds)
  }

  private mutating func drain(until: Double, rate: Double) {
    guard var drain = draining else { return }
    let rate = drain.kind == .switchedToPostCopy ? min(rate, options.postCopyBytesPerSecond) : rate
    let sending = drain.bytes > 0 ? drain.bytes / max(rate, 0) : 0
    let need = sending + drain.fixedSeconds
    guard min(elapsed + need, until) < PreCopyConstants.horizonSeconds else {
      ending = .never
      return
    }
    let until = drain.kind == .forced ? min(until, max(elapsed, options.pausedDeadline)) : until
    // A remainder below a nanosecond is rounding; waiting for it could take for ever.
    let isLast = need <= until - elapsed + 1e-9 + 1e-12 * elapsed
    let time = isLast ? need : until - elapsed
    let sent = min(drain.bytes, time * max(rate, 0))
    wireBytes += sent * PreCopyConstants.wirePerPageByte
    if drain.kind != .switchedToPostCopy { downtime += time }
    elapsed += time
    if isLast {
      ending = drain.kind
    } else if drain.kind == .forced, elapsed >= options.pausedDeadline {
      ending = .aborted
    } else {
      drain.bytes -= sent
      drain.fixedSeconds -= max(0, time - sending)
      draining = drain
    }
  }
}
