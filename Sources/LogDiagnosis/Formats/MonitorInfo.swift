import EvacuationModel

/// Outputs of `info migrate` in QEMU's monitor, one after the other (migration/migration-hmp-cmds.c up to 10.0).
struct MonitorInfo: LogFormat {
  private var builder: SeriesBuilder
  private var block: StatisticsBlock?

  init(path: String) {
    builder = SeriesBuilder(source: .infoMigrate, path: path, basis: "QEMU's own clock")
  }

  mutating func take(_ line: LogLine) -> LineReading {
    guard let (key, value) = StatisticsBlock.entry(line), Self.keys.contains(key) else { return .foreign }
    var reading = LineReading.taken
    if key == "Migration status" || block?.has(key) ?? false { reading = close() }
    // Proxmox writes "migration status" as well, behind a time stamp; a block that is one begins with it.
    guard block != nil || key == "Migration status" || key == "total time" else { return .foreign }
    if block == nil { block = StatisticsBlock(line: line.number) }
    block?.set(key, value)
    return reading
  }

  mutating func finish() -> [ProgressSeries] {
    _ = close()
    return builder.finish()
  }

  private static let keys: Set = [
    "Migration status", "total time", "downtime", "expected downtime", "setup", "transferred ram",
    "throughput", "remaining ram", "total ram", "duplicate", "zero pages", "normal", "normal bytes",
    "dirty sync count", "page size", "dirty pages rate", "postcopy request count", "cpu throttle percentage",
    "cache size", "xbzrle pages",
  ]

  private mutating func close() -> LineReading {
    defer { block = nil }
    guard let block else { return .taken }
    let status = block.words("Migration status")
    guard let time = block.number("total time"), let total = block.amount("total ram"), time < 1e15 else {
      let isEarly = ["setup", "none", "cancelled", "failed"].contains { status.contains($0) }
      return isEarly ? .taken : .garbled("the output at line \(block.line) has no total time or total ram")
    }
    let remaining = block.amount("remaining ram")
    guard total > 0, remaining ?? 0 <= total else {
      return .garbled("the output at line \(block.line) has more remaining than there is")
    }
    builder.add(sample(block, seconds: time / 1000, total: total, remaining: remaining, status: status))
    builder.note(diskBytes: 0, usesXBZRLE: block.has("xbzrle pages"), rounding: 1024)
    if let ending = QueryMigrate.ending(status) {
      builder.end(ending, at: time / 1000, downtime: block.number("downtime").map { $0 / 1000 })
    }
    return .taken
  }

  private func sample(
    _ block: StatisticsBlock, seconds: Double, total: Double, remaining: Double?, status: String
  ) -> ProgressSample {
    let page = block.amount("page size").flatMap { $0 > 0 ? $0 : nil } ?? 4096
    var sample = ProgressSample(seconds: seconds)
    sample.processed = block.amount("transferred ram")
    sample.remaining = remaining
    sample.total = total
    sample.pass = block.number("dirty sync count").flatMap { $0 > 0 && $0 < 1e9 ? Int($0) : nil }
    sample.dirtyRate = block.number("dirty pages rate").flatMap { $0 > 0 ? $0 * page : nil }
    sample.reportedRate = block.number("throughput").map { $0 * 125_000 }
    sample.zeroPages = block.number("zero pages") ?? block.number("duplicate")
    sample.normalPages = block.number("normal")
    sample.pageSize = page
    sample.throttle = min(1, (block.number("cpu throttle percentage") ?? 0) / 100)
    sample.expectedDowntime = block.number("expected downtime").map { $0 / 1000 }
    sample.isPostCopy = status.contains("postcopy")
    return sample
  }
}
