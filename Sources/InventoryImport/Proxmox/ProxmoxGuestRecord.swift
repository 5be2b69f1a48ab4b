import EvacuationModel
import Quantities

/// All that the files say of one guest.
struct ProxmoxGuestRecord {
  let number: Int
  private(set) var path = ""
  private(set) var node: String?
  private(set) var listings: [JSONValue] = []
  private(set) var configuration: JSONValue?
  private(set) var preconditions: JSONValue?
  private var writes: [Double] = []
  private var sort: String?

  init(number: Int) { self.number = number }

  mutating func add(_ record: ProxmoxRecord, node: String?) {
    if path.isEmpty { path = record.path }
    self.node = self.node ?? node
    sort = sort ?? record.fields.text("type")
    listings.append(record.fields)
  }

  /// Gives each guest what files say whose path alone names it; returns what names none.
  static func attach(
    _ files: ProxmoxFiles, to records: inout [Int: Self], nodes: [String]
  ) -> [Finding] {
    var findings: [Finding] = []
    let byName = Dictionary(grouping: records.values, by: { $0.listings.first?.text("name") ?? "" })
    for record in files[.guestConfiguration] {
      let alike = record.fields.text("name", "hostname").flatMap { byName[$0] } ?? []
      let number =
        record.fields.count("vmid") ?? PathSubject.number(in: record.path, from: 100)
        ?? (alike.count == 1 ? alike.first?.number : nil)
      guard let number else {
        findings.append(
          Finding(
            .skippedRecord, path: record.path,
            message: "a guest's configuration that does not say whose it is",
            help: "name the file after the guest's number, such as qm-config-101.txt"))
        continue
      }
      var guest = records[number] ?? Self(number: number)
      if guest.path.isEmpty { guest.path = record.path }
      guest.node = guest.node ?? PathSubject.name(in: record.path, among: nodes)
      guest.configuration = guest.configuration ?? record.fields
      if record.path.contains("lxc") || record.fields.has("rootfs") { guest.sort = "lxc" }
      records[number] = guest
    }
    for record in files[.history] {
      guard let number = PathSubject.number(in: record.path, from: 100),
        let rate = record.fields.number("diskwrite"), rate >= 0
      else { continue }
      records[number]?.writes.append(rate)
    }
    for record in files[.preconditions] {
      guard let number = PathSubject.number(in: record.path, from: 100) else { continue }
      records[number]?.preconditions = record.fields
    }
    return findings
  }

  private func first<Value>(_ value: (JSONValue) -> Value?) -> Value? {
    listings.lazy.compactMap(value).first
  }

  /// Whether a listing and not only a configuration tells of it.
  var isListed: Bool { !listings.isEmpty }

  var isContainer: Bool { sort == "lxc" }

  var isTemplate: Bool {
    (listings + [configuration].compactMap(\.self)).contains {
      $0.number("template") == 1 || $0.flag("template") == true
    }
  }

  var name: String? { first { $0.text("name") } ?? configuration?.text("name", "hostname") }

  var state: PowerState {
    if first({ $0.text("qmpstatus") }) == "paused" { return .paused }
    guard isListed else {
      return preconditions?.number("running") == 0 ? .stopped : .running
    }
    switch first({ $0.text("status") }) {
    case "running": return .running
    case "paused", "suspended", "prelaunch": return .paused
    default: return .stopped
    }
  }

  var lock: String? { first { $0.text("lock") } ?? configuration?.text("lock") }

  /// In MiB; newer releases write `current=2048`.
  var memory: ByteCount? {
    if let listed = first({ $0.bytes("maxmem") }), listed > .zero { return listed }
    guard let text = configuration?.text("memory") else { return nil }
    let options = ProxmoxText.options(text)
    return (options["current"] ?? options[""]).flatMap(Double.init).flatMap {
      LibvirtText.amount($0, unit: "mib")
    }
  }

  var vcpus: Int? {
    if let listed = first({ $0.processors("maxcpu", "cpus") }) { return listed }
    guard let configuration else { return nil }
    if let own = configuration.processors("vcpus") { return own }
    let (cores, sockets) = (configuration.processors("cores") ?? 1, configuration.processors("sockets") ?? 1)
    let (product, overflow) = cores.multipliedReportingOverflow(by: sockets)
    return overflow || product > 1_000_000 ? nil : product
  }

  /// What the guest's process holds on the node, from release 9 on.
  var touched: ByteCount? { first { $0.bytes("memhost") }.flatMap { $0 > .zero ? $0 : nil } }

  /// The CPU type without its flags.
  var processor: String? {
    let options = configuration?.text("cpu").map { ProxmoxText.options($0) }
    return options?["cputype"] ?? options?[""]
  }

  /// The mean of the minutes that rrddata holds.
  var writeRate: DataRate? {
    guard !writes.isEmpty else { return nil }
    return DataRate(bytesPerSecond: (writes.reduce(0, +) / Double(writes.count)).rounded())
  }

  /// `migrate_speed` in MiB/s; 0 is no limit.
  var speedLimit: DataRate? {
    guard let speed = configuration?.number("migrate_speed"), speed > 0, speed < 1e9 else { return nil }
    return .mebibytesPerSecond(speed)
  }

  /// `migrate_downtime` in seconds, where it is not the default.
  var downtime: Duration? {
    guard let seconds = configuration?.number("migrate_downtime"), seconds > 0, seconds < 86_400,
      seconds != 0.1
    else { return nil }
    return Duration(clampingSeconds: seconds)
  }

  var tags: [String] {
    let text = first { $0.text("tags") } ?? configuration?.text("tags") ?? ""
    return text.split { ";, ".contains($0) }.map(String.init)
  }

  var labels: Labels {
    var labels = tags.map { ("tag.\($0)", "true") }
    if let pool = first({ $0.text("pool") }) { labels.append(("pool", pool)) }
    if isContainer { labels.append(("type", "lxc")) }
    if let processor { labels.append(("cpu", processor)) }
    return Labels(labels)
  }
}
