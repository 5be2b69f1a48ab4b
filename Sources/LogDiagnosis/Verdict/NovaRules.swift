import EvacuationModel
import MigrationSimulation
import Quantities

/// Nova's defaults for a guest whose configuration the log does not show.
struct NovaRules {
  /// GiB, as nova counts data.
  let dataGibibytes: Double
  private let profile = PlatformProfile.of(.nova)

  /// For `total` bytes as QEMU counts them, which is the flavor's memory and a few MiB of video memory and ROMs.
  init(total: Double, diskBytes: Double) {
    let memory = ByteCount(rounding: GuestMemory.flavor(total: total))
    let disks = diskBytes > 0 ? [ByteCount(rounding: diskBytes)] : []
    dataGibibytes = CompletionDeadline.dataSize(.nova, memory: memory, copiedDisks: disks)
  }

  /// Seconds of the transfer after which nova acts.
  var timeout: Double? {
    guard case .perGibibyte(let time) = profile.completionTimeout.value else { return nil }
    return (time.seconds * dataGibibytes).rounded(.towardZero)
  }

  /// The downtime limit at `seconds`, in seconds.
  func limit(at seconds: Double) -> Double? {
    guard case .ladder(let final, let steps, let delay) = profile.downtimeLimit.value, steps > 0 else {
      return nil
    }
    let base = final.seconds / Double(steps)
    let perStep = max(1, (delay.seconds * dataGibibytes).rounded(.towardZero))
    let reached = min(Double(steps), (max(0, seconds) / perStep).rounded(.down))
    return base + (final.seconds - base) / Double(steps) * reached
  }
}

/// A guest's memory without the video memory and ROMs that QEMU counts as well.
enum GuestMemory {
  static func flavor(total: Double) -> Double {
    // Up to 64 MiB above a whole GiB; what is odder is taken as it is, in whole MiB.
    let gibibytes = (total / 0x1p30).rounded(.down)
    if gibibytes >= 1, total - gibibytes * 0x1p30 <= 64 * 0x1p20 { return gibibytes * 0x1p30 }
    return total >= 0x1p20 ? (total / 0x1p20).rounded(.down) * 0x1p20 : total
  }
}
