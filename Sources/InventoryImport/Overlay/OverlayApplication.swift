import EvacuationModel
import Quantities

extension ImportedPicture {
  /// A picture of an inventory of our own. Its first lines say what was assumed when it was imported; what they say of
  /// write intensities is counted anew.
  public static func reading(_ bytes: [UInt8], path: String) -> ImportedPicture {
    let reading = InventoryReader.read(bytes, path: path)
    guard let inventory = reading.value else {
      return ImportedPicture(inventory: nil, remarks: reading.findings)
    }
    var picture = ImportedPicture(
      inventory: inventory, remarks: reading.findings.filter { $0.code != .assumption },
      workload: .workload(measure: "measure it on the hosts, and give the result with --overlay"))
    let lines = String(decoding: bytes.prefix(1 << 16), as: UTF8.self).split(whereSeparator: \.isNewline)
    picture.carried = lines.prefix { $0.hasPrefix("#") }.map { $0.dropFirst().trimming { $0 == " " } }
      .filter { $0.hasPrefix("assumed: ") && !$0.hasPrefix("assumed: write intensity of ") }
    return picture
  }

  /// Puts in what `overlay` says; where it says nothing, everything stays as it is.
  public mutating func apply(_ overlay: Overlay) {
    guard let inventory else { return }
    var application = OverlayApplication(inventory, assumptions)
    application.apply(overlay)
    self.inventory = application.inventory
    assumptions = application.assumptions
    remarks += application.findings
    let isSpeedKnown = application.inventory.hosts.allSatisfy { host in
      overlay.hosts.contains { $0.bandwidth != nil && $0.pattern.matches(host) }
    }
    if isSpeedKnown { carried.removeAll { $0.contains("does not tell the speed of the migration network") } }
  }
}

/// One overlay being put onto one inventory.
private struct OverlayApplication {
  var inventory: Inventory
  var assumptions: Assumptions
  var findings: [Finding] = []
  private let byID: [String: [Int]]
  private let byName: [String: [Int]]

  init(_ inventory: Inventory, _ assumptions: Assumptions) {
    self.inventory = inventory
    self.assumptions = assumptions
    let guests = inventory.virtualMachines.enumerated()
    byID = Dictionary(grouping: guests.filter { $1.platformID != nil }, by: { $1.platformID ?? "" }).mapValues
    {
      $0.map(\.offset)
    }
    var byName: [String: [Int]] = [:]
    for (index, guest) in guests {
      byName[guest.id.name, default: []].append(index)
      // What libvirt calls a guest that Nova made.
      for key in ["instance_name", "libvirt.domain"] {
        if let name = guest.labels[key], name != guest.id.name { byName[name, default: []].append(index) }
      }
    }
    self.byName = byName
  }

  mutating func apply(_ overlay: Overlay) {
    for store in overlay.datastores { change(store, overlay.path) }
    for entry in overlay.hosts { change(entry, overlay.path) }
    var missing: [String] = []
    for guest in overlay.guests {
      guard let index = index(of: guest, overlay.path) else {
        missing.append(guest.subject)
        continue
      }
      change(guest, at: index)
    }
    if !missing.isEmpty {
      findings.append(
        Finding(
          .unknownReference, severity: .warning, path: overlay.path,
          message: "\(counted(missing.count, "VM")) not in the inventory: \(listed(missing.sorted()))",
          help: "check ids and names; what is said of them is not used"))
    }
  }

  /// By id, else by name and host, else by a name that only one guest has.
  private func index(of guest: Overlay.Guest, _ path: String) -> Int? {
    if let id = guest.id, let found = byID[id], found.count == 1 { return found[0] }
    guard let name = guest.name, let found = byName[name] else { return nil }
    if let host = guest.host {
      let there = found.filter { inventory.virtualMachines[$0].host.name == host }
      if there.count == 1 { return there[0] }
    }
    return found.count == 1 ? found[0] : nil
  }

  private mutating func change(_ guest: Overlay.Guest, at index: Int) {
    var vm = inventory.virtualMachines[index]
    var activity = vm.memoryActivity
    activity.intensity = guest.intensity ?? activity.intensity
    activity.writeRate = guest.writeRate ?? activity.writeRate
    activity.workingSet = guest.workingSet.map { min($0, vm.memory) } ?? activity.workingSet
    activity.cpuUse = guest.cpuUse ?? activity.cpuUse
    activity = MemoryActivity(
      intensity: activity.intensity, dirtyRates: Self.merged(activity.dirtyRates, guest.dirtyRates),
      writeRate: activity.writeRate, workingSet: activity.workingSet, cpuUse: activity.cpuUse)
    vm.memoryActivity = activity
    vm.memoryTouched = guest.touched.map { min($0, vm.memory) } ?? vm.memoryTouched
    vm.migrationBandwidthLimit = guest.bandwidthLimit ?? vm.migrationBandwidthLimit
    vm.devices += guest.devices.filter { !vm.devices.contains($0) }
    if !guest.labels.isEmpty { vm.labels = Labels(vm.labels.pairs.map { ($0.key, $0.value) } + guest.labels) }
    Self.change(&vm.disks, guest)
    inventory.virtualMachines[index] = vm
    if !activity.isUnknown { assumptions.remove { $0.kind.topic == .workload && $0.subject == vm.id.name } }
    if let isShared = guest.isShared {
      moveDisks(to: isShared ? .shared : .local, reason: "overlay") { $0 == index }
    }
  }

  /// A new reading takes the place of an old one of the same period.
  private static func merged(
    _ old: [DirtyRateMeasurement], _ new: [DirtyRateMeasurement]
  ) -> [DirtyRateMeasurement] {
    let periods = Set(new.map(\.period))
    return old.filter { !periods.contains($0.period) } + new
  }

  private static func change(_ disks: inout [VirtualDisk], _ guest: Overlay.Guest) {
    for index in disks.indices {
      if let rate = guest.diskWriteRates[disks[index].name] { disks[index].writeRate = rate }
      if let used = guest.diskUse[disks[index].name] { disks[index].used = min(used, disks[index].size) }
    }
    guard let rate = guest.diskWriteRates[""],
      let largest = disks.indices.max(by: { (disks[$0].size, $1) < (disks[$1].size, $0) })
    else { return }
    disks[largest].writeRate = rate
  }

  private mutating func change(_ store: Datastore, _ path: String) {
    guard let index = inventory.datastores.firstIndex(where: { $0.id == store.id }) else {
      findings.append(
        Finding(
          .unknownReference, severity: .warning, path: path,
          message: "there is no pool named \(quoted(store.id.name))",
          help: Suggestion.help(for: store.id.name, among: inventory.datastores.map(\.id.name))))
      return
    }
    inventory.datastores[index].kind = store.kind
    inventory.datastores[index].read = store.read ?? inventory.datastores[index].read
    inventory.datastores[index].write = store.write ?? inventory.datastores[index].write
    settleLocality { $0.disks.contains { $0.datastore == store.id } }
    assumptions.remove { $0.kind.topic == .diskLocality && $0.subject == store.id.name }
  }

  private mutating func change(_ entry: Overlay.HostEntry, _ path: String) {
    let matched = inventory.hosts.indices.filter { entry.pattern.matches(inventory.hosts[$0]) }
    guard !matched.isEmpty else {
      findings.append(
        Finding(
          .unknownReference, severity: .warning, path: path, place: entry.place,
          message: "no host matches \(quoted(entry.pattern.description))",
          help: Suggestion.help(for: entry.pattern.description, among: inventory.hosts.map(\.id.name))))
      return
    }
    for index in matched {
      var host = inventory.hosts[index]
      host.migrationBandwidth = entry.bandwidth ?? host.migrationBandwidth
      host.reservedMemory = entry.reservedMemory.map { min($0, host.memory) } ?? host.reservedMemory
      host.zone = entry.zone ?? host.zone
      host.rack = entry.rack ?? host.rack
      if !entry.labels.isEmpty {
        host.labels = Labels(host.labels.pairs.map { ($0.key, $0.value) } + entry.labels)
      }
      inventory.hosts[index] = host
      let name = host.id.name
      assumptions.remove {
        $0.subject == name
          && ((entry.bandwidth != nil && $0.kind.topic == .migrationBandwidth)
            || (entry.reservedMemory != nil && $0.kind.topic == .reservedMemory))
      }
    }
    guard let isShared = entry.isShared else { return }
    let hosts = Set(matched.map { inventory.hosts[$0].id })
    let guests = inventory.virtualMachines
    moveDisks(to: isShared ? .shared : .local, reason: entry.pattern.description, hosts: hosts) {
      hosts.contains(guests[$0].host)
    }
  }

  /// Puts the disks of some guests that lie on pools of the other kind onto pools of `kind`. A pool all of whose disks
  /// are meant just changes its kind; else there is a new one beside it.
  private mutating func moveDisks(
    to kind: Datastore.Kind, reason: String, hosts: Set<Host.ID>? = nil, where isMeant: (Int) -> Bool
  ) {
    for store in inventory.datastores where store.kind != kind {
      let users = inventory.virtualMachines.indices.filter { index in
        inventory.virtualMachines[index].disks.contains { $0.datastore == store.id }
      }
      let meant = users.filter(isMeant)
      let reaching = Set(
        inventory.hosts.filter { $0.storage.contains { $0.datastore == store.id } }.map(\.id))
      guard !meant.isEmpty || hosts != nil else { continue }
      if meant.count == users.count, hosts.map({ reaching.isSubset(of: $0) }) ?? true {
        setKind(kind, of: store.id)
      } else if !meant.isEmpty {
        split(store, kind, reason: reason, guests: meant, hosts: hosts ?? reaching)
      }
    }
    let names = inventory.virtualMachines.indices.filter(isMeant).map { inventory.virtualMachines[$0].id }
    let meant = Set(names)
    settleLocality { meant.contains($0.id) }
  }

  private mutating func setKind(_ kind: Datastore.Kind, of id: Datastore.ID) {
    for index in inventory.datastores.indices where inventory.datastores[index].id == id {
      inventory.datastores[index].kind = kind
    }
    guard kind == .shared else { return }
    for host in inventory.hosts.indices {
      for index in inventory.hosts[host].storage.indices
      where inventory.hosts[host].storage[index].datastore == id {
        inventory.hosts[host].storage[index].free = nil
      }
    }
  }

  private mutating func split(
    _ store: Datastore, _ kind: Datastore.Kind, reason: String, guests: [Int], hosts: Set<Host.ID>
  ) {
    let id = Datastore.ID("\(store.id.name) \(kind.rawValue) \(reason)")
    if !inventory.datastores.contains(where: { $0.id == id }) {
      inventory.datastores.append(Datastore(id: id, kind: kind, read: store.read, write: store.write))
    }
    for index in inventory.hosts.indices where hosts.contains(inventory.hosts[index].id) {
      let free = inventory.hosts[index].storage.first { $0.datastore == store.id }?.free
      guard !inventory.hosts[index].storage.contains(where: { $0.datastore == id }) else { continue }
      inventory.hosts[index].storage.append(HostStorage(datastore: id, free: kind == .local ? free : nil))
    }
    for index in guests {
      for disk in inventory.virtualMachines[index].disks.indices
      where inventory.virtualMachines[index].disks[disk].datastore == store.id {
        inventory.virtualMachines[index].disks[disk].datastore = id
      }
    }
  }

  /// Takes back what was assumed of the disks of some guests.
  private mutating func settleLocality(_ isMeant: (VirtualMachine) -> Bool) {
    let names = Set(inventory.virtualMachines.filter(isMeant).map(\.id.name))
    assumptions.remove { assumption in
      guard assumption.kind.topic == .diskLocality else { return false }
      // A subject is a guest, or a guest and its disk.
      let owner = assumption.subject.lastIndex(of: " ").map { String(assumption.subject[..<$0]) }
      return names.contains(assumption.subject) || owner.map { names.contains($0) } == true
    }
  }
}
