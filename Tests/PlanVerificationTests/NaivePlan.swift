import EvacTestSupport
import EvacuationModel
import Quantities

/// A plan that is easy to trust: one guest after the other, each to the first host that takes it.
struct NaivePlan {
  private(set) var builder: PlanBuilder
  private var free: [Host.ID: ByteCount] = [:]
  private var freeCPUs: [Host.ID: Int] = [:]
  private var space: [Host.ID: [Datastore.ID: ByteCount]] = [:]
  private var hostOf: [VirtualMachine.ID: Host.ID] = [:]
  private var hosts: [Host.ID: Host] = [:]

  init(_ world: World, drain: Host.ID) {
    builder = PlanBuilder(inventory: world.inventory, drain: [drain])
    let capacity = builder.policy.capacity
    for host in world.inventory.hosts {
      hosts[host.id] = host
      free[host.id] = host.guestMemory(capacity)
      freeCPUs[host.id] = host.guestCPUs(capacity)
      for pool in host.storage { space[host.id, default: [:]][pool.datastore] = pool.free ?? .gibibytes(1e6) }
    }
    for vm in world.inventory.virtualMachines {
      hostOf[vm.id] = vm.host
      if vm.holdsRoom(on: world.inventory.platform) {
        free[vm.host, default: .zero] -= vm.memory
        freeCPUs[vm.host, default: 0] -= vm.vcpus
      }
    }
    var time = 0.0
    for vm in world.inventory.virtualMachines where vm.host == drain {
      let mode = mode(of: vm)
      guard let destination = world.inventory.hosts.first(where: { takes($0, vm, mode) }) else {
        builder.leave(vm.id, on: drain)
        continue
      }
      place(vm, on: destination.id)
      time = builder.add(vm, to: destination.id, mode, at: time, batch: builder.steps.count + 1)
    }
  }

  private func mode(of vm: VirtualMachine) -> MigrationMode {
    if vm.state == .stopped || !vm.devices.isEmpty { return .cold }
    return vm.disks.contains { ["ssd", "nvme"].contains($0.datastore) } ? .block : .live
  }

  private func takes(_ host: Host, _ vm: VirtualMachine, _ mode: MigrationMode) -> Bool {
    let source = hosts[vm.host]
    let pools = space[host.id] ?? [:]
    let sameCPU = vm.cpuModel?.hasPrefix("host-") != true || host.cpuModel == source?.cpuModel
    let namedCPU =
      vm.cpuModel == nil || vm.cpuModel?.hasPrefix("host-") == true || host.cpuModel == vm.cpuModel
      || host.cpuModels.contains(vm.cpuModel ?? "")
    let hasRoom =
      !vm.holdsRoom(on: builder.inventory.platform)
      || (vm.memory <= free[host.id] ?? .zero && vm.vcpus <= freeCPUs[host.id] ?? 0)
    return host.id != vm.host && hasRoom && sameCPU && namedCPU
      && vm.cpuFeatures.allSatisfy { host.cpuFeatures.contains($0) }
      && (vm.zone == nil || vm.zone == host.zone)
      && vm.disks.allSatisfy { disk in pools[disk.datastore].map { disk.allocated <= $0 } ?? false }
      && builder.inventory.groups.allSatisfy { permits($0, vm, host) }
  }

  private func permits(_ group: PlacementGroup, _ vm: VirtualMachine, _ host: Host) -> Bool {
    guard group.strictness == .hard, group.members.contains(vm.id) else { return true }
    let others = group.members.filter { $0 != vm.id }.compactMap { hostOf[$0].flatMap { hosts[$0] } }
    let places = others.compactMap { $0.place(in: group.scope) }
    let here = host.place(in: group.scope) ?? ""
    return group.relation == .affinity
      ? places.allSatisfy { $0 == here } : !places.contains(here)
  }

  private mutating func place(_ vm: VirtualMachine, on host: Host.ID) {
    hostOf[vm.id] = host
    if vm.holdsRoom(on: builder.inventory.platform) {
      free[host, default: .zero] -= vm.memory
      freeCPUs[host, default: 0] -= vm.vcpus
    }
    for disk in vm.disks { space[host]?[disk.datastore, default: .zero] -= disk.allocated }
  }
}
