/// One line of a log.
struct LogLine {
  /// Counted from 1.
  let number: Int
  let bytes: ArraySlice<UInt8>
}

/// What a format makes of a line.
enum LineReading: Equatable {
  /// It is none of this format's.
  case foreign
  /// Its meaning was taken.
  case taken
  /// It is this format's, but cannot be used: why.
  case garbled(String)
}

/// Reads the lines of one kind of log.
protocol LogFormat {
  init(path: String)
  mutating func take(_ line: LogLine) -> LineReading
  /// The migrations found, in the order in which the log began to speak of them.
  mutating func finish() -> [ProgressSeries]
}
