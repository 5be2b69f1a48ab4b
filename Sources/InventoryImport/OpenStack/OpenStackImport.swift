import EvacuationModel
import Quantities

/// An inventory from what the OpenStack client or the compute API printed as JSON.
public enum OpenStackImport {
  /// Puts the listings in `files` together; they are known by their content, and their order does not
  /// matter.
  ///
  /// There is no inventory when a finding is an error: something is missing without which a plan would rest on
  /// a wrong picture.
  public static func picture(
    from files: [(path: String, bytes: [UInt8])], name: String
  ) -> ImportedPicture {
    let files = OpenStackFiles(files)
    let services = ServiceRecord.merged(files[.service])
    let hosts = OpenStackHosts(
      hypervisors: HypervisorRecord.merged(files[.hypervisor]), services: services,
      aggregates: AggregateRecord.merged(files[.aggregate]))
    let (servers, disagreements) = ServerRecord.merged(files[.server])
    let guests = OpenStackGuests(
      servers: servers, on: hosts, flavors: FlavorRecord.index(files[.flavor]),
      volumeSizes: OpenStackDisks.volumeSizes(files[.volume]))
    let groups = OpenStackGroups(ServerGroupRecord.merged(files[.serverGroup]), guests: guests.names)
    var assumptions = Assumptions()
    assumptions.add(OpenStackAssumptions.bandwidth, about: hosts.hosts.map(\.id.name))
    assumptions.add(OpenStackAssumptions.reserved, about: hosts.hosts.map(\.id.name))
    assumptions.add(guests.assumptions)
    let pools = pools(of: guests.virtualMachines)
    let inventory = Inventory(
      name: name, platform: .nova, capturedAt: services.compactMap(\.instant).max(), datastores: pools,
      hosts: hosts.hosts.map { reaching(pools, $0, freeDisk: hosts.freeDisk) },
      virtualMachines: guests.virtualMachines, groups: groups.groups)
    return ImportedPicture(
      inventory: inventory,
      remarks: files.findings + hosts.findings + disagreements + guests.findings + groups.findings,
      assumptions: assumptions, workload: OpenStackAssumptions.workload)
  }

  /// The pools that a disk lies on.
  private static func pools(of guests: [VirtualMachine]) -> [Datastore] {
    let used = Set(guests.flatMap { $0.disks.map(\.datastore) })
    return [
      Datastore(id: OpenStackDisks.ephemeral, kind: .local),
      Datastore(id: OpenStackDisks.volumes, kind: .shared),
    ].filter { used.contains($0.id) }
  }

  private static func reaching(
    _ pools: [Datastore], _ host: Host, freeDisk: [Host.ID: ByteCount]
  ) -> Host {
    var host = host
    host.storage = pools.map {
      HostStorage(datastore: $0.id, free: $0.kind == .local ? freeDisk[host.id] : nil)
    }
    return host
  }
}
