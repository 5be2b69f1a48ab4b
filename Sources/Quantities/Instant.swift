/// A moment of wall-clock time with the zone it was written in.
public struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let secondsSince1970: Double
  /// The zone's offset from UTC in seconds, east positive; kept to print the time as it was written.
  public let utcOffsetSeconds: Int

  /// The moment `secondsSince1970`, shown `utcOffsetSeconds` east of UTC.
  public init(secondsSince1970: Double, utcOffsetSeconds: Int = 0) {
    self.secondsSince1970 = secondsSince1970
    self.utcOffsetSeconds = utcOffsetSeconds
  }

  /// The smaller one comes first.
  public static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.secondsSince1970, lhs.utcOffsetSeconds) < (rhs.secondsSince1970, rhs.utcOffsetSeconds)
  }
}
