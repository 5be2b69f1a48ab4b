import EvacuationModel
import Glibc

/// Local disks being mirrored while the guest goes on writing to them, or copied while it is stopped.
///
/// All mirrors of a guest start together and share the path. What the guest writes to clusters that are already
/// copied has to be copied again: d′ = −B + w (1 − d/A), so that a mirror of A bytes at B takes
/// (A/w) ln(B/(B − w)), less than the textbook's A/(B − w); it never ends when w ≥ B.
struct BlockCopy: Sendable {
  private let size: Double
  private let writesPerSecond: Double
  /// What the slower of the source's and the destination's disks carries, in bytes per second.
  let diskRate: Double
  private(set) var remaining: Double
  private(set) var sent = 0.0

  init(bytes: Double, writesPerSecond: Double, diskRate: Double) {
    size = bytes
    remaining = bytes
    self.writesPerSecond = writesPerSecond
    self.diskRate = diskRate
  }

  /// The disks that travel with a migration; those of a stopped guest are not written.
  init(_ demand: MigrationDemand) {
    self.init(
      bytes: demand.diskBytes, writesPerSecond: demand.mode == .block ? demand.diskWritesPerSecond : 0,
      diskRate: demand.diskRate)
  }

  var isDone: Bool { remaining <= 0 }

  /// Seconds to the end at `rate`; infinite if it never ends.
  func secondsLeft(rate: Double) -> Double {
    let pace = min(rate, diskRate)
    guard remaining > 0 else { return 0 }
    guard pace > 0 else { return .infinity }
    guard writesPerSecond > 0 else { return remaining / pace }
    guard pace > writesPerSecond else { return .infinity }
    let balance = size * (pace - writesPerSecond) / writesPerSecond
    return size / writesPerSecond * log((remaining + balance) / balance)
  }

  mutating func advance(_ seconds: Double, rate: Double) {
    let pace = min(rate, diskRate)
    sent += pace * seconds
    guard writesPerSecond > 0 else {
      remaining = max(0, remaining - pace * seconds)
      return
    }
    let balance = size * (pace - writesPerSecond) / writesPerSecond
    remaining = max(0, (remaining + balance) * exp(-writesPerSecond * seconds / size) - balance)
  }

  mutating func finish() { remaining = 0 }
}
