import EvacuationModel
import Glibc
import Quantities

/// Local disks being mirrored while the guest goes on writing to them, or copied while it is stopped.
///
/// All mirrors of a guest start together and share the path. In the background, what the guest writes to clusters
/// that are already copied has to be copied again: d′ = −B + w (1 − d/A), so that a mirror of A bytes at B takes
/// (A/w) ln(B/(B − w)), less than the textbook's A/(B − w); it never ends when w ≥ B. A write-blocking mirror sends
/// each write at once, and what it sends of the rest need not be copied any more: d′ = −B − w d/A, which takes
/// (A/w) ln((B + w)/B) and always ends (QEMU block/mirror.c, copy-mode).
struct BlockCopy: Sendable {
  private let size: Double
  private let writesPerSecond: Double
  private let isWriteBlocking: Bool
  /// What the slower of the source's and the destination's disks carries, in bytes per second.
  let diskRate: Double
  private(set) var remaining: Double
  private(set) var sent = 0.0

  init(bytes: Double, writesPerSecond: Double, diskRate: Double, isWriteBlocking: Bool = false) {
    size = bytes
    remaining = bytes
    self.writesPerSecond = writesPerSecond
    self.diskRate = diskRate
    self.isWriteBlocking = isWriteBlocking
  }

  /// The disks that travel with a migration; those of a stopped guest are not written.
  init(_ demand: MigrationDemand) {
    self.init(
      bytes: demand.diskBytes, writesPerSecond: demand.mirrorWrites,
      diskRate: min(demand.diskRate, demand.diskCap.bytesPerSecond), isWriteBlocking: demand.isWriteBlocking)
  }

  var isDone: Bool { remaining <= 0 }

  /// Where the remainder tends to, negated: d′ = −(w/A) (d + balance).
  private func balance(_ pace: Double) -> Double {
    size * (isWriteBlocking ? pace : pace - writesPerSecond) / writesPerSecond
  }

  /// Seconds to the end at `rate`; infinite if it never ends.
  func secondsLeft(rate: Double) -> Double {
    let pace = min(rate, diskRate)
    guard remaining > 0 else { return 0 }
    guard pace > 0 else { return .infinity }
    guard writesPerSecond > 0 else { return remaining / pace }
    let balance = balance(pace)
    guard balance > 0 else { return .infinity }
    return size / writesPerSecond * log((remaining + balance) / balance)
  }

  mutating func advance(_ seconds: Double, rate: Double) {
    let pace = min(rate, diskRate)
    sent += (pace + (isWriteBlocking ? writesPerSecond : 0)) * seconds
    guard writesPerSecond > 0 else {
      remaining = max(0, remaining - pace * seconds)
      return
    }
    let balance = balance(pace)
    remaining = max(0, (remaining + balance) * exp(-writesPerSecond * seconds / size) - balance)
  }

  mutating func finish() { remaining = 0 }
}
