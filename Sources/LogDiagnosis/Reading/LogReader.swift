public import EvacuationModel

/// Finds the migrations in a log, whatever wrote it: each line and each JSON value is known by its content.
public enum LogReader {
  /// How many findings of one kind are told one by one.
  private static let mostFindings = 20

  /// The migrations in the text `bytes` of the file `path`, and what could not be used. Without a single
  /// migration there is a finding of severity error.
  public static func read(_ bytes: [UInt8], path: String) -> (series: [ProgressSeries], findings: [Finding]) {
    var reading = Reading(bytes: bytes, path: path)
    reading.readAll()
    let series = reading.series()
    var findings = Array(reading.findings.prefix(mostFindings))
    if reading.findings.count > mostFindings {
      findings.append(
        Finding(
          .garbledProgress, path: path,
          message: "\(reading.findings.count - mostFindings) more records cannot be used",
          help: "check how the log was taken"))
    }
    if series.isEmpty { findings.append(nothingFound(bytes, path: path)) }
    return (series, findings)
  }

  private static func nothingFound(_ bytes: [UInt8], path: String) -> Finding {
    if bytes.isEmpty {
      return Finding(
        .emptyFile, path: path, message: "the file is empty", help: "check how the log was taken")
    }
    return Finding(
      .noMigration, path: path, message: "no progress of a migration in it",
      help:
        "give a nova-compute log, outputs of `virsh domjobinfo`, answers of `query-migrate` or a Proxmox task log"
    )
  }

  /// One file being read.
  private struct Reading {
    let bytes: [UInt8]
    let path: String
    var findings: [Finding] = []
    private var at = 0
    private var line = 1
    private var formats: [any LogFormat]
    private var answers: QueryMigrate

    init(bytes: [UInt8], path: String) {
      self.bytes = bytes
      self.path = path
      formats = [
        NovaLog(path: path), ProxmoxLog(path: path), JobInfo(path: path), MonitorInfo(path: path),
      ]
      answers = QueryMigrate(path: path)
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    mutating func readAll() {
      while at < bytes.count {
        if !readJSON() { readLine() }
      }
    }

    mutating func series() -> [ProgressSeries] {
      var found: [ProgressSeries] = []
      for index in formats.indices { found += formats[index].finish() }
      return found + answers.finish()
    }

    /// Reads the JSON value that begins with this line, if one does.
    private mutating func readJSON() -> Bool {
      let begin = bytes[at...].firstIndex { ![32, 9, UInt8(ascii: ",")].contains($0) } ?? bytes.endIndex
      guard begin < bytes.count, Self.isJSON(bytes[begin...]) else { return false }
      var reader = JSONValueReader(bytes, at: begin)
      guard let value = reader.value() else {
        if bytes[begin] == UInt8(ascii: "[") {
          // A list that is cut off still has whole items.
          at = begin + 1
          return true
        }
        // Only what was meant to be an answer is worth a remark; logs are full of other brackets.
        if bytes[begin...].prefix(4000).contains("\"ram\"") {
          report(.garbled("it is cut off or is no JSON"))
        }
        return false
      }
      report(answers.take(value))
      line += bytes[at..<reader.at].count { $0 == 10 }
      at = reader.at
      return true
    }

    /// Whether JSON may begin here: `{` before a key or an end, `[` before an object.
    private static func isJSON(_ rest: ArraySlice<UInt8>) -> Bool {
      guard let first = rest.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
        return false
      }
      let next = rest.dropFirst().first { ![32, 9, 10, 13].contains($0) }
      return first == UInt8(ascii: "{")
        ? next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") : next == UInt8(ascii: "{")
    }

    private mutating func readLine() {
      let end = endOfLine(from: at)
      var text = bytes[at..<end]
      if text.last == 13 { text = text.dropLast() }
      take(LogLine(number: line, bytes: text))
      at = end + 1
      line += 1
    }

    private func endOfLine(from start: Int) -> Int { bytes[start...].firstIndex(of: 10) ?? bytes.count }

    private mutating func take(_ logLine: LogLine) {
      guard !logLine.bytes.isEmpty else { return }
      for index in formats.indices {
        let reading = formats[index].take(logLine)
        if reading != .foreign { return report(reading) }
      }
      if let value = embedded(in: logLine) { report(answers.take(value)) }
    }

    /// An answer behind a time stamp or a prompt.
    private func embedded(in logLine: LogLine) -> JSONValue? {
      guard logLine.bytes.contains("\"ram\""), let range = logLine.bytes.firstRange(of: "{\"") else {
        return nil
      }
      var reader = JSONValueReader(bytes, at: range.lowerBound)
      return reader.at < logLine.bytes.endIndex ? reader.value() : nil
    }

    private mutating func report(_ reading: LineReading) {
      guard case .garbled(let why) = reading else { return }
      findings.append(
        Finding(
          .garbledProgress, path: path, place: "\(line)", message: "left out: \(why)",
          help: "look at the line; the rest of the log is used"))
    }
  }
}
