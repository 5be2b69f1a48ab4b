import Quantities

/// The two NICs that a migration crosses, and what it gets of them.
///
/// The table's means of concurrent migrations are taken as time shares of whole numbers: 0.4 others are one other for
/// 40 % of the time.
struct Grid5000Path {
  /// Mb/s of the slower NIC.
  let nominalMegabits: Double
  /// What it gets on average.
  let share: DataRate
  /// Share of its time in which the destination's own sending fills the destination's NIC.
  let acknowledgementsQueued: Double

  init?(_ row: CSVRow) {
    guard let source = row.number("src_nic_mbps"), let destination = row.number("dst_nic_mbps"),
      source > 0, destination > 0
    else { return nil }
    nominalMegabits = min(source, destination, 1e9)
    let leaving = Self.others(row, "mean_concurrent_out_of_src")
    let arriving = Self.others(row, "mean_concurrent_into_dst")
    let sending = Self.others(row, "mean_concurrent_out_of_dst")
    let alone = min(Self.capacity(source), Self.capacity(destination))
    // One sender behind a shaped NIC does not fill an unshaped one; two do.
    let fillers = (destination / Grid5000Constants.shapedMegabits).rounded(.down)
    acknowledgementsQueued = min(1, max(0, sending - max(fillers - 1, 0)))
    let fair = min(
      Self.share(of: Self.capacity(source), others: leaving, wanted: alone),
      Self.share(of: Self.capacity(destination), others: arriving, wanted: alone))
    share = DataRate(
      bytesPerSecond: fair * (1 - Grid5000Constants.queuedAcknowledgements * acknowledgementsQueued))
    isShared = fair < alone
  }

  private let isShared: Bool

  /// Whether it competes with others, so that it is less sure what it gets.
  var isContended: Bool { isShared || acknowledgementsQueued > 0 }

  var circumstances: String {
    var parts: [String] = []
    if isShared { parts.append("shares a NIC") }
    if acknowledgementsQueued > 0 {
      parts.append("destination sends \(Int((acknowledgementsQueued * 100).rounded())) % of the time")
    }
    return parts.isEmpty ? "alone on its path" : parts.joined(separator: ", ")
  }

  private static func others(_ row: CSVRow, _ column: String) -> Double {
    min(max(row.number(column) ?? 0, 0), 1000)
  }

  /// Guest data a NIC of `megabits` carries, in bytes per second.
  private static func capacity(_ megabits: Double) -> Double {
    let share =
      megabits <= Grid5000Constants.shapedMegabits
      ? Grid5000Constants.shapedShare : Grid5000Constants.plainShare
    return megabits * 125_000 * share
  }

  /// The mean of what one of 1 + n gets, n changing between two whole numbers around `others`.
  private static func share(of capacity: Double, others: Double, wanted: Double) -> Double {
    let fewer = others.rounded(.down)
    let time = others - fewer
    return (1 - time) * min(wanted, capacity / (1 + fewer)) + time * min(wanted, capacity / (2 + fewer))
  }
}
