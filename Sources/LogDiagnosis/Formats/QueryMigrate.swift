import EvacuationModel

/// Answers of QMP's `query-migrate`, one after the other, bare or inside `{"return": …}`.
struct QueryMigrate {
  private var builder: SeriesBuilder

  init(path: String) {
    builder = SeriesBuilder(source: .queryMigrate, path: path, basis: "QEMU's own clock")
  }

  /// Takes every answer in `value`, which may be a list of them.
  mutating func take(_ value: JSONValue) -> LineReading {
    if case .array(let items) = value {
      let readings = items.map { take($0) }
      let garbled = readings.first { if case .garbled = $0 { true } else { false } }
      return garbled ?? (readings.contains(.taken) ? .taken : .foreign)
    }
    if let inner = value["return"] { return take(inner) }
    guard let ram = value["ram"], case .object = ram else { return takeStatus(value) }
    return take(value, ram: ram)
  }

  mutating func finish() -> [ProgressSeries] { builder.finish() }

  /// How the migration ended if `status`, as QEMU words it, says so.
  static func ending(_ status: String) -> MigrationEnding? {
    if status.contains("completed") { return .completed }
    if status.contains("cancel") { return .cancelled }
    return status.contains("failed") ? .failed : nil
  }

  private mutating func takeStatus(_ value: JSONValue) -> LineReading {
    guard case .string(let status)? = value["status"] else { return .foreign }
    guard let ending = Self.ending(status) else {
      return ["setup", "none", "wait-unplug", "active", "device", "pre-switchover"].contains(status)
        ? .taken : .foreign
    }
    builder.end(ending, at: (value["total-time"]?.amount ?? 0) / 1000)
    return .taken
  }

  private mutating func take(_ value: JSONValue, ram: JSONValue) -> LineReading {
    guard let time = value["total-time"]?.amount, time < 1e15 else { return .garbled("it has no total-time") }
    guard let total = ram["total"]?.amount, total > 0 else { return .garbled("its ram has no total") }
    let remaining = ram["remaining"]?.amount
    guard remaining ?? 0 <= total else { return .garbled("more remains than there is") }
    var status = ""
    if case .string(let text)? = value["status"] { status = text }
    builder.add(sample(value, ram: ram, seconds: time / 1000, status: status))
    let disk = value["disk"]?["total"]?.amount ?? 0
    builder.note(diskBytes: disk, usesXBZRLE: value["xbzrle-cache"] != nil, rounding: 0)
    if let ending = Self.ending(status) {
      builder.end(ending, at: time / 1000, downtime: value["downtime"]?.amount.map { $0 / 1000 })
    }
    return .taken
  }

  private func sample(_ value: JSONValue, ram: JSONValue, seconds: Double, status: String) -> ProgressSample {
    let page = ram["page-size"]?.amount.flatMap { $0 > 0 ? $0 : nil } ?? 4096
    var sample = ProgressSample(seconds: seconds)
    sample.processed = ram["transferred"]?.amount
    sample.remaining = ram["remaining"]?.amount
    sample.total = ram["total"]?.amount
    sample.pass = ram["dirty-sync-count"]?.amount.flatMap { $0 > 0 && $0 < 1e9 ? Int($0) : nil }
    sample.dirtyRate = ram["dirty-pages-rate"]?.amount.flatMap { $0 > 0 ? $0 * page : nil }
    sample.reportedRate = ram["mbps"]?.amount.map { $0 * 125_000 }
    sample.zeroPages = ram["duplicate"]?.amount
    sample.normalPages = ram["normal"]?.amount ?? ram["normal-bytes"]?.amount.map { $0 / page }
    sample.pageSize = page
    sample.throttle = min(1, (value["cpu-throttle-percentage"]?.amount ?? 0) / 100)
    sample.expectedDowntime = value["expected-downtime"]?.amount.map { $0 / 1000 }
    sample.isPostCopy = status.contains("postcopy") || ram["postcopy-requests"]?.amount ?? 0 > 0
    return sample
  }
}
