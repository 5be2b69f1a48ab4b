import EvacuationModel
import Quantities

/// Reads `not_between`: a list of `{ from, to }` with two moments, or two times of day with `days` and `zone`.
extension SourceValue {
  private static let help = """
    write `- { from: "18:00", to: "06:00", days: [last day of month], zone: "+01:00" }`, or two moments as in \
    `- { from: 2026-12-05T22:00:00+01:00, to: 2026-12-06T04:00:00+01:00 }`
    """

  func blackouts() -> [Blackout] {
    list().compactMap { entry in entry.mapping { Self.blackout($0, of: entry) } ?? nil }
  }

  private static func blackout(_ fields: Fields, of entry: SourceValue) -> Blackout? {
    let days = fields["days"]?.list().compactMap { $0.days() } ?? []
    let zone = fields["zone"].flatMap { $0.zone() }
    guard let from = fields.required("from", example: "\"18:00\""),
      let to = fields.required("to", example: "\"06:00\""), let start = from.string(), let end = to.string()
    else { return nil }
    if let start = seconds(ofDay: start), let end = seconds(ofDay: end) {
      return .daily(DailyBlackout(from: start, to: end, days: days.flatMap(\.self), zone: zone))
    }
    guard let opens = Instant(iso8601: start), let closes = Instant(iso8601: end) else {
      entry.report(.badQuantity, "\(start) to \(end) is no time that is understood", help: help)
      return nil
    }
    guard opens < closes else {
      entry.report(.badQuantity, "it ends before it begins", help: "check day and zone of `from` and `to`")
      return nil
    }
    guard days.isEmpty, zone == nil else {
      entry.report(
        .contradictorySettings, "`days` and `zone` have no meaning beside moments", help: "remove them")
      return nil
    }
    return .between(opens, closes)
  }

  /// `18:00`; `24:00` is the end of the day.
  private static func seconds(ofDay text: String) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), (0...24).contains(hours),
      (0..<60).contains(minutes), hours * 60 + minutes <= 1440
    else { return nil }
    return Double((hours * 60 + minutes) * 60)
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// A weekday, a day of the month, `weekdays`, `weekend` or `last day of month`.
  private func days() -> [DailyBlackout.Days]? {
    let word = text.lowercased()
    if let day = Int(word), (1...31).contains(day) { return [.dayOfMonth(day)] }
    if let day = Self.weekdays.firstIndex(where: { $0 == word || $0.prefix(3) == word }) {
      return [.weekday(day)]
    }
    switch word {
    case "weekdays": return (0..<5).map { .weekday($0) }
    case "weekend": return [.weekday(5), .weekday(6)]
    case "last day of month": return [.lastDayOfMonth]
    default:
      report(
        .badChoice, "\(quoted(text)) is no day",
        help: "write monday to sunday, weekdays, weekend, a day of the month, or `last day of month`")
      return nil
    }
  }

  /// Seconds east of UTC of `+01:00` or `Z`.
  private func zone() -> Int? {
    guard let moment = Instant(iso8601: "2000-01-01T00:00:00\(text)") else {
      report(.badQuantity, "\(quoted(text)) is no zone", help: "write it as in \"+01:00\", or \"Z\" for UTC")
      return nil
    }
    return moment.utcOffsetSeconds
  }
}
