import EvacuationModel
import Quantities

/// The virtual machines of a cloud: servers with their flavors and disks put together.
struct OpenStackGuests {
  private(set) var virtualMachines: [VirtualMachine] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()
  /// The name of each imported server, by its id.
  private(set) var names: [String: VirtualMachine.ID] = [:]
  private var unsettled: [String: (remedy: String, names: [String])] = [:]
  private var busy: [String] = []
  private var unsized: [String] = []
  private let hosts: OpenStackHosts
  private let zones: Set<String>
  private let processorModels: Set<String>
  private let listedFeatures: Set<String>
  private let flavors: [String: FlavorRecord]
  private let volumeSizes: [String: ByteCount]

  init(
    servers: [ServerRecord], on hosts: OpenStackHosts, flavors: [String: FlavorRecord],
    volumeSizes: [String: ByteCount]
  ) {
    self.hosts = hosts
    zones = Set(hosts.hosts.compactMap(\.zone))
    processorModels = Set(hosts.hosts.compactMap(\.cpuModel))
    listedFeatures = Set(hosts.hosts.flatMap(\.cpuFeatures))
    self.flavors = flavors
    self.volumeSizes = volumeSizes
    let names = UniqueNames(servers.map { ($0.id, $0.name) })
    for server in servers { add(server, name: names.byID[server.id] ?? server.id) }
    virtualMachines.sort { $0.id < $1.id }
    if servers.isEmpty {
      findings.append(
        OpenStackListings.missing("no server listing was found", OpenStackListings.serverCommand))
    }
    findings += attention + names.findings
  }

  private mutating func add(_ server: ServerRecord, name: String) {
    let state: PowerState
    switch ServerState(status: server.status, powerState: server.powerState) {
    case .settled(let power): state = power
    case .unsettled(let power, let remedy):
      state = power
      unsettled[server.status ?? "", default: (remedy, [])].names.append(name)
    case .skipped(let reason): return skip(server, name, reason)
    }
    guard let hostName = server.host else { return skip(server, name, "it has no host") }
    guard let host = hosts.host(named: hostName) else {
      return skip(server, name, "no hypervisor listing has its host \(hostName)")
    }
    guard let flavor = flavor(of: server), let vcpus = flavor.vcpus, let memory = flavor.memory,
      memory > .zero
    else {
      return unsized.append(name)
    }
    if server.taskState != nil || server.status == "MIGRATING" { busy.append(name) }
    let disks = OpenStackDisks(server, flavor: flavor, volumeSizes: volumeSizes)
    let specs = ExtraSpecs(flavor.extraSpecs ?? [:])
    count(disks, of: name)
    names[server.id] = VirtualMachine.ID(name)
    virtualMachines.append(
      VirtualMachine(
        id: VirtualMachine.ID(name), platformID: server.id, host: host, state: state, vcpus: vcpus,
        memory: memory, cpuModel: processorModel(of: name), cpuFeatures: checkable(specs.cpuFeatures),
        zone: zone(of: server, name), disks: disks.disks, devices: specs.devices,
        labels: Labels((server.metadata ?? [:]).map { ($0.key, $0.value) } + specs.labels)))
  }

  private func flavor(of server: ServerRecord) -> FlavorRecord? {
    guard let own = server.flavor else { return nil }
    let listed = own.names.lazy.compactMap { flavors[$0] }.first
    return own.filled(from: listed)
  }

  private mutating func count(_ disks: OpenStackDisks, of name: String) {
    for disk in disks.disks where disk.datastore == OpenStackDisks.ephemeral {
      assumptions.add(OpenStackAssumptions.ephemeralDisk, about: "\(name) \(disk.name)")
    }
    assumptions.add(
      OpenStackAssumptions.unsizedVolume, about: repeatElement(name, count: disks.unsizedVolumes))
    if disks.hasUnsizedRoot { assumptions.add(OpenStackAssumptions.unsizedRoot, about: name) }
  }

  private mutating func zone(of server: ServerRecord, _ name: String) -> String? {
    switch server.pinnedZone {
    case .zone(let zone): return zone
    case PinnedZone.none?: return nil
    case nil:
      // One zone binds nobody, and the remark would be noise.
      guard let zone = server.zone, zones.count > 1 else { return nil }
      assumptions.add(OpenStackAssumptions.zoneBound, about: name)
      return zone
    }
  }

  private typealias PinnedZone = ServerRecord.PinnedZone

  private mutating func processorModel(of name: String) -> String? {
    guard processorModels.count > 1 else { return nil }
    assumptions.add(OpenStackAssumptions.mixedProcessors, about: name)
    return "host-model"
  }

  /// Features that some hypervisor lists. One that none lists may be part of a CPU model and cannot be
  /// checked; asking for it would bar every host.
  private mutating func checkable(_ features: [String]) -> [String] {
    let unlisted = Set(features.filter { !listedFeatures.contains($0) })
    assumptions.add(OpenStackAssumptions.uncheckedFeature, about: unlisted.sorted())
    return features.filter { listedFeatures.contains($0) }
  }

  private mutating func skip(_ server: ServerRecord, _ name: String, _ reason: String) {
    let place = server.host.map { "; whatever it still holds on \($0) is not counted" } ?? ""
    findings.append(
      Finding(
        .skippedRecord, path: server.path, place: name, message: "left out: \(reason)\(place)",
        help: "look at openstack server show \(server.id), or delete it if nobody needs it"))
  }

  private var attention: [Finding] {
    var findings = unsettled.sorted { $0.key < $1.key }.map { status, entry in
      Finding(
        .guestNotReady,
        message: "\(counted(entry.names.count, "server")) in status \(status), which Nova does not migrate: "
          + listed(entry.names.sorted()), help: entry.remedy)
    }
    if !busy.isEmpty {
      findings.append(
        Finding(
          .guestNotReady,
          message: "\(counted(busy.count, "server")) busy with a task: \(listed(busy.sorted()))",
          help: "wait until the task state is empty everywhere, then capture the listings again"))
    }
    if !unsized.isEmpty {
      findings.append(
        OpenStackListings.missing(
          "the flavor of \(counted(unsized.count, "server")) is in no listing: \(listed(unsized.sorted()))",
          OpenStackListings.flavorCommand + ", or of server show for servers whose flavor was deleted"))
    }
    return findings
  }
}
