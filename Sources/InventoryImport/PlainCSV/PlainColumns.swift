import EvacuationModel
import Quantities

/// The columns of evac's own CSV, of an inventory as of an overlay; `docs/import.md` explains them.
enum PlainColumns {
  static let hosts = [
    "match", "name", "cpus", "ram_mib", "reserved_ram_mib", "cpu_ratio", "ram_ratio", "nic_mbps",
    "migration_mbps",
    "zone", "rack", "cpu_model", "state", "disks",
  ]
  static let guests = [
    "id", "uuid", "name", "vm", "host", "vcpus", "ram_mib", "ram_touched_mib", "disk_gib", "disk_used_gib",
    "disk_location", "write_intensity", "dirty_mib_s", "dirty_mib_s_10s", "dirty_period_s", "working_set_mib",
    "disk_write_mib_s", "bandwidth_limit_mib_s", "pinned", "anti_affinity_group", "affinity_group",
    "priority", "owner",
    "max_downtime_ms", "policy", "state", "zone", "cpu_model",
  ]

  static func isAboutHosts(_ table: ListingTable) -> Bool {
    table.has("cpus|nic_mbps|migration_mbps|reserved_ram_mib|match|disks")
      && !table.has("vcpus|disk_gib|dirty_mib_s")
  }

  /// The network that carries migrations, else the only one there is. SI: 10,000 Mbit/s are 10 Gbit/s.
  static func bandwidth(_ row: inout PlainRow) -> DataRate? {
    let rate = row.rate("migration_mbps", unit: 125_000) ?? row.rate("nic_mbps", unit: 125_000)
    return rate.flatMap { $0 > .zero ? $0 : nil }
  }

  /// What a row says of a guest besides its size.
  static func guest(_ row: inout PlainRow) -> Overlay.Guest {
    var guest = Overlay.Guest(
      id: row.text("id") ?? row.text("uuid"), name: row.text("name") ?? row.text("vm"),
      host: row.text("host"),
      intensity: row.choice("write_intensity"), dirtyRates: dirtyRates(&row),
      workingSet: row.amount("working_set_mib", unit: 0x1p20),
      touched: row.amount("ram_touched_mib", unit: 0x1p20),
      place: row.place)
    if let rate = row.rate("disk_write_mib_s", unit: 0x1p20) { guest.diskWriteRates[""] = rate }
    if let limit = row.rate("bandwidth_limit_mib_s", unit: 0x1p20), limit > .zero {
      guest.bandwidthLimit = limit
    }
    guest.isShared = row.choice("disk_location", Datastore.Kind.self).map { $0 == .shared }
    if let owner = row.text("owner") { guest.labels.append(("owner", owner)) }
    if let pinned = row.text("pinned") {
      guest.devices = pinned.split(separator: ";").map { device(String($0)) }
    }
    return guest
  }

  /// A reading over 1 s or `dirty_period_s`, and one over 10 s.
  private static func dirtyRates(_ row: inout PlainRow) -> [DirtyRateMeasurement] {
    let period = row.number("dirty_period_s") ?? 1
    let short = row.rate("dirty_mib_s", unit: 0x1p20).map {
      DirtyRateMeasurement(rate: $0, period: Duration(clampingSeconds: max(period, 0.001)))
    }
    let long = row.rate("dirty_mib_s_10s", unit: 0x1p20).map {
      DirtyRateMeasurement(rate: $0, period: .seconds(10))
    }
    return [short, long].compactMap(\.self)
  }

  /// `pci:gpu`, or a bare name.
  private static func device(_ text: String) -> AttachedDevice {
    let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimming { $0 == " " } }
    let kinds = ["pci": "pci-passthrough", "gpu": "pci-passthrough"]
    guard parts.count == 2 else { return AttachedDevice(kind: "pinned", name: text) }
    return AttachedDevice(kind: kinds[parts[0].lowercased()] ?? parts[0], name: parts[1])
  }

  /// What a row asks of the policy: nothing, or the lines of a rule.
  static func rule(_ row: inout PlainRow) -> [String] {
    var lines: [String] = []
    switch row.text("policy")?.lowercased() {
    case nil, "", "default", "live": break
    case "cold-only", "cold": lines.append("modes: [cold]")
    case "live-only": lines.append("modes: [live, block]")
    case "exclude", "never", "excluded": lines.append("modes: []")
    case let word?:
      row.report(
        .badChoice, "`policy`: \(quoted(word)) is not a word that fits here",
        help: "write live-only, cold-only, exclude, or nothing")
    }
    if let downtime = row.number("max_downtime_ms"), downtime < 1e9 {
      lines.append("max_downtime: \(ExactQuantity.text(Duration(clampingSeconds: downtime / 1000)))")
    }
    if let priority = row.number("priority"), priority < 1e6 { lines.append("priority: \(Int(priority))") }
    return lines
  }
}
