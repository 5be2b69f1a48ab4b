public import EvacuationModel
import Quantities

extension Inventory {
  /// The inventory that is left when `plan` has been carried out: guests where they went, and the space that their
  /// local disks take there and gave back.
  ///
  /// A guest that moved running keeps the CPU that it saw: where the host's model counts and the new host has another,
  /// it is named from then on. Steps that name what is not there change nothing.
  public func after(_ plan: EvacuationPlan) -> Inventory {
    var result = self
    let hosts = firstNumbers(self.hosts.map(\.id))
    let guests = firstNumbers(virtualMachines.map(\.id))
    let local = Set(datastores.lazy.filter { $0.kind == .local }.map(\.id))
    for step in plan.steps.sorted(by: { ($0.start, $0.id.name) < ($1.start, $1.id.name) }) {
      guard let vm = guests[step.vm], let to = hosts[step.destination],
        let from = hosts[result.virtualMachines[vm].host]
      else { continue }
      for disk in virtualMachines[vm].disks where local.contains(disk.datastore) {
        result.hosts[from].change(disk.datastore, by: disk.allocated)
        result.hosts[to].change(disk.datastore, by: .zero - disk.size)
      }
      result.virtualMachines[vm].host = step.destination
      if step.mode != .cold, result.virtualMachines[vm].cpuModel == "host-model",
        let model = self.hosts[from].cpuModel, model != self.hosts[to].cpuModel
      {
        result.virtualMachines[vm].cpuModel = model
      }
    }
    return result
  }
}

extension Host {
  fileprivate mutating func change(_ pool: Datastore.ID, by amount: ByteCount) {
    guard let index = storage.firstIndex(where: { $0.datastore == pool }), let free = storage[index].free
    else {
      return
    }
    storage[index].free = max(.zero, free + amount)
  }
}
