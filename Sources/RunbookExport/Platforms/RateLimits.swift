import Quantities

extension DataRate {
  /// Whole MiB/s, rounded down, at least 1, as `virsh --bandwidth` takes them; `nil` for no bound.
  var wholeMebibytes: String? { whole(unit: 0x1p20) }

  /// Whole KiB/s, rounded down, at least 1, as Proxmox's `--bwlimit` takes them; `nil` for no bound.
  var wholeKibibytes: String? { whole(unit: 0x1p10) }

  private func whole(unit: Double) -> String? {
    guard bytesPerSecond.isFinite else { return nil }
    return max(1, min(8e12, (bytesPerSecond / unit).rounded(.down))).text(places: 0)
  }
}
