public import Quantities

/// A time in which a guest is not to be moved.
public enum Blackout: Hashable, Sendable {
  /// Once.
  case between(Instant, Instant)
  /// Again and again.
  case daily(DailyBlackout)

  /// The times of this blackout that touch the time from `earliest` to `latest`, in seconds since 1970, in order.
  ///
  /// `zone` is the offset from UTC in seconds that counts where the blackout names none.
  public func times(from earliest: Double, to latest: Double, zone: Int) -> [ClosedRange<Double>] {
    switch self {
    case .between(let from, let to):
      let times = (from.secondsSince1970, to.secondsSince1970)
      return times.0 < times.1 && times.0 < latest && times.1 > earliest ? [times.0...times.1] : []
    case .daily(let daily): return daily.times(from: earliest, to: latest, zone: zone)
    }
  }
}

/// A blackout at the same time of each day, or of certain days.
public struct DailyBlackout: Hashable, Sendable {
  /// No more days than these are looked at.
  private static let mostDays = 3700.0

  /// Which days are meant; those of its beginning, where it lasts over midnight.
  public enum Days: Hashable, Sendable {
    /// A day of the week, 0 for Monday to 6 for Sunday.
    case weekday(Int)
    /// A day of the month, from 1.
    case dayOfMonth(Int)
    /// The last day of the month.
    case lastDayOfMonth
  }

  /// Seconds after midnight.
  public var from: Double
  /// Seconds after midnight, of the next day where it is not later than `from`.
  public var to: Double
  /// Any of these; all days where there is none.
  public var days: [Days]
  /// Seconds east of UTC; `nil`: the zone of the window's start.
  public var zone: Int?

  /// A blackout of each day, or of `days`.
  public init(from: Double, to: Double, days: [Days] = [], zone: Int? = nil) {
    self.from = from
    self.to = to
    self.days = days
    self.zone = zone
  }

  func times(from earliest: Double, to latest: Double, zone windowZone: Int) -> [ClosedRange<Double>] {
    let zone = Double(zone ?? windowZone)
    let first = ((earliest + zone) / 86_400).rounded(.down) - 1
    let last = min(((latest + zone) / 86_400).rounded(.down), first + Self.mostDays)
    guard first.isFinite, last.isFinite, abs(first) < 1e8, first <= last else { return [] }
    return stride(from: first, through: last, by: 1).compactMap { day in
      guard days.isEmpty || days.contains(where: { Self.isMeant($0, day: Int64(day)) }) else { return nil }
      let start = day * 86_400 + from - zone
      let end = day * 86_400 + (to > from ? to : to + 86_400) - zone
      return start < latest && end > earliest ? start...end : nil
    }
  }

  /// 1 January 1970 was a Thursday.
  private static func isMeant(_ days: Days, day: Int64) -> Bool {
    switch days {
    case .weekday(let weekday): return (day + 3) % 7 == Int64(weekday) || (day + 3) % 7 + 7 == Int64(weekday)
    case .dayOfMonth(let number): return Instant.civilDate(daysSince1970: day).day == Int64(number)
    case .lastDayOfMonth: return Instant.civilDate(daysSince1970: day + 1).day == 1
    }
  }
}
