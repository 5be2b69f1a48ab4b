import EvacuationModel
import Quantities

/// One virtual machine in the native format.
enum VirtualMachineText {
  static func lines(_ vm: VirtualMachine) -> [String] {
    var lines = ["name: \(YAMLScalar.text(vm.id.name))"]
    if let id = vm.platformID { lines.append("id: \(YAMLScalar.text(id))") }
    lines += ["host: \(YAMLScalar.text(vm.host.name))", "state: \(vm.state.rawValue)"]
    lines += ["vcpus: \(vm.vcpus)", "memory: \(ExactQuantity.text(vm.memory))"]
    if let touched = vm.memoryTouched { lines.append("memory_touched: \(ExactQuantity.text(touched))") }
    if let model = vm.cpuModel { lines.append("cpu_model: \(YAMLScalar.text(model))") }
    if !vm.cpuFeatures.isEmpty { lines.append("cpu_features: \(InventoryText.list(vm.cpuFeatures))") }
    if let zone = vm.zone { lines.append("zone: \(YAMLScalar.text(zone))") }
    lines += list("disks", vm.disks.map(disk))
    lines += workload(vm.memoryActivity)
    lines += list("devices", vm.devices.map(device))
    if !vm.labels.pairs.isEmpty { lines.append("labels: \(InventoryText.labels(vm.labels))") }
    if let limit = vm.migrationBandwidthLimit, limit != .unlimited {
      lines.append("migration_bandwidth_limit: \(ExactQuantity.networkText(limit))")
    }
    return lines
  }

  private static func list(_ key: String, _ entries: [String]) -> [String] {
    entries.isEmpty ? [] : ["\(key):"] + entries.map { "  - \($0)" }
  }

  private static func disk(_ disk: VirtualDisk) -> String {
    var pairs = [
      (key: "name", value: YAMLScalar.text(disk.name)), ("storage", YAMLScalar.text(disk.datastore.name)),
      ("size", ExactQuantity.text(disk.size)),
    ]
    if let used = disk.used { pairs.append(("used", ExactQuantity.text(used))) }
    if disk.writeRate != .zero { pairs.append(("write_rate", ExactQuantity.text(disk.writeRate))) }
    return InventoryText.flow(pairs)
  }

  private static func device(_ device: AttachedDevice) -> String {
    InventoryText.flow([("kind", YAMLScalar.text(device.kind)), ("name", YAMLScalar.text(device.name))])
  }

  private static func workload(_ activity: MemoryActivity) -> [String] {
    var lines: [String] = []
    if let intensity = activity.intensity { lines.append("write_intensity: \(intensity.rawValue)") }
    if !activity.dirtyRates.isEmpty {
      let rates = activity.dirtyRates.map { measurement in
        InventoryText.flow([
          ("rate", ExactQuantity.text(measurement.rate)), ("over", ExactQuantity.text(measurement.period)),
        ])
      }
      lines.append("dirty_rate: [\(rates.joined(separator: ", "))]")
    }
    if let rate = activity.writeRate { lines.append("write_rate: \(ExactQuantity.text(rate))") }
    if let set = activity.workingSet { lines.append("working_set: \(ExactQuantity.text(set))") }
    if let use = activity.cpuUse { lines.append("cpu_use: \(use.fraction)") }
    return lines.isEmpty ? [] : ["workload:"] + lines.map { "  " + $0 }
  }
}
