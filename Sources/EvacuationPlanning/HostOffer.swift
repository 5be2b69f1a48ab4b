import EvacuationModel
import Quantities

/// What a host offers whatever a plan does, ready to be looked up for many guests.
struct HostOffer: Hashable, Sendable {
  let state: HostState
  let zone: String?
  /// For guests, overcommit included.
  let memory: ByteCount
  /// The same.
  let cpus: Int
  let pools: Set<Datastore.ID>
  /// What it can present; empty where the inventory does not say.
  let cpuModels: Set<String>
  let cpuFeatures: Set<String>

  init(_ host: Host, capacity: CapacityPolicy) {
    state = host.state
    zone = host.zone
    memory = host.guestMemory(capacity)
    cpus = host.guestCPUs(capacity)
    pools = Set(host.storage.map(\.datastore))
    cpuModels = Set(host.cpuModels + [host.cpuModel].compactMap(\.self))
    cpuFeatures = Set(host.cpuFeatures)
  }
}
