extension Instant {
  /// ISO 8601 with the zone it was written in, such as `2026-12-05T22:00:00+01:00`; `nil` outside the
  /// years 0 to 9999, which the notation does not have. Fractions of a second are kept to a microsecond.
  public var iso8601: String? {
    let local = secondsSince1970 + Double(utcOffsetSeconds)
    guard (-62_167_219_200..<253_402_300_799).contains(local), abs(utcOffsetSeconds) < 86_400 else {
      return nil
    }
    let microseconds = Int64((local * 1e6).rounded())
    let (seconds, fraction) = (floorDivide(microseconds, 1_000_000), floorModulo(microseconds, 1_000_000))
    let (day, second) = (floorDivide(seconds, 86_400), floorModulo(seconds, 86_400))
    let date = Self.civilDate(daysSince1970: day)
    let time = [second / 3600, second / 60 % 60, second % 60].map { pad($0, 2) }.joined(separator: ":")
    let tail = fraction == 0 ? "" : ".\(pad(fraction, 6))"
    return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))T\(time)\(tail)\(zoneText)"
  }

  /// The same for people, to the second: `2026-12-05 22:00:00 +01:00`.
  public var readable: String? {
    let whole = Self(secondsSince1970: secondsSince1970.rounded(.down), utcOffsetSeconds: utcOffsetSeconds)
    guard let text = whole.iso8601, let time = text.firstIndex(of: "T") else { return nil }
    let zone = utcOffsetSeconds == 0 ? "UTC" : zoneText
    return "\(text[..<time]) \(text[text.index(after: time)...].prefix(8)) \(zone)"
  }

  /// The moment `time` after this one, in the same zone.
  public func advanced(by time: PlanTime) -> Self {
    Self(secondsSince1970: secondsSince1970 + time.seconds, utcOffsetSeconds: utcOffsetSeconds)
  }

  private var zoneText: String {
    guard utcOffsetSeconds != 0 else { return "Z" }
    let minutes = Int64(abs(utcOffsetSeconds) / 60)
    return "\(utcOffsetSeconds < 0 ? "-" : "+")\(pad(minutes / 60, 2)):\(pad(minutes % 60, 2))"
  }

  /// The date so many days after 1 January 1970, in the Gregorian calendar; `days` within ± 10¹⁰. Howard Hinnant's
  /// `civil_from_days`: eras of 400 years, years that begin in March.
  public static func civilDate(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = floorModulo(shifted, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }
}

private func floorModulo(_ value: Int64, _ divisor: Int64) -> Int64 {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  (value - floorModulo(value, divisor)) / divisor
}

private func pad(_ value: Int64, _ width: Int) -> String {
  let digits = "\(value)"
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
