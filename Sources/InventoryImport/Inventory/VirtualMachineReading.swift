import EvacuationModel
import Quantities

extension InventoryReader {
  static func virtualMachine(_ fields: Fields) -> VirtualMachine {
    VirtualMachine(
      id: VirtualMachine.ID(fields.required("name", example: "db-01")?.name() ?? ""),
      platformID: fields["id"]?.name(),
      host: Host.ID(fields.required("host", example: "compute-01")?.name() ?? ""),
      state: fields["state"]?.choice() ?? .running,
      vcpus: fields.required("vcpus", example: "8")?.int(in: 1...mostCPUs) ?? 1,
      memory: fields.required("memory", example: "16 GiB")?.positive() ?? .zero,
      memoryTouched: fields["memory_touched"]?.quantity(), cpuModel: fields["cpu_model"]?.name(),
      cpuFeatures: fields["cpu_features"]?.strings() ?? [], zone: fields["zone"]?.name(),
      disks: fields.list("disks").compactMap { $0.mapping(disk) },
      memoryActivity: fields["workload"].flatMap { $0.mapping(workload) } ?? MemoryActivity(),
      devices: fields.list("devices").compactMap { $0.mapping(device) }, labels: fields.labels(),
      migrationBandwidthLimit: fields["migration_bandwidth_limit"]?.positive())
  }

  private static func disk(_ fields: Fields) -> VirtualDisk {
    VirtualDisk(
      name: fields.required("name", example: "vda")?.name() ?? "",
      datastore: Datastore.ID(fields.required("storage", example: "ceph-vms")?.name() ?? ""),
      size: fields.required("size", example: "40 GiB")?.quantity() ?? .zero,
      used: fields["used"]?.quantity(), writeRate: fields["write_rate"]?.quantity() ?? .zero)
  }

  static func device(_ fields: Fields) -> AttachedDevice {
    let kind = fields.required("kind", example: "pci-passthrough")?.name() ?? ""
    return AttachedDevice(kind: kind, name: fields["name"]?.name() ?? kind)
  }
}
