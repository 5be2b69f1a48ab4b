import EvacuationModel
import Quantities

extension InventoryReader {
  /// More than any machine has; keeps sums of CPUs far from overflow.
  static let mostCPUs = 1_000_000

  static func host(_ fields: Fields) -> Host {
    let id = Host.ID(fields.required("name", example: "compute-01")?.name() ?? "")
    let state: HostState = fields["state"]?.choice() ?? .up
    let cpus = fields.required("cpus", example: "48")?.int(in: 1...mostCPUs) ?? 1
    let memory: ByteCount = fields.required("memory", example: "256 GiB")?.quantity() ?? .zero
    let reserved: ByteCount = fields["reserved_memory"]?.quantity() ?? .zero
    let bandwidth: DataRate =
      fields.required("migration_bandwidth", example: "10 Gbit/s")?.positive() ?? .zero
    return Host(
      id: id, state: state, cpus: cpus, memory: memory, reservedMemory: reserved,
      migrationBandwidth: bandwidth,
      links: fields["links"]?.strings().map { MigrationLink.ID($0) } ?? [],
      cpuModel: fields["cpu_model"]?.name(), cpuModels: fields["cpu_models"]?.strings() ?? [],
      cpuFeatures: fields["cpu_features"]?.strings() ?? [], zone: fields["zone"]?.name(),
      rack: fields["rack"]?.name(), labels: fields.labels(), version: fields["version"]?.name(),
      storage: fields.list("storage").compactMap(hostStorage))
  }

  /// A pool's name, or its name with the space left.
  private static func hostStorage(_ value: SourceValue) -> HostStorage? {
    guard value.kind == .mapping else {
      return value.name().map { HostStorage(datastore: Datastore.ID($0)) }
    }
    return value.mapping { fields in
      HostStorage(
        datastore: Datastore.ID(fields.required("name", example: "raid10")?.name() ?? ""),
        free: fields["free"]?.quantity())
    }
  }
}
