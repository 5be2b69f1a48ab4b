import Quantities

/// Quantities as the native format writes them: a whole number in the largest unit that holds the value
/// exactly, so that reading the text back gives the same value. `description` rounds; this never does.
enum ExactQuantity {
  private typealias Units = KeyValuePairs<String, Int64>

  private static let amounts: Units = [
    "PiB": 1 << 50, "PB": 1_000_000_000_000_000, "TiB": 1 << 40, "TB": 1_000_000_000_000, "GiB": 1 << 30,
    "GB": 1_000_000_000, "MiB": 1 << 20, "MB": 1_000_000, "KiB": 1 << 10, "kB": 1000, "B": 1,
  ]
  private static let networkSpeeds: Units = ["Gbit/s": 125_000_000, "Mbit/s": 125_000]
  private static let times: Units = [
    "d": 86_400_000_000, "h": 3_600_000_000, "min": 60_000_000, "s": 1_000_000, "ms": 1000, "us": 1,
  ]

  /// `512 GiB`, `80 GB`, `4097 B`.
  static func text(_ amount: ByteCount) -> String {
    whole(amount.bytes, in: amounts) ?? "\(amount.bytes) B"
  }

  /// `449 MB/s` for a disk or a dirty rate.
  static func text(_ rate: DataRate) -> String {
    guard rate.bytesPerSecond.isFinite else { return rate == .unlimited ? "unlimited" : "0 B/s" }
    let amount = Int64(exactly: rate.bytesPerSecond).flatMap { whole($0, in: amounts) }
    return "\(amount ?? "\(rate.bytesPerSecond) B")/s"
  }

  /// `10 Gbit/s` for a NIC or a link: network speeds are quoted in bits.
  static func networkText(_ rate: DataRate) -> String {
    guard rate > .zero, let bytes = Int64(exactly: rate.bytesPerSecond) else { return text(rate) }
    return whole(bytes, in: networkSpeeds) ?? text(rate)
  }

  /// `5 s`, `250 ms`.
  static func text(_ time: Duration) -> String {
    let (whole, attoseconds) = time.components
    let (microseconds, overflow) = whole.multipliedReportingOverflow(by: 1_000_000)
    let (sum, carried) = microseconds.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    guard !overflow, !carried, attoseconds % 1_000_000_000_000 == 0 else { return "\(time.seconds) s" }
    return Self.whole(sum, in: times, zero: "0 s") ?? "\(time.seconds) s"
  }

  private static func whole(_ value: Int64, in units: Units, zero: String = "0 B") -> String? {
    guard value != 0 else { return zero }
    return units.first { value % $0.value == 0 }.map { "\(value / $0.value) \($0.key)" }
  }
}
