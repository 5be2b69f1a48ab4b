import EvacuationModel
import Quantities

/// An inventory from the tabs that RVTools exports as CSV.
public enum RVToolsImport {
  /// Puts the tabs in `files` together; they are known by their columns. vInfo and vHost must be there.
  public static func picture(
    from files: [(path: String, bytes: [UInt8])], name: String
  ) -> ImportedPicture {
    let files = RVToolsFiles(files)
    let hosts = RVToolsHosts(files)
    let guests = RVToolsGuests(files, hosts: hosts)
    var assumptions = hosts.assumptions
    assumptions.add(guests.assumptions)
    let inventory = Inventory(
      name: name, platform: .vsphere, datastores: guests.storage.datastores,
      hosts: hosts.hosts.map { host in
        var host = host
        host.storage = guests.storage.reach(of: host.id)
        return host
      }, virtualMachines: guests.virtualMachines.sorted { $0.id < $1.id }, groups: guests.groups)
    return ImportedPicture(
      inventory: inventory, remarks: files.findings + hosts.findings + guests.findings,
      assumptions: assumptions,
      workload: RVToolsAssumptions.workload)
  }
}
