import EvacuationModel
import Quantities

/// The downtime limit in force at a moment of one migration.
struct DowntimeSchedule: Sendable {
  /// (seconds since the transfer's start, limit in seconds), ascending; the first is at 0.
  private let steps: [(time: Double, limit: Double)]
  private var reached = 0
  /// Proxmox doubles the limit; `nil` for platforms that do not.
  private var growth: Growth?

  /// QEMU accepts no downtime limit above 2000 s.
  private static let highest = 2000.0

  private struct Growth {
    var limit: Double
    var risesSeen = 0
    var lastPoll = -Double.infinity
  }

  init(_ limit: DowntimeLimit, dataGibibytes: Double) {
    switch limit {
    case .fixed(let value):
      steps = [(0, value.seconds)]
    case .ladder(let final, let count, let delay):
      steps = Self.ladder(final: final, steps: count, delay: delay, dataGibibytes: dataGibibytes)
        .map { ($0.time.seconds, $0.limit.seconds) }
    case .doubling(let initial):
      steps = [(0, initial.seconds)]
      growth = Growth(limit: initial.seconds)
    }
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

  /// The limit at `elapsed`, in seconds. `elapsed` must not decrease from call to call.
  mutating func limit(at elapsed: Double) -> Double {
    if let growth { return growth.limit }
    while reached + 1 < steps.count, steps[reached + 1].time <= elapsed { reached += 1 }
    return steps[reached].limit
  }

  /// When the limit changes next by the clock alone.
  var nextChange: Double { reached + 1 < steps.count ? steps[reached + 1].time : .infinity }

  /// When it has changed by the clock for the last time.
  var lastChange: Double { steps[steps.count - 1].time }

  /// Whether it changes with the migration's progress and not by the clock.
  var growsByItself: Bool { growth != nil && growth?.limit ?? 0 < Self.highest }

  /// The highest limit that the schedule reaches by the clock alone.
  var final: Double { steps[steps.count - 1].limit }

  /// Proxmox polls every second; after more than five polls at which the remainder had grown it doubles the
  /// limit, up to QEMU's 2000 s (PVE/QemuMigrate.pm, `phase2`).
  mutating func remainderGrew(at elapsed: Double) {
    guard var growth, elapsed - growth.lastPoll >= 1 else { return }
    growth.lastPoll = elapsed
    growth.risesSeen += 1
    if growth.risesSeen > 5 {
      growth.risesSeen = 0
      growth.limit = min(growth.limit * 2, Self.highest)
    }
    self.growth = growth
  }
}
