import EvacuationModel

extension InventoryChecks {
  /// Every name that refers to something must find it.
  func unknownReferences() -> [InventoryRemark] {
    let links = Set(inventory.links.map(\.id.name))
    let pools = Set(inventory.datastores.map(\.id.name))
    var remarks: [InventoryRemark] = []
    func check(_ name: String, _ known: Set<String>, _ noun: String, _ subject: InventorySubject) {
      guard !name.isEmpty, !known.contains(name) else { return }
      // Comparing names is slow, and a list that is missing as a whole makes a remark for each guest.
      let candidates = remarks.count < 20 && known.count <= 1_000 ? known.sorted() : []
      remarks.append(unknown(name, noun, subject, among: candidates))
    }
    for (i, host) in inventory.hosts.enumerated() {
      for (j, link) in host.links.enumerated() {
        check(link.name, links, "link", .element(.hosts, i, .key("links"), .index(j)))
      }
      for (j, storage) in host.storage.enumerated() {
        check(storage.datastore.name, pools, "pool", .element(.hosts, i, .key("storage"), .index(j)))
      }
    }
    let hosts = Set(inventory.hosts.map(\.id.name))
    for (i, vm) in inventory.virtualMachines.enumerated() {
      if hostOfGuest[i] == nil { check(vm.host.name, hosts, "host", .element(.vms, i, .key("host"))) }
      for (j, disk) in vm.disks.enumerated() {
        let subject = InventorySubject.element(.vms, i, .key("disks"), .index(j), .key("storage"))
        check(disk.datastore.name, pools, "pool", subject)
      }
    }
    let guests = inventory.groups.isEmpty ? [] : Set(inventory.virtualMachines.map(\.id.name))
    for (i, group) in inventory.groups.enumerated() {
      for (j, member) in group.members.enumerated() {
        check(member.name, guests, "virtual machine", .element(.groups, i, .key("members"), .index(j)))
      }
    }
    return remarks
  }

  private func unknown(
    _ name: String, _ noun: String, _ subject: InventorySubject, among candidates: [String]
  ) -> InventoryRemark {
    let place: String =
      switch noun {
      case "link": "links"
      case "pool": "storage"
      case "host": "hosts"
      default: "vms"
      }
    let nearest = Suggestion.nearest(to: name, among: candidates)
    return InventoryRemark(
      .unknownReference, subject, "there is no \(noun) named \(quoted(name))",
      help: nearest.map { "did you mean `\(shown($0))`?" } ?? "add it under `\(place)`, or correct the name")
  }
}
