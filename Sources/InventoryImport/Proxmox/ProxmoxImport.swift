import EvacuationModel
import Quantities

/// An inventory from what Proxmox VE's API, `pvesh`, `qm` and its configuration files say.
public enum ProxmoxImport {
  /// Puts the listings in `files` together; they are known by their content, and their order does not matter.
  public static func picture(
    from files: [(path: String, bytes: [UInt8])], name: String
  ) -> ImportedPicture {
    let files = ProxmoxFiles(files)
    let hosts = ProxmoxHosts(files)
    let storage = ProxmoxStorage(files, nodes: hosts.hosts.map(\.id.name))
    let guests = ProxmoxGuests(files, hosts: hosts.hosts, storage: storage)
    let rules = ProxmoxRules(files, guests: guests)
    var assumptions = hosts.assumptions
    if !guests.storage.used.isEmpty {
      let unlisted = hosts.hosts.map(\.id.name).filter { !guests.storage.isListed($0) }
      assumptions.add(ProxmoxAssumptions.unlistedStorages, about: unlisted)
    }
    assumptions.add(guests.assumptions)
    assumptions.add(rules.assumptions)
    let inventory = Inventory(
      name: name, platform: .proxmox, release: release(files, hosts.hosts),
      datastores: guests.storage.datastores,
      hosts: hosts.hosts.map { host in
        var host = host
        host.storage = guests.storage.reach(of: host.id.name)
        return host
      }, virtualMachines: guests.virtualMachines.sorted { $0.id < $1.id }, groups: rules.groups)
    return ImportedPicture(
      inventory: inventory, remarks: files.findings + hosts.findings + guests.findings,
      assumptions: assumptions,
      workload: ProxmoxAssumptions.workload, settings: rules.settings)
  }

  /// The cluster's release: nodes may differ for a while, and the oldest decides.
  private static func release(_ files: ProxmoxFiles, _ hosts: [Host]) -> PlatformRelease? {
    let stated = files[.version].compactMap { $0.fields.text("version") }
    return (hosts.compactMap(\.version) + stated).sorted().lazy
      .compactMap { PlatformRelease($0, of: .proxmox) }.first
  }
}
