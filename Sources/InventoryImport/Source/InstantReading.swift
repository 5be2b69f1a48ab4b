import EvacuationModel
import FoundationEssentials
public import Quantities

extension Instant {
  /// Reads ISO 8601 with a zone, such as `2026-12-05T22:00:00+01:00`; seconds may have a fraction. `nil` if
  /// the text is something else, has no zone, or names a day that does not exist.
  public init?(iso8601 text: String) {
    guard text.utf8.count <= 40, let zone = Self.zone(of: text) else { return nil }
    let parts = text.dropLast(zone.length).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let clock = parts.first else { return nil }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard !fraction.isEmpty, fraction.allSatisfy({ $0.isASCII && $0.isWholeNumber }),
      let fractionSeconds = Double("0.\(fraction)")
    else { return nil }
    // `22:00` without seconds is common in windows.
    let full = clock.utf8.count == 16 ? "\(clock):00Z" : "\(clock)Z"
    let style = Date.ISO8601FormatStyle()
    // The parser moves 30 February into March; what does not come back as it was is no date.
    guard let date = try? style.parse(full), style.format(date) == full else { return nil }
    self.init(
      secondsSince1970: date.timeIntervalSince1970 + fractionSeconds - Double(zone.seconds),
      utcOffsetSeconds: zone.seconds)
  }

  /// Seconds east of UTC, and the length of the zone's text; `nil` if there is none.
  private static func zone(of text: String) -> (seconds: Int, length: Int)? {
    if text.hasSuffix("Z") { return (0, 1) }
    guard let time = text.firstIndex(of: "T"),
      let sign = text[time...].lastIndex(where: { $0 == "+" || $0 == "-" })
    else { return nil }
    let digits = text[text.index(after: sign)...].filter { $0 != ":" }
    guard digits.count == 2 || digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isWholeNumber }),
      let hours = Int(digits.prefix(2)), let minutes = Int("0" + digits.dropFirst(2)), hours <= 18,
      minutes < 60
    else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    return (text[sign] == "-" ? -seconds : seconds, text.distance(from: sign, to: text.endIndex))
  }
}

extension SourceValue {
  /// A moment with its zone.
  func instant() -> Instant? {
    guard let written = string() else { return nil }
    guard let instant = Instant(iso8601: written) else {
      report(
        .badQuantity, "\(quoted(written)) is not a moment with its zone",
        help: "write it as in 2026-12-05T22:00:00+01:00, or with Z for UTC")
      return nil
    }
    return instant
  }
}
