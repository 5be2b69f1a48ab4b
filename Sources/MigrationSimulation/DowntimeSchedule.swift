import EvacuationModel
import Glibc
import Quantities

/// The downtime limit in force at a moment of one migration.
struct DowntimeSchedule: Hashable, Sendable {
  /// From `time`, in seconds since the transfer's start, on the limit is `limit` seconds.
  private struct Step: Hashable, Sendable {
    let time: Double
    let limit: Double
  }

  /// Ascending; the first is at 0.
  private let steps: [Step]
  private var reached = 0
  /// Proxmox's; `nil` for platforms that do not double their limit.
  private var doubling: DowntimeDoubling?
  /// A higher limit that replaces all others.
  private var raised: Double?
  private let doubles: Bool

  /// Seconds until Nova's monitor polls for the first time; until then QEMU's own limit holds. Later steps wait for
  /// the next poll as well: each takes effect at the first one after its time.
  static let novaPollSeconds = ProgressWatch.pollSeconds
  /// QEMU's downtime-limit, in seconds (migration/options.c).
  static let qemuLimit = 0.3

  init(_ limit: DowntimeLimit, dataGibibytes: Double) {
    switch limit {
    case .fixed(let value):
      steps = [Step(time: 0, limit: value.seconds)]
    case .ladder(let final, let count, let delay):
      steps = Self.polled(
        Self.ladder(final: final, steps: count, delay: delay, dataGibibytes: dataGibibytes))
    case .exponentialLadder(let final, let count, let delay):
      steps = Self.polled(
        Self.exponentialLadder(final: final, steps: count, delay: delay, dataGibibytes: dataGibibytes))
    case .doubling(let initial):
      steps = [Step(time: 0, limit: initial.seconds)]
    }
    if case .doubling = limit { doubles = true } else { doubles = false }
  }

  private static func polled(_ ladder: [(time: Duration, limit: Duration)]) -> [Step] {
    [Step(time: 0, limit: qemuLimit)]
      + ladder.map { Step(time: $0.time.seconds + novaPollSeconds, limit: $0.limit.seconds) }
  }

  /// Nova's steps in whole seconds and milliseconds (nova/virt/libvirt/migration.py, `downtime_steps`).
  static func ladder(
    final: Duration, steps: Int, delay: Duration, dataGibibytes: Double
  ) -> [(time: Duration, limit: Duration)] {
    let count = max(1, min(steps, 10_000))
    let perStep = (delay.seconds * dataGibibytes).rounded(.towardZero)
    let milliseconds = final.seconds * 1000
    let base = milliseconds / Double(count)
    let offset = (milliseconds - base) / Double(count)
    return (0...count).map { step in
      let limit = (base + offset * Double(step) + 1e-9).rounded(.towardZero)
      return (Duration(clampingSeconds: perStep * Double(step)), Duration(clampingSeconds: limit / 1000))
    }
  }

  /// The steps of Newton and older (nova/virt/libvirt/driver.py, `_migration_downtime_steps`): from `final` / (steps
  /// + 1) on by powers of one factor.
  static func exponentialLadder(
    final: Duration, steps: Int, delay: Duration, dataGibibytes: Double
  ) -> [(time: Duration, limit: Duration)] {
    let count = max(1, min(steps, 10_000))
    let perStep = (delay.seconds * dataGibibytes).rounded(.towardZero)
    let milliseconds = final.seconds * 1000
    let offset = milliseconds / Double(count + 1)
    let base = pow(milliseconds - offset, 1 / Double(count))
    return (0...count).map { step in
      let limit = (offset + pow(base, Double(step)) + 1e-9).rounded(.towardZero)
      return (Duration(clampingSeconds: perStep * Double(step)), Duration(clampingSeconds: limit / 1000))
    }
  }

  /// The transfer of memory starts, all of `remaining` to be sent.
  mutating func begin(at start: Double, remaining: Double) {
    guard doubles else { return }
    doubling = DowntimeDoubling(initial: steps[0].limit, from: start, remaining: remaining)
  }

  /// The limit at `elapsed`, in seconds. `elapsed` must not decrease from call to call.
  mutating func limit(at elapsed: Double) -> Double {
    if let raised { return raised }
    doubling?.pass(to: elapsed)
    if let doubling { return doubling.limit }
    while reached + 1 < steps.count, steps[reached + 1].time <= elapsed { reached += 1 }
    return steps[reached].limit
  }

  /// When the limit changes next, as it looks now.
  var nextChange: Double {
    if let doubling { return doubling.nextChange }
    return reached + 1 < steps.count ? steps[reached + 1].time : .infinity
  }

  /// When it has changed by the clock for the last time.
  var lastChange: Double { steps[steps.count - 1].time }

  /// Whether it changes with the migration's progress and not by the clock.
  var growsByItself: Bool { raised == nil && doubling?.canRise ?? false }

  /// The highest limit that the schedule reaches by the clock alone.
  var final: Double { steps[steps.count - 1].limit }

  /// Permits `limit` seconds from now on, whatever the schedule says.
  mutating func raise(to limit: Double) { raised = max(limit, raised ?? 0) }

  /// Takes in a sync that found `before` remaining and left `after`, when `sent` bytes had crossed the wire.
  mutating func synced(at now: Double, before: Double, after: Double, rate: Double, sent: Double) {
    doubling?.synced(at: now, before: before, after: after, rate: rate, sent: sent)
  }
}
