import Quantities

extension Instant {
  /// ISO 8601 in the instant's own zone, to the second: `2026-12-05T22:00:00+01:00`, `Z` for UTC;
  /// `nil` outside the years 1 to 9999.
  var iso8601: String? {
    guard let (date, time) = dateAndTime else { return nil }
    return "\(date)T\(time)\(zone)"
  }

  /// The same for people: `2026-12-05 22:00:00 +01:00`.
  var readable: String? {
    guard let (date, time) = dateAndTime else { return nil }
    return "\(date) \(time) \(utcOffsetSeconds == 0 ? "UTC" : zone)"
  }

  /// The moment `time` after this one.
  func advanced(by time: PlanTime) -> Self {
    Self(secondsSince1970: secondsSince1970 + time.seconds, utcOffsetSeconds: utcOffsetSeconds)
  }

  private var dateAndTime: (date: String, time: String)? {
    let local = (secondsSince1970 + Double(utcOffsetSeconds)).rounded(.down)
    guard local.isFinite, abs(local) < 1e12 else { return nil }
    let seconds = Int(local)
    let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
    let second = seconds - day * 86400
    let (year, month, dayOfMonth) = Self.civil(day: day)
    guard (1...9999).contains(year) else { return nil }
    return (
      "\(Self.padded(year, to: 4))-\(Self.padded(month))-\(Self.padded(dayOfMonth))",
      "\(Self.padded(second / 3600)):\(Self.padded(second / 60 % 60)):\(Self.padded(second % 60))"
    )
  }

  private var zone: String {
    guard utcOffsetSeconds != 0 else { return "Z" }
    let minutes = Int(utcOffsetSeconds.magnitude / 60 % 6000)
    return "\(utcOffsetSeconds < 0 ? "-" : "+")\(Self.padded(minutes / 60)):\(Self.padded(minutes % 60))"
  }

  /// The proleptic Gregorian date of a day counted from 1970-01-01, by Hinnant's `civil_from_days`
  /// (years begin in March, so that the leap day is the last one).
  private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  private static func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
