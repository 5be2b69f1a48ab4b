/// Reads the time stamps of log lines as seconds from a common, arbitrary origin; zones are left out, because one
/// log is written in one.
struct LogClock {
  private var year = 0.0
  private var last: Double?

  /// The stamp of `line`: `2026-11-20 08:00:01.123` or `2026-11-20T08:00:01Z` anywhere at its beginning, else
  /// `Nov 20 08:00:01`, whose year is counted on when it jumps back by months. `nil`: it has none.
  mutating func seconds(of line: ArraySlice<UInt8>) -> Double? {
    let head = line.prefix(160)
    if let seconds = Self.dated(head) { return seconds }
    guard var seconds = Self.syslog(head) else { return nil }
    if let last, seconds + year < last - 15_000_000 { year += 366 * 86_400 }
    seconds += year
    last = seconds
    return seconds
  }

  private static func dated(_ head: ArraySlice<UInt8>) -> Double? {
    var at = head.startIndex
    while at + 19 <= head.endIndex {
      if head[at] == UInt8(ascii: "-"), at - 4 >= head.startIndex, at + 15 <= head.endIndex,
        let seconds = dated(head, yearAt: at - 4)
      {
        return seconds
      }
      at += 1
    }
    return nil
  }

  private static func dated(_ head: ArraySlice<UInt8>, yearAt at: Int) -> Double? {
    guard let year = integer(head, at, 4), let month = integer(head, at + 5, 2), (1...12).contains(month),
      head[at + 7] == UInt8(ascii: "-"), let day = integer(head, at + 8, 2), (1...31).contains(day),
      head[at + 10] == UInt8(ascii: " ") || head[at + 10] == UInt8(ascii: "T"),
      let time = timeOfDay(head, at + 11)
    else { return nil }
    return Double(days(year: year, month: month, day: day)) * 86_400 + time
  }

  private static func syslog(_ head: ArraySlice<UInt8>) -> Double? {
    let at = head.startIndex
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard head.count >= 15, let month = names.firstIndex(of: String(decoding: head.prefix(3), as: UTF8.self))
    else { return nil }
    let blank = UInt8(ascii: " ")
    guard let day = head[at + 4] == blank ? integer(head, at + 5, 1) : integer(head, at + 4, 2),
      (1...31).contains(day), let time = timeOfDay(head, at + 7)
    else { return nil }
    return Double(days(year: 2000, month: month + 1, day: day)) * 86_400 + time
  }

  private static func timeOfDay(_ head: ArraySlice<UInt8>, _ at: Int) -> Double? {
    guard let hour = integer(head, at, 2), let minute = integer(head, at + 3, 2),
      let second = integer(head, at + 6, 2), hour < 24, minute < 60, second < 61,
      head[at + 2] == UInt8(ascii: ":"), head[at + 5] == UInt8(ascii: ":")
    else { return nil }
    var cursor = LineCursor(head.dropFirst(at + 8 - head.startIndex))
    let fraction = cursor.skip(".") || cursor.skip(",") ? cursor.rest.prefix { (48...57).contains($0) } : []
    let part = Double("0." + String(decoding: fraction.prefix(9), as: UTF8.self)) ?? 0
    return Double(hour * 3600 + minute * 60 + second) + part
  }

  private static func integer(_ bytes: ArraySlice<UInt8>, _ at: Int, _ count: Int) -> Int? {
    guard at + count <= bytes.endIndex else { return nil }
    var value = 0
    for byte in bytes[at..<at + count] {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  /// Howard Hinnant's `days_from_civil`: years that begin in March.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  }
}
