import EvacuationModel
import Quantities

/// The hosts of a cloud: hypervisors, their compute services and their aggregates put together.
struct OpenStackHosts {
  private(set) var hosts: [Host] = []
  private(set) var findings: [Finding] = []
  /// Free space of each host's own disk, where the hypervisor tells it.
  private(set) var freeDisk: [Host.ID: ByteCount] = [:]
  private var aliases: [String: Host.ID] = [:]
  private let services: [String: ServiceRecord]
  private let aggregates: [AggregateRecord]

  init(hypervisors: [HypervisorRecord], services: [ServiceRecord], aggregates: [AggregateRecord]) {
    self.services = Dictionary(services.map { ($0.host, $0) }) { first, _ in first }
    self.aggregates = aggregates
    let virtual = hypervisors.filter { $0.type?.lowercased() != "ironic" }
    if virtual.count < hypervisors.count {
      findings.append(Self.bareMetal(hypervisors.count - virtual.count))
    }
    for hypervisor in virtual { add(hypervisor) }
    hosts.sort { $0.id < $1.id }
    findings += OpenStackListings.missing(
      hypervisors: virtual, hosts: hosts, hasServices: !services.isEmpty, aggregates: aggregates)
  }

  /// The host that a server's listing calls `name`: the service host or the hypervisor's host name.
  func host(named name: String) -> Host.ID? { aliases[name] }

  private mutating func add(_ hypervisor: HypervisorRecord) {
    let service = service(of: hypervisor)
    let preferred = Host.ID(hypervisor.serviceHost ?? service?.host ?? hypervisor.hostname)
    // One service may own several hypervisors; then only their own names tell them apart.
    let id = aliases[preferred.name] == nil ? preferred : Host.ID(hypervisor.hostname)
    aliases[id.name] = id
    aliases[hypervisor.hostname] = id
    guard let cpus = hypervisor.cpus, let memory = hypervisor.memory, memory > .zero else { return }
    guard !hosts.contains(where: { $0.id == id }) else { return }
    freeDisk[id] = hypervisor.freeDisk
    let aggregates = aggregates.filter { ($0.hosts ?? []).contains(id.name) }
    hosts.append(
      Host(
        id: id, state: state(hypervisor, service), cpus: cpus, memory: memory,
        reservedMemory: min(OpenStackAssumptions.reservedMemory, memory),
        migrationBandwidth: ImportDefaults.migrationBandwidth, cpuModel: hypervisor.cpuModel,
        cpuFeatures: (hypervisor.cpuFeatures ?? []).sorted(),
        zone: service?.zone ?? aggregates.compactMap(\.zone).first, labels: labels(aggregates),
        version: hypervisor.version))
  }

  /// The service with the hypervisor's service host or host name, or the only one that has the same name
  /// up to the first dot: hypervisors often carry a domain that the service does not.
  private func service(of hypervisor: HypervisorRecord) -> ServiceRecord? {
    if let host = hypervisor.serviceHost { return services[host] }
    if let service = services[hypervisor.hostname] { return service }
    let label = hypervisor.hostname.prefix { $0 != "." }
    let alike = services.keys.filter { $0.prefix { $0 != "." } == label }
    return alike.count == 1 ? alike.first.flatMap { services[$0] } : nil
  }

  private func state(_ hypervisor: HypervisorRecord, _ service: ServiceRecord?) -> HostState {
    if hypervisor.state == "down" || service?.isDown == true { return .down }
    if hypervisor.status == "disabled" || service?.isDisabled == true { return .disabled }
    return .up
  }

  private func labels(_ aggregates: [AggregateRecord]) -> Labels {
    let metadata = aggregates.flatMap { $0.metadata.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 } }
    return Labels(metadata + aggregates.map { ("aggregate.\($0.name)", "true") })
  }

  private static func bareMetal(_ count: Int) -> Finding {
    Finding(
      .skippedRecord, severity: .note,
      message: "\(counted(count, "bare-metal node")) left out: nothing migrates from or to Ironic nodes",
      help: "nothing to do")
  }
}
