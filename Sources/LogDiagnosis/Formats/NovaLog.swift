import EvacuationModel

/// nova-compute's log, every release since Kilo: one migration after the other of each instance.
struct NovaLog: LogFormat {
  private let path: String
  private var clock = LogClock()
  private var records: [NovaRecord] = []

  init(path: String) {
    self.path = path
  }

  mutating func take(_ line: LogLine) -> LineReading {
    for (phrase, read) in Self.readings {
      var cursor = LineCursor(line.bytes)
      guard cursor.skip(past: phrase) else { continue }
      let index = record(for: instance(in: line))
      let stamp = clock.seconds(of: line.bytes)
      return read(&self, &cursor, index, stamp)
    }
    if line.bytes.count < 12, line.bytes.contains("...") || line.bytes.contains("…") {
      for index in records.indices { records[index].isElided = true }
    }
    return .foreign
  }

  mutating func finish() -> [ProgressSeries] {
    records.filter { !$0.progress.isEmpty || $0.ending != nil }.map { NovaClock.series($0, path: path) }
  }

  private typealias Reading =
    @Sendable (inout NovaLog, inout LineCursor, _ record: Int, _ stamp: Double?) -> LineReading

  private static let readings: [(Phrase, Reading)] = [
    ("Migration running for ", { $0.readProgress(&$1, $2, $3) }),
    ("Increasing downtime to ", { $0.readLimit(&$1, $2, $3) }),
    ("Data remaining ", { log, cursor, record, _ in log.readWatermark(&cursor, record) }),
    ("Live migration not completed after ", { $0.readTimeout(&$1, $2, $3, by: "the completion timeout") }),
    ("Live migration stuck for ", { $0.readTimeout(&$1, $2, $3, by: "the progress timeout") }),
    (
      "seconds for pre_live_migration",
      { log, _, record, stamp in
        log.records[record].prepared = stamp
        return .taken
      }
    ),
    ("Migration operation has completed", { $0.end($2, $3, .completed) }),
    ("Migration operation was cancelled", { $0.end($2, $3, .cancelled) }),
    ("Migration operation has aborted", { $0.end($2, $3, .aborted) }),
    ("Live Migration failure: ", { $0.end($2, $3, .failed) }),
  ]

  /// The record that a line about `instance` belongs to. A line that names no instance belongs to the last one.
  private mutating func record(for instance: String?) -> Int {
    if let index = records.lastIndex(where: { instance == nil || $0.instance == instance }) { return index }
    records.append(NovaRecord(instance: instance))
    return records.count - 1
  }

  /// `[instance: UUID]`.
  private func instance(in line: LogLine) -> String? {
    var cursor = LineCursor(line.bytes)
    guard cursor.skip(past: "[instance: ") else { return nil }
    let name = cursor.word()
    return name.isEmpty ? nil : name
  }

  private mutating func readProgress(_ cursor: inout LineCursor, _ index: Int, _ stamp: Double?)
    -> LineReading
  {
    guard let reported = cursor.number(), reported < 1e9 else { return .garbled("its time is no number") }
    let isWithDisk = cursor.rest.contains("; disk")
    guard let processed = Self.value("bytes processed=", &cursor),
      let remaining = Self.value("remaining=", &cursor), let total = Self.value("total=", &cursor)
    else { return .garbled("processed, remaining and total are not all there") }
    // Before QEMU has counted anything, everything is zero.
    guard total > 0 || (processed == 0 && remaining == 0) else { return .garbled("the total is zero") }
    guard remaining <= total else { return .garbled("more remains than there is") }
    var sample = ProgressSample(seconds: reported)
    if total > 0 { (sample.processed, sample.remaining, sample.total) = (processed, remaining, total) }
    let target = startAnew(index, reported: reported, processed: processed)
    records[target].progress.append(.init(reported: reported, stamp: stamp, sample: sample))
    records[target].isElided = false
    if isWithDisk {
      records[target].hasDiskStatistics = true
      if let disk = Self.value("total=", &cursor), disk > 0 { records[target].diskBytes = disk }
    }
    return .taken
  }

  private static func value(_ key: Phrase, _ cursor: inout LineCursor) -> Double? {
    cursor.skip(past: key) ? cursor.number() : nil
  }

  /// A time or a counter that goes back belongs to the instance's next migration.
  private mutating func startAnew(_ index: Int, reported: Double, processed: Double) -> Int {
    guard let last = records[index].progress.last else { return index }
    let isOver = records[index].ending != nil
    guard isOver || reported < last.reported || processed < last.sample.processed ?? 0 else { return index }
    // What was said between the two migrations belongs to the one that it announces.
    let early = records[index].limits.filter { $0.anchor.after == records[index].progress.count }
    let isAnnounced = early.first.map { $0.anchor.seconds <= reported } ?? false
    var next = NovaRecord(instance: records[index].instance)
    if isAnnounced, !isOver || (early.first?.anchor.seconds ?? 1) == 0 {
      next.limits = early.map {
        ($0.limit, .init(seconds: $0.anchor.seconds, stamp: $0.anchor.stamp, after: 0))
      }
      records[index].limits.removeLast(early.count)
    }
    next.prepared = records[index].prepared
    records.append(next)
    return records.count - 1
  }

  private mutating func readLimit(_ cursor: inout LineCursor, _ index: Int, _ stamp: Double?) -> LineReading {
    guard let limit = cursor.number(), cursor.skip(past: "after"), let seconds = cursor.number(),
      limit < 1e9, seconds < 1e9
    else { return .garbled("limit or time is no number") }
    let anchor = NovaRecord.Anchor(seconds: seconds, stamp: stamp, after: records[index].progress.count)
    records[index].limits.append((limit / 1000, anchor))
    return .taken
  }

  private mutating func readWatermark(_ cursor: inout LineCursor, _ index: Int) -> LineReading {
    guard cursor.number() != nil, cursor.skip(past: "low watermark"), let bytes = cursor.number(),
      cursor.skip(past: "bytes"), let ago = cursor.number(), ago < 1e9
    else { return .garbled("remaining, watermark or its age is no number") }
    guard !records[index].progress.isEmpty else { return .taken }
    records[index].watermark = (bytes, ago, records[index].progress.count - 1)
    return .taken
  }

  private mutating func readTimeout(
    _ cursor: inout LineCursor, _ index: Int, _ stamp: Double?, by: String
  ) -> LineReading {
    guard let seconds = cursor.number(), seconds < 1e9 else { return .garbled("its time is no number") }
    guard records[index].ending == nil else { return .taken }
    records[index].ending = (.aborted, by)
    records[index].endStamp = stamp
    // "stuck for" counts from the last progress, not from the start.
    if by.contains("completion") {
      records[index].timeout = .init(seconds: seconds, stamp: stamp, after: records[index].progress.count)
    }
    return .taken
  }

  private mutating func end(_ index: Int, _ stamp: Double?, _ kind: MigrationEnding) -> LineReading {
    guard records[index].ending == nil else { return .taken }
    records[index].ending = (kind, "")
    records[index].endStamp = stamp
    return .taken
  }
}
