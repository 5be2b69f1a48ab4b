import EvacuationModel

/// Outputs of `virsh domjobinfo`, one after the other (tools/virsh-domain.c, `cmdDomjobinfo`).
struct JobInfo: LogFormat {
  private var builder: SeriesBuilder
  private var block: StatisticsBlock?

  init(path: String) {
    builder = SeriesBuilder(source: .domjobinfo, path: path, basis: "libvirt's own clock")
  }

  mutating func take(_ line: LogLine) -> LineReading {
    guard let (key, value) = StatisticsBlock.entry(line), Self.keys.contains(key) else { return .foreign }
    var reading = LineReading.taken
    if key == "Job type" || block?.has(key) ?? false { reading = close() }
    if block == nil { block = StatisticsBlock(line: line.number) }
    block?.set(key, value)
    return reading
  }

  mutating func finish() -> [ProgressSeries] {
    _ = close()
    return builder.finish()
  }

  private static let keys: Set = [
    "Job type", "Operation", "Time elapsed", "Time elapsed w/o network", "Data processed", "Data remaining",
    "Data total", "Memory processed", "Memory remaining", "Memory total", "Memory bandwidth", "Dirty rate",
    "Page size", "Iteration", "Postcopy requests", "Constant pages", "Normal pages", "Normal data",
    "Expected downtime", "Total downtime", "Setup time", "Compression cache", "Compressed data",
    "Auto converge throttle", "File total", "File processed", "File remaining",
  ]

  private mutating func close() -> LineReading {
    defer { block = nil }
    guard let block else { return .taken }
    let kind = block.words("Job type")
    if kind.contains("none") {
      builder.pauseReading()
      return .taken
    }
    guard let elapsed = block.number("Time elapsed"), elapsed < 1e15 else {
      return .garbled("the output at line \(block.line) has no time elapsed")
    }
    let total = block.amount("Memory total") ?? block.amount("Data total")
    guard let total, total > 0 else {
      return .garbled("the output at line \(block.line) has no memory total")
    }
    let remaining = block.amount("Memory remaining")
    guard remaining ?? 0 <= total else {
      return .garbled("the output at line \(block.line) has more remaining than there is")
    }
    builder.add(sample(block, seconds: elapsed / 1000, total: total, remaining: remaining))
    builder.note(
      diskBytes: block.amount("File total") ?? 0, usesXBZRLE: block.has("Compression cache"),
      rounding: 0.0005 * 0x1p20)
    end(kind, block, at: elapsed / 1000)
    return .taken
  }

  private func sample(
    _ block: StatisticsBlock, seconds: Double, total: Double, remaining: Double?
  ) -> ProgressSample {
    let page = block.number("Page size").flatMap { $0 > 0 ? $0 : nil } ?? 4096
    var sample = ProgressSample(seconds: seconds)
    sample.processed = block.amount("Memory processed") ?? block.amount("Data processed")
    sample.remaining = remaining
    sample.total = total
    sample.pass = block.number("Iteration").flatMap { $0 > 0 && $0 < 1e9 ? Int($0) : nil }
    sample.dirtyRate = block.number("Dirty rate").flatMap { $0 > 0 ? $0 * page : nil }
    sample.reportedRate = block.amount("Memory bandwidth")
    sample.zeroPages = block.number("Constant pages")
    sample.normalPages = block.number("Normal pages")
    sample.pageSize = page
    sample.throttle = min(1, (block.number("Auto converge throttle") ?? 0) / 100)
    sample.expectedDowntime = block.number("Expected downtime").map { $0 / 1000 }
    sample.isPostCopy = block.number("Postcopy requests") ?? 0 > 0
    return sample
  }

  private mutating func end(_ kind: String, _ block: StatisticsBlock, at seconds: Double) {
    let isOver = block.has("Total downtime") && kind.isEmpty
    if kind.contains("completed") || isOver {
      builder.end(.completed, at: seconds, downtime: block.number("Total downtime").map { $0 / 1000 })
    } else if kind.contains("failed") {
      builder.end(.failed, at: seconds)
    } else if kind.contains("cancelled") {
      builder.end(.cancelled, at: seconds)
    }
  }
}
