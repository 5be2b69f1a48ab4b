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

  private let curve: DirtyCurve
  private let options: PreCopyOptions
  private let start: Double

  /// Seconds since the transfer started, disks included.
  private(set) var elapsed: Double
  private(set) var ending: Ending?
  private(set) var wireBytes = 0.0
  private(set) var passes = 0
  private(set) var rounds: [MigrationRound] = []
  /// Seconds that the guest does not run.
  private(set) var downtime = 0.0
  /// Seconds from the start of memory to the first sync.
  private(set) var firstPass = 0.0

  private var schedule: DowntimeSchedule
  private var throttle: ThrottleController
  private var pending: SIMD4<Double>
  private var zeroPages: Double
  private var sinceSync = 0.0
  private var sentSinceSync = 0.0
  private var lastInterval = 0.0
  private var lastIntervalWasLike = false
  private var draining: Drain?

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
    schedule = options.schedule
    throttle = ThrottleController(options.autoConverge, at: elapsed)
    pending = curve.bytes
  }

  var highestThrottle: Double { throttle.share }

  /// Goes on until `until` (seconds of `elapsed`, may be infinite) at `rate`; what is left when the guest has
  /// stopped goes at `lastRate`, because max-bandwidth does not hold there.
  mutating func advance(until: Double, rate: Double, lastRate: Double) {
    while ending == nil, elapsed < until {
      if draining == nil {
        copy(until: until, rate: rate, lastRate: lastRate)
      } else {
        drain(until: until, rate: lastRate)
      }
    }
  }

  /// One stretch of the loop: up to the next sync, the next event of the clock, or `until`.
  private mutating func copy(until: Double, rate: Double, lastRate: Double) {
    guard elapsed < PreCopyConstants.ages else {
      ending = .never
      return
    }
    let threshold = rate * schedule.limit(at: elapsed)
    let stop = min(until, nextEvent)
    let syncAt = elapsed + secondsToSync(rate: rate, threshold: threshold)
    if syncAt.isFinite, syncAt <= stop {
      send(syncAt - elapsed, rate: rate)
      elapsed = syncAt
      sync(rate: rate, threshold: threshold, lastRate: lastRate)
      if draining == nil { skipLikePasses(until: min(until, nextEvent), rate: rate) }
    } else if stop.isInfinite {
      ending = .never
    } else {
      send(stop - elapsed, rate: rate)
      elapsed = stop
    }
    if draining == nil, ending == nil { meetEvents(rate: rate, threshold: threshold, lastRate: lastRate) }
  }

  /// The next moment at which the clock alone changes something.
  private var nextEvent: Double {
    var event = min(options.deadline, schedule.nextChange)
    if let at = options.postCopyAt { event = min(event, start + at) }
    return event
  }

  /// QEMU syncs as soon as what remains falls below the threshold, half a quota window late on average, and
  /// never sooner than one window after the sync before.
  private func secondsToSync(rate: Double, threshold: Double) -> Double {
    guard rate > 0 else { return .infinity }
    let target = max(0, threshold - PreCopyConstants.quotaSeconds * rate)
    let excess = pending.sum() + zeroPages - target
    let scan = PreCopyConstants.zeroScanBytesPerSecond
    var seconds = 0.0
    if passes == 0 {
      // The zero pages of a fresh guest lie behind what it has touched.
      let touched = min(max(excess, 0), pending.sum())
      seconds = touched / rate + max(0, excess - touched) / scan
    } else {
      let zeros = min(max(excess, 0), zeroPages)
      seconds = zeros / scan + max(0, excess - zeros) / (rate * gain)
      if throttle.isOn, options.syncsEveryFiveSeconds {
        seconds = min(seconds, PreCopyConstants.autoConvergeSyncSeconds - sinceSync)
      }
    }
    return max(seconds, PreCopyConstants.quotaSeconds - sinceSync)
  }

  /// Pages handled for each page's worth of traffic: more than one once XBZRLE has every hot page in its
  /// cache, which is after the second pass.
  private var gain: Double { passes >= 2 ? options.xbzrleGain : 1 }

  private mutating func send(_ seconds: Double, rate: Double) {
    var time = seconds
    if passes > 0 { time -= scanZeroPages(time) }
    let total = pending.sum()
    let pace = rate * gain
    let sent = min(total, time * pace)
    if total > 0 { pending *= (total - sent) / total }
    wireBytes += sent / gain * PreCopyConstants.wirePerPageByte
    sentSinceSync += sent / gain
    if passes == 0, pace > 0 { _ = scanZeroPages(time - sent / pace) }
    sinceSync += seconds
  }

  private mutating func scanZeroPages(_ seconds: Double) -> Double {
    let scanned = min(zeroPages, max(0, seconds) * PreCopyConstants.zeroScanBytesPerSecond)
    zeroPages -= scanned
    wireBytes += scanned * PreCopyConstants.wirePerZeroByte
    return scanned / PreCopyConstants.zeroScanBytesPerSecond
  }

  /// Takes over what the guest has dirtied since the last sync. Pages that are still pending do not count
  /// twice; without that, a longer pause would never help.
  private mutating func findDirtied() -> Double {
    let shares: SIMD4<Double>
    let paused = 1 - throttle.share
    if passes == 0 {
      shares =
        curve.dirtiedByFirstPass(sinceSync, chunks: options.dirtyLogChunks)
        / curve.bytes.replacing(
          with: 1, where: curve.bytes .== 0)
    } else {
      shares = DirtyCurve.share(curve.perSecond * paused, sinceSync)
    }
    let fresh = (curve.bytes - pending) * shares
    pending += fresh
    return fresh.sum()
  }

  private mutating func sync(rate: Double, threshold: Double, lastRate: Double) {
    let interval = sinceSync
    let dirtied = findDirtied()
    passes += 1
    if passes == 1 { firstPass = interval }
    record(interval: interval, dirtied: dirtied)
    if dirtied > 0 { schedule.remainderGrew(at: elapsed) }
    throttle.account(dirtied: dirtied, sent: sentSinceSync, at: elapsed)
    sinceSync = 0
    sentSinceSync = 0
    lastIntervalWasLike = abs(interval - lastInterval) <= 1e-9 * interval
    lastInterval = interval
    if pending.sum() + zeroPages <= threshold {
      stopGuest(.converged, rate: rate, lastRate: lastRate)
    } else if options.postCopyAfterFirstPass {
      switchToPostCopy(lastRate: lastRate)
    }
  }

  /// A guest that outruns its link settles into passes that repeat exactly; they are counted, not walked.
  private mutating func skipLikePasses(until: Double, rate: Double) {
    guard lastIntervalWasLike, passes > 2, throttle.isSettled, !schedule.growsByItself else { return }
    guard until.isFinite else {
      ending = .never
      return
    }
    let count = ((until - elapsed) / lastInterval).rounded(.down) - 1
    guard count >= 1, count < 1e9 else { return }
    let duration = count * lastInterval
    elapsed += duration
    wireBytes += duration * rate * PreCopyConstants.wirePerPageByte
    passes += Int(count)
    if options.recordsRounds, let like = rounds.last {
      rounds.append(
        MigrationRound(
          round: like.round + 1, repeats: Int(count), start: like.start + like.duration,
          duration: Duration(clampingSeconds: duration), sent: like.sent * count, remaining: like.remaining,
          dirtied: like.dirtied, throttle: like.throttle))
    }
  }

  private mutating func meetEvents(rate: Double, threshold: Double, lastRate: Double) {
    if elapsed >= options.deadline {
      switch options.timeoutAction {
      case .abort:
        ending = .aborted
      case .forceComplete where options.postCopyPermitted:
        _ = findDirtied()
        switchToPostCopy(lastRate: lastRate)
      case .forceComplete:
        _ = findDirtied()
        stopGuest(.forced, rate: rate, lastRate: lastRate)
      }
    } else if let at = options.postCopyAt, elapsed >= start + at {
      _ = findDirtied()
      if pending.sum() <= threshold {
        stopGuest(.converged, rate: rate, lastRate: lastRate)
      } else {
        switchToPostCopy(lastRate: lastRate)
      }
    }
  }

  /// The guest stops; the last round and the switch-over follow. On a saturated link the socket buffers must
  /// drain first.
  private mutating func stopGuest(_ kind: Ending, rate: Double, lastRate: Double) {
    let saturated = lastRate > 0 && rate >= 0.99 * lastRate
    let buffers = saturated ? PreCopyConstants.socketBufferBytes / lastRate : 0
    draining = Drain(
      kind: kind, bytes: pending.sum(), fixedSeconds: options.switchOverSeconds + buffers)
    _ = scanZeroPages(.infinity)
  }

  private mutating func switchToPostCopy(lastRate: Double) {
    downtime = PreCopyConstants.postCopySwitchSeconds + options.switchOverSeconds
    draining = Drain(kind: .switchedToPostCopy, bytes: pending.sum(), fixedSeconds: downtime)
  }

  private mutating func drain(until: Double, rate: Double) {
    guard var drain = draining else { return }
    let sending = drain.bytes > 0 ? drain.bytes / max(rate, 0) : 0
    let need = sending + drain.fixedSeconds
    guard need.isFinite || until.isFinite else {
      ending = .never
      return
    }
    // A remainder below a nanosecond is rounding; waiting for it could take for ever.
    let isLast = need <= until - elapsed + 1e-9
    let time = isLast ? need : until - elapsed
    let sent = min(drain.bytes, time * max(rate, 0))
    wireBytes += sent * PreCopyConstants.wirePerPageByte
    if drain.kind != .switchedToPostCopy { downtime += time }
    elapsed += time
    if isLast {
      ending = drain.kind
    } else {
      drain.bytes -= sent
      drain.fixedSeconds -= max(0, time - sending)
      draining = drain
    }
  }

  private mutating func record(interval: Double, dirtied: Double) {
    guard options.recordsRounds, rounds.count < 5000 else { return }
    rounds.append(
      MigrationRound(
        round: passes, start: Duration(clampingSeconds: elapsed - interval),
        duration: Duration(clampingSeconds: interval),
        sent: ByteCount(rounding: sentSinceSync * PreCopyConstants.wirePerPageByte),
        remaining: ByteCount(rounding: pending.sum() + zeroPages), dirtied: ByteCount(rounding: dirtied),
        throttle: Ratio(throttle.share)))
  }
}
