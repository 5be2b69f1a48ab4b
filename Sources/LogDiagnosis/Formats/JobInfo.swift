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
    if key == "job type" || block?.has(key) ?? false { reading = close() }
    if block == nil { block = StatisticsBlock(line: line.number) }
    block?.set(key, value)
    return reading
  }

  mutating func finish() -> [ProgressSeries] {
    _ = close()
    return builder.finish()
  }

  private static let keys: Set = [
    "job type", "operation", "time elapsed", "time elapsed w/o network", "data processed", "data remaining",
    "data total", "memory processed", "memory remaining", "memory total", "memory bandwidth", "dirty rate",
    "page size", "iteration", "postcopy requests", "constant pages", "normal pages", "normal data",
    "expected downtime", "total downtime", "setup time", "compression cache", "compressed data",
    "auto converge throttle", "file total", "file processed", "file remaining",
  ]

  private mutating func close() -> LineReading {
    defer { block = nil }
    guard let block else { return .taken }
    let kind = block.words("job type")
    if kind.contains("none") {
      builder.pauseReading()
      return .taken
    }
    guard let elapsed = block.number("time elapsed"), elapsed < 1e15 else {
      return .garbled("the output at line \(block.line) has no time elapsed")
    }
    let total = block.amount("memory total") ?? block.amount("data total")
    guard let total, total > 0 else { return .garbled("the output at line \(block.line) has no memory total") }
    let remaining = block.amount("memory remaining")
    guard remaining ?? 0 <= total else {
      return .garbled("the output at line \(block.line) has more remaining than there is")
    }
    builder.add(sample(block, seconds: elapsed / 1000, total: total, remaining: remaining))
    builder.note(
      diskBytes: block.amount("file total") ?? 0, usesXBZRLE: block.has("compression cache"),
      rounding: 0.0005 * 0x1p20)
    end(kind, block, at: elapsed / 1000)
    return .taken
  }

  private func sample(
    _ block: StatisticsBlock, seconds: Double, total: Double, remaining: Double?
  ) -> ProgressSample {
    let page = block.number("page size").flatMap { $0 > 0 ? $0 : nil } ?? 4096
    var sample = ProgressSample(seconds: seconds)
    sample.processed = block.amount("memory processed") ?? block.amount("data processed")
    sample.remaining = remaining
    sample.total = total
    sample.pass = block.number("iteration").flatMap { $0 > 0 && $0 < 1e9 ? Int($0) : nil }
    sample.dirtyRate = block.number("dirty rate").flatMap { $0 > 0 ? $0 * page : nil }
    sample.reportedRate = block.amount("memory bandwidth")
    sample.zeroPages = block.number("constant pages")
    sample.normalPages = block.number("normal pages")
    sample.pageSize = page
    sample.throttle = min(1, (block.number("auto converge throttle") ?? 0) / 100)
    sample.expectedDowntime = block.number("expected downtime").map { $0 / 1000 }
    sample.isPostCopy = block.number("postcopy requests") ?? 0 > 0
    return sample
  }

  private mutating func end(_ kind: String, _ block: StatisticsBlock, at seconds: Double) {
    let isOver = block.has("total downtime") && kind.isEmpty
    if kind.contains("completed") || isOver {
      builder.end(.completed, at: seconds, downtime: block.number("total downtime").map { $0 / 1000 })
    } else if kind.contains("failed") {
      builder.end(.failed, at: seconds)
    } else if kind.contains("cancelled") {
      builder.end(.cancelled, at: seconds)
    }
  }
}
