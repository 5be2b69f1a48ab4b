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
      assumptions: assumptions, workload: RVToolsAssumptions.workload, settings: settings(files))
  }

  /// The most host failures for which a cluster's admission control keeps room.
  private static func settings(_ files: RVToolsFiles) -> ImportedSettings {
    var settings = ImportedSettings()
    let levels = files[.cluster].filter { $0.row.flag("AdmissionControlEnabled") == true }
      .compactMap { $0.row.number("Failover Level") }
    if let most = levels.max(), (1...1000).contains(most) {
      settings.set(
        "capacity", "keep_free", "{ hosts: \(Int(most)) }", source: "Failover Level of vCluster, the highest")
    }
    return settings
  }
}
