import EvacuationModel
import Quantities

/// Reads overlays in evac's own format (`evac.overlay/1`), whose values are those of an inventory.
enum OverlayReader {
  static func read(_ root: SourceValue) -> Overlay? {
    guard FileFormat.overlay.isFormat(of: root) else { return nil }
    return root.mapping { fields in
      _ = fields["format"]
      _ = fields["name"]
      var overlay = Overlay()
      overlay.hosts = fields.list("hosts").compactMap { value in value.mapping { host($0, value) } }
      overlay.datastores = fields.list("storage").compactMap { $0.mapping { InventoryReader.pool($0) } }
      overlay.guests = fields.list("vms").compactMap { value in value.mapping { guest($0, value) } }
      return overlay
    }
  }

  private static func place(_ value: SourceValue) -> String { "\(value.reader.line(of: value.node))" }

  private static func host(_ fields: Fields, _ value: SourceValue) -> Overlay.HostEntry {
    let named = fields["name"]
    let pattern = (named ?? fields.required("match", example: "\"compute-*\""))?.name() ?? "*"
    return Overlay.HostEntry(
      pattern: HostPattern(pattern), bandwidth: fields["migration_bandwidth"]?.positive(),
      reservedMemory: fields["reserved_memory"]?.quantity(), isShared: isShared(fields["disks"]),
      zone: fields["zone"]?.name(), rack: fields["rack"]?.name(), labels: pairs(fields.labels()),
      place: place(value))
  }

  private static func isShared(_ value: SourceValue?) -> Bool? {
    value?.choice(Datastore.Kind.self).map { $0 == .shared }
  }

  private static func pairs(_ labels: Labels) -> [(String, String)] {
    labels.pairs.map { ($0.key, $0.value) }
  }

  private static func guest(_ fields: Fields, _ value: SourceValue) -> Overlay.Guest {
    let activity = fields["workload"].flatMap { $0.mapping(InventoryReader.workload) } ?? MemoryActivity()
    var guest = Overlay.Guest(
      id: fields["id"]?.name(), name: fields["name"]?.name(), host: fields["host"]?.name(),
      intensity: activity.intensity, dirtyRates: activity.dirtyRates, writeRate: activity.writeRate,
      workingSet: activity.workingSet, cpuUse: activity.cpuUse, touched: fields["memory_touched"]?.quantity(),
      labels: pairs(fields.labels()), bandwidthLimit: fields["migration_bandwidth_limit"]?.positive(),
      place: place(value))
    if let rate: DataRate = fields["disk_write_rate"]?.quantity() { guest.diskWriteRates[""] = rate }
    if let owner = fields["owner"]?.name() { guest.labels.append(("owner", owner)) }
    guest.devices = fields.list("devices").compactMap { $0.mapping(InventoryReader.device) }
    readDisks(fields["disks"], into: &guest)
    if guest.id == nil, guest.name == nil {
      fields.report(.missingKey, "neither `id` nor `name` is there", help: "say which guest is meant")
    }
    return guest
  }

  /// A list of disks, or whether all of them are shared or local.
  private static func readDisks(_ value: SourceValue?, into guest: inout Overlay.Guest) {
    guard let value else { return }
    guard value.kind == .sequence else {
      guest.isShared = isShared(value)
      return
    }
    for disk in value.list() {
      _ = disk.mapping { fields in
        let name = fields.required("name", example: "vda")?.name() ?? ""
        if let rate: DataRate = fields["write_rate"]?.quantity() { guest.diskWriteRates[name] = rate }
        if let used: ByteCount = fields["used"]?.quantity() { guest.diskUse[name] = used }
      }
    }
  }
}
