import EvacuationModel
import Quantities

/// An inventory from what `virsh` printed on each host.
public enum LibvirtImport {
  /// Puts the captures in `files` together: a folder for each host, or one for a single host. Files are known by
  /// their content.
  public static func picture(
    from files: [(path: String, bytes: [UInt8])], name: String
  ) -> ImportedPicture {
    let files = LibvirtFiles(files)
    let captures = files.captures
    guard !captures.isEmpty else {
      let finding = Finding(
        .missingListing, message: "none of the files is a listing of libvirt",
        help: "give the folders that docs/collect-libvirt.sh wrote, one for each host")
      return ImportedPicture(inventory: nil, remarks: files.findings + [finding])
    }
    let hosts = LibvirtHosts(captures)
    let guests = LibvirtGuests(captures, hosts: hosts)
    var assumptions = hosts.assumptions
    assumptions.add(guests.assumptions)
    let inventory = Inventory(
      name: name, platform: .libvirt, capturedAt: guests.capturedAt, datastores: guests.storage.datastores,
      hosts: hosts.hosts.enumerated().compactMap { index, host in
        guard var host else { return nil }
        host.storage = guests.storage.reach(of: index)
        return host
      }.sorted { $0.id < $1.id },
      virtualMachines: guests.virtualMachines)
    let nothing = inventory.hosts.isEmpty ? [Self.noHost] : []
    return ImportedPicture(
      inventory: inventory, remarks: nothing + files.findings + hosts.findings + guests.findings,
      assumptions: assumptions, workload: LibvirtAssumptions.workload)
  }

  private static let noHost = Finding(
    .missingListing, message: "no host was found: neither its size nor a guest",
    help: "give the folders that docs/collect-libvirt.sh wrote, one for each host")
}
