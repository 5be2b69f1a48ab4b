/// How far numbers may lie apart and still be called equal.
enum Tolerance {
  /// Seconds between an end and a start that follows it at once.
  static let moment = 1e-6
  /// Seconds between two accounts of one duration: files round to milliseconds.
  static let duration = 1e-3
  /// Seconds between a duration and the span from a start to an end, each of the three rounded by itself.
  static let span = 1.6e-3
  /// Share of a link's capacity: shares are divided in floating point.
  static let bandwidth = 1e-6
  /// Share of what a path carries in a step's whole duration.
  static let bytes = 0.01
}
