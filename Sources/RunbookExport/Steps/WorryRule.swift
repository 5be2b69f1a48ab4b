import EvacuationModel
import Quantities

/// When a running migration is late, and how much may be left then.
///
/// Look once it is past its P90: nine of ten have ended by then, and a single migration late by less says
/// nothing about the forecast. What may be left is twice what the path carries within the downtime limit:
/// QEMU stops the guest as soon as the remainder at the end of a pass is below once that, so a guest that
/// is above twice that at the end of every pass writes more than was forecast, or gets less bandwidth, and
/// waiting does not change it. Twice, because both QEMU's estimate of the bandwidth and a counter that is
/// refreshed every 5 s lag behind. After a switch to post-copy there is nothing left to decide.
enum WorryRule {
  /// Nova refreshes its counters this often (`live_migration_monitor_interval`, nova/conf/libvirt.py), and
  /// looking more often shows nothing new.
  static let lookEvery = Duration.seconds(5)
  /// QEMU's own limit (`downtime-limit`, migration/options.c), where the plan does not set one.
  static let usualDowntimeLimit = Duration.milliseconds(300)

  static func limit(for step: PlannedMigration) -> WorryLimit {
    let expected = RunbookMigration(step)
    let lateness = expected.duration > .zero ? expected.durationP90.seconds / expected.duration.seconds : 1
    let pass = max(step.forecast.phases.firstPass.seconds * max(1, lateness), 30)
    return WorryLimit(
      lookAfter: roundedUp(max(expected.durationP90, .seconds(10))), lookEvery: lookEvery,
      passTime: roundedUp(Duration(clampingSeconds: pass)), remaining: remaining(for: step))
  }

  private static func remaining(for step: PlannedMigration) -> ByteCount? {
    let rate = step.forecast.bandwidth.bytesPerSecond
    guard step.mode != .cold, !step.usesPostCopy, rate.isFinite, rate > 0 else { return nil }
    let limit = step.guest.downtimeLimit ?? max(step.forecast.downtime, usualDowntimeLimit)
    return min(ByteCount(rounding: 2 * rate * limit.seconds), step.guest.memory)
  }

  /// Up to the next 5 s below 2 min, the next half minute below 10 min, the next 5 min above.
  static func roundedUp(_ duration: Duration) -> Duration {
    let grain: Double =
      switch duration.seconds {
      case ..<120: 5
      case ..<600: 30
      default: 300
      }
    return Duration(clampingSeconds: (duration.seconds / grain).rounded(.up) * grain)
  }
}
