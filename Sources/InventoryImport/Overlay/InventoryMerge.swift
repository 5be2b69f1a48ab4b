import EvacuationModel
import Quantities

extension ImportedPicture {
  /// Adds what `other` knows: hosts, pools, guests and groups that are missing here, and values that are missing of
  /// those that are in both. Hosts are the same by name, guests by id, else by name and host. What is measured (dirty
  /// rates, touched memory, disk writes) is taken from `other`.
  public mutating func merge(_ other: ImportedPicture) {
    remarks += other.remarks
    assumptions.add(other.assumptions)
    carried += other.carried
    settings = settings ?? other.settings
    guard let inventory, let more = other.inventory else { return self.inventory = nil }
    var merge = InventoryMerge(inventory)
    merge.add(more)
    self.inventory = merge.inventory
    remarks += merge.findings
    // Guests have become known, and some have other names now.
    guard let kind = assumptions.all.first(where: { $0.kind.topic == .workload })?.kind else { return }
    assumptions.remove { $0.kind.topic == .workload }
    assumptions.add(kind, about: Self.unknownWorkloads(of: merge.inventory))
  }
}

/// One inventory that others are added to.
private struct InventoryMerge {
  var inventory: Inventory
  var findings: [Finding] = []

  init(_ inventory: Inventory) { self.inventory = inventory }

  mutating func add(_ other: Inventory) {
    let knownLinks = Set(inventory.links.map(\.id))
    inventory.links += other.links.filter { !knownLinks.contains($0.id) }
    addDatastores(other.datastores)
    for host in other.hosts { add(host) }
    addGuests(other)
    inventory.capturedAt = [inventory.capturedAt, other.capturedAt].compactMap(\.self).min()
    inventory.release = inventory.release ?? (inventory.platform == other.platform ? other.release : nil)
  }

  private mutating func addDatastores(_ stores: [Datastore]) {
    for store in stores {
      guard let index = inventory.datastores.firstIndex(where: { $0.id == store.id }) else {
        inventory.datastores.append(store)
        continue
      }
      if inventory.datastores[index].kind != store.kind {
        findings.append(
          Finding(
            .inconsistent, place: store.id.name,
            message:
              "is \(inventory.datastores[index].kind.rawValue) in one inventory and \(store.kind.rawValue) in another",
            help: "the first counts; say which is right with --overlay"))
      }
      inventory.datastores[index].read = inventory.datastores[index].read ?? store.read
      inventory.datastores[index].write = inventory.datastores[index].write ?? store.write
    }
  }

  private mutating func add(_ host: Host) {
    guard let index = inventory.hosts.firstIndex(where: { $0.id == host.id }) else {
      return inventory.hosts.append(host)
    }
    var known = inventory.hosts[index]
    known.cpuModel = known.cpuModel ?? host.cpuModel
    if known.cpuModels.isEmpty { known.cpuModels = host.cpuModels }
    if known.cpuFeatures.isEmpty { known.cpuFeatures = host.cpuFeatures }
    known.zone = known.zone ?? host.zone
    known.rack = known.rack ?? host.rack
    known.version = known.version ?? host.version
    known.labels = Self.union(known.labels, host.labels)
    let reached = Set(known.storage.map(\.datastore))
    known.storage += host.storage.filter { !reached.contains($0.datastore) }
    inventory.hosts[index] = known
  }

  private static func union(_ first: Labels, _ second: Labels) -> Labels {
    Labels((second.pairs + first.pairs).map { ($0.key, $0.value) })
  }

  private mutating func addGuests(_ other: Inventory) {
    var byID: [String: Int] = [:]
    var byPlace: [String: Int] = [:]
    var taken: Set<String> = []
    for (index, vm) in inventory.virtualMachines.enumerated() {
      if let id = vm.platformID { byID[id] = index }
      byPlace["\(vm.host.name)\u{0}\(vm.id.name)"] = index
      taken.insert(vm.id.name)
    }
    var names: [VirtualMachine.ID: VirtualMachine.ID] = [:]
    for guest in other.virtualMachines {
      let place = byPlace["\(guest.host.name)\u{0}\(guest.id.name)"]
      if let index = guest.platformID.flatMap({ byID[$0] }) ?? place {
        names[guest.id] = inventory.virtualMachines[index].id
        fill(index, from: guest)
        continue
      }
      var guest = guest
      let name = guest.id.name
      let candidates = [name, "\(name) (\(guest.host))"] + (2...9999).lazy.map { "\(name) \($0)" }
      let free = candidates.first { !taken.contains($0) } ?? name
      taken.insert(free)
      names[guest.id] = VirtualMachine.ID(free)
      guest.id = VirtualMachine.ID(free)
      inventory.virtualMachines.append(guest)
    }
    let known = Set(inventory.groups.map(\.id))
    inventory.groups += other.groups.filter { !known.contains($0.id) }.map { group in
      var group = group
      group.members = group.members.map { names[$0] ?? $0 }
      return group
    }
  }

  private mutating func fill(_ index: Int, from other: VirtualMachine) {
    var vm = inventory.virtualMachines[index]
    if vm.host != other.host {
      findings.append(
        Finding(
          .inconsistent, place: vm.id.name,
          message:
            "is on \(shown(vm.host.name)) in one inventory and on \(shown(other.host.name)) in another",
          help: "the first counts; take both at one moment"))
    }
    vm.platformID = vm.platformID ?? other.platformID
    vm.memoryTouched = other.memoryTouched.map { min($0, vm.memory) } ?? vm.memoryTouched
    vm.cpuModel = vm.cpuModel ?? other.cpuModel
    if vm.cpuFeatures.isEmpty { vm.cpuFeatures = other.cpuFeatures }
    vm.zone = vm.zone ?? other.zone
    if vm.devices.isEmpty { vm.devices = other.devices }
    vm.labels = Self.union(vm.labels, other.labels)
    vm.migrationBandwidthLimit = vm.migrationBandwidthLimit ?? other.migrationBandwidthLimit
    let (own, new) = (vm.memoryActivity, other.memoryActivity)
    vm.memoryActivity = MemoryActivity(
      intensity: own.intensity ?? new.intensity,
      dirtyRates: new.dirtyRates.isEmpty ? own.dirtyRates : new.dirtyRates,
      writeRate: new.writeRate ?? own.writeRate,
      workingSet: new.workingSet.map { min($0, vm.memory) } ?? own.workingSet,
      cpuUse: new.cpuUse ?? own.cpuUse)
    if vm.disks.isEmpty { vm.disks = other.disks }
    for disk in vm.disks.indices {
      guard let measured = other.disks.first(where: { $0.name == vm.disks[disk].name }) else { continue }
      vm.disks[disk].used = vm.disks[disk].used ?? measured.used.map { min($0, vm.disks[disk].size) }
      if measured.writeRate > .zero { vm.disks[disk].writeRate = measured.writeRate }
    }
    inventory.virtualMachines[index] = vm
  }
}
