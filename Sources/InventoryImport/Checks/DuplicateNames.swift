import EvacuationModel

extension InventoryChecks {
  /// Names must be unique per kind: everything refers to things by name.
  func duplicateNames() -> [InventoryRemark] {
    duplicates(.links, inventory.links.map(\.id.name), "link")
      + duplicates(.storage, inventory.datastores.map(\.id.name), "pool")
      + duplicates(.hosts, inventory.hosts.map(\.id.name), "host")
      + duplicates(.vms, inventory.virtualMachines.map(\.id.name), "virtual machine")
      + duplicates(.groups, inventory.groups.map(\.id.name), "group") + duplicatePlatformIDs()
  }

  private func duplicates(
    _ list: InventorySubject.List, _ names: [String], _ noun: String
  ) -> [InventoryRemark] {
    var first: [String: Int] = [:]
    first.reserveCapacity(names.count)
    return names.enumerated().compactMap { index, name in
      // An empty name is a finding of its own.
      guard !name.isEmpty, let earlier = first.updateValue(index, forKey: name) else { return nil }
      first[name] = earlier
      return InventoryRemark(
        .duplicateName, .element(list, index, .key("name")),
        "\(noun) \(quoted(name)) is already \(list.rawValue)[\(earlier)]",
        help: "rename one of the two, or remove it")
    }
  }

  private func duplicatePlatformIDs() -> [InventoryRemark] {
    var first: [String: Int] = [:]
    first.reserveCapacity(inventory.virtualMachines.count)
    return inventory.virtualMachines.enumerated().compactMap { index, vm in
      guard let id = vm.platformID, let earlier = first.updateValue(index, forKey: id) else { return nil }
      first[id] = earlier
      return InventoryRemark(
        .duplicateName, severity: .warning, .element(.vms, index, .key("id")),
        "id \(quoted(id)) is also that of \(inventory.virtualMachines[earlier].id)",
        help: "commands use the id: make sure that each names one virtual machine")
    }
  }
}
