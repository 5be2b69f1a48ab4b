import EvacuationModel
import Quantities

/// One host in the native format.
enum HostText {
  static func lines(_ host: Host) -> [String] {
    var lines = ["name: \(YAMLScalar.text(host.id.name))"]
    if host.state != .up { lines.append("state: \(host.state.rawValue)") }
    lines += ["cpus: \(host.cpus)", "memory: \(ExactQuantity.text(host.memory))"]
    if host.reservedMemory != .zero {
      lines.append("reserved_memory: \(ExactQuantity.text(host.reservedMemory))")
    }
    lines.append("migration_bandwidth: \(ExactQuantity.networkText(host.migrationBandwidth))")
    if !host.links.isEmpty { lines.append("links: \(InventoryText.list(host.links.map(\.name)))") }
    lines += processor(host) + location(host)
    if !host.storage.isEmpty {
      lines.append("storage: [\(host.storage.map(pool).joined(separator: ", "))]")
    }
    return lines
  }

  private static func processor(_ host: Host) -> [String] {
    var lines: [String] = []
    if let model = host.cpuModel { lines.append("cpu_model: \(YAMLScalar.text(model))") }
    if !host.cpuModels.isEmpty { lines.append("cpu_models: \(InventoryText.list(host.cpuModels))") }
    if !host.cpuFeatures.isEmpty { lines.append("cpu_features: \(InventoryText.list(host.cpuFeatures))") }
    return lines
  }

  private static func location(_ host: Host) -> [String] {
    var lines: [String] = []
    if let zone = host.zone { lines.append("zone: \(YAMLScalar.text(zone))") }
    if let rack = host.rack { lines.append("rack: \(YAMLScalar.text(rack))") }
    if !host.labels.pairs.isEmpty { lines.append("labels: \(InventoryText.labels(host.labels))") }
    if let version = host.version { lines.append("version: \(YAMLScalar.text(version))") }
    return lines
  }

  private static func pool(_ storage: HostStorage) -> String {
    let name = YAMLScalar.text(storage.datastore.name)
    guard let free = storage.free else { return name }
    return InventoryText.flow([("name", name), ("free", ExactQuantity.text(free))])
  }
}
