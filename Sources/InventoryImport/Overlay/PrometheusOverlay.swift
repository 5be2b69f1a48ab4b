import EvacuationModel
import Quantities

extension PrometheusAnswer {
  /// The measurements that the series hold, with a finding where they hold none.
  func overlay(path: String) -> (Overlay?, [Finding]) {
    var reader = PrometheusReader(meta: series.filter { $0.name == "libvirt_domain_info_meta" })
    for one in series { reader.read(one) }
    let findings = reader.findings(path: path, isEmpty: series.isEmpty)
    return (reader.overlay, findings)
  }
}

/// Sorts series by what they measure: of guests by their id or name, of hosts by theirs.
private struct PrometheusReader {
  private var guests: [String: Overlay.Guest] = [:]
  private var speeds: [String: DataRate] = [:]
  private var names: [String: String] = [:]
  private var counters: Set<String> = []
  private var unnamed = 0
  private var used = 0

  /// `meta` tells which of Nova's names belongs to a domain.
  init(meta: [PrometheusAnswer.Series]) {
    for one in meta {
      if let domain = one.labels["domain"], let name = one.labels["instance_name"] { names[domain] = name }
    }
  }

  mutating func read(_ series: PrometheusAnswer.Series) {
    let values = series.values.map(\.value).filter { $0.isFinite && $0 >= 0 }
    guard !values.isEmpty else { return }
    let name = series.name
    if name.hasSuffix("dirty_rate_bytes_per_second"), !name.contains("migration") {
      addDirtyRate(series, Self.high(values))
    } else if name.hasSuffix("dirtyrate_megabytes_per_second") {
      addDirtyRate(series, Self.high(values) * 0x1p20)
    } else if name.hasSuffix("write_bytes_total") || name.hasSuffix("write_traffic_bytes_total") {
      guard let rate = Self.rate(series.values) else { counters.insert(name); return }
      change(series) { $0.diskWriteRates[Self.disk(series), default: .zero] = rate }
    } else if name == "kubevirt_vmi_memory_resident_bytes" || name == "libvirt_domain_memory_stats_rss_bytes"
    {
      change(series) { $0.touched = ByteCount(rounding: values.max() ?? 0) }
    } else if name == "node_network_speed_bytes" {
      addSpeed(series, values.max() ?? 0)
    } else if name.isEmpty, !Self.disk(series).isEmpty {
      // `rate(…)` takes the name away and leaves the device.
      change(series) { $0.diskWriteRates[Self.disk(series)] = DataRate(bytesPerSecond: Self.high(values)) }
    } else if name.isEmpty {
      unnamed += 1
    }
  }

  /// What is exceeded in one of twenty samples: a migration has to live with the busy minutes.
  private static func high(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int((Double(sorted.count) * 0.95).rounded(.up)) - 1)]
  }

  /// A counter's growth; what it loses when it starts anew is not counted.
  private static func rate(_ values: [(time: Double, value: Double)]) -> DataRate? {
    guard let first = values.first, let last = values.last, last.time > first.time else { return nil }
    let growth = zip(values, values.dropFirst()).reduce(0) { sum, pair in
      sum + (pair.1.value >= pair.0.value ? pair.1.value - pair.0.value : pair.1.value)
    }
    return DataRate(bytesPerSecond: (growth / (last.time - first.time)).rounded())
  }

  private static func disk(_ series: PrometheusAnswer.Series) -> String {
    series.labels["target_device"] ?? series.labels["drive"] ?? ""
  }

  private mutating func addDirtyRate(_ series: PrometheusAnswer.Series, _ bytes: Double) {
    guard bytes < 1e18 else { return }
    let text = (series.labels["period"] ?? series.labels["seconds"] ?? "1").filter {
      $0.isNumber || $0 == "."
    }
    let period = Double(text).flatMap { (0.001...86_400).contains($0) ? $0 : nil } ?? 1
    change(series) {
      $0.dirtyRates.append(
        DirtyRateMeasurement(
          rate: DataRate(bytesPerSecond: bytes.rounded()), period: Duration(clampingSeconds: period)))
    }
  }

  private mutating func addSpeed(_ series: PrometheusAnswer.Series, _ bytes: Double) {
    guard bytes > 0, bytes < 1e15, series.labels["device"] != "lo", let host = Self.host(series) else {
      return
    }
    used += 1
    speeds[host] = max(speeds[host] ?? .zero, DataRate(bytesPerSecond: bytes))
  }

  private static func host(_ series: PrometheusAnswer.Series) -> String? {
    let text = series.labels["nodename"] ?? series.labels["node"] ?? series.labels["instance"]
    return text.map { String($0.prefix { $0 != ":" }) }
  }

  private mutating func change(
    _ series: PrometheusAnswer.Series, _ body: (inout Overlay.Guest) -> Void
  ) {
    let labels = series.labels
    let id =
      labels["uuid"] ?? labels["namespace"].flatMap { space in labels["name"].map { "\(space)/\($0)" } }
    let name = labels["domain"].flatMap { names[$0] } ?? labels["name"] ?? labels["domain"] ?? labels["vm"]
    guard let key = id ?? name else { return unnamed += 1 }
    used += 1
    var guest = guests[key] ?? Overlay.Guest(id: id, name: name, host: labels["node"], place: key)
    body(&guest)
    guests[key] = guest
  }

  var overlay: Overlay {
    var overlay = Overlay()
    overlay.guests = guests.sorted { $0.key < $1.key }.map(\.value)
    overlay.hosts = speeds.sorted { $0.key < $1.key }.map {
      Overlay.HostEntry(pattern: HostPattern($0.key), bandwidth: $0.value)
    }
    return overlay
  }

  func findings(path: String, isEmpty: Bool) -> [Finding] {
    var findings: [Finding] = []
    if !counters.isEmpty {
      findings.append(
        Finding(
          .skippedRecord, path: path,
          message: "a counter at one moment is no rate: \(listed(counters.sorted()))",
          help: "ask for rate(METRIC[5m]), or for a range with /api/v1/query_range"))
    }
    if unnamed > 0 {
      findings.append(
        Finding(
          .skippedRecord, path: path,
          message: "\(counted(unnamed, "series")) without a metric's name or a guest's",
          help: "functions take the name away: ask for the metric itself, or keep the device's label"))
    }
    if used == 0 {
      findings.append(
        Finding(
          .unknownContent, path: path,
          message: isEmpty
            ? "the answer holds no series" : "none of the series is a measurement that is read",
          help: "docs/import.md names the metrics"))
    }
    return findings
  }
}
