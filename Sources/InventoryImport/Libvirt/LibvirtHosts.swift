import EvacuationModel
import Quantities

/// The hosts of all captures.
struct LibvirtHosts {
  /// One for each capture, in their order; `nil` where size or CPUs are not told.
  private(set) var hosts: [Host?] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()
  private(set) var names: [String] = []

  init(_ captures: [LibvirtCapture]) {
    let unique = UniqueNames(captures.map { ($0.folder, $0.name) })
    names = captures.map { unique.byID[$0.folder] ?? $0.name }
    for (name, capture) in zip(names, captures) { add(capture, named: name) }
    if captures.contains(where: { $0.hostname == nil }) {
      assumptions.add(
        LibvirtAssumptions.hostName,
        about: zip(names, captures).filter { $0.1.hostname == nil }.map(\.0))
    }
  }

  private mutating func add(_ capture: LibvirtCapture, named name: String) {
    guard let cpus = Self.cpus(capture), let memory = Self.memory(capture) else {
      return addUnsized(capture, named: name)
    }
    if let all = LibvirtText.amount(capture.facts["total"]), all < memory * 0.9 || all * 0.9 > memory {
      findings.append(
        Finding(
          .inconsistent, path: capture.folder, place: name,
          message: "nodeinfo tells \(memory) of memory, nodememstats \(all)",
          help: "the first was taken; look at free -m on the host"))
    }
    let speed = capture.linkSpeeds.max()
    assumptions.add(LibvirtAssumptions.reserved, about: name)
    assumptions.add(
      speed == nil ? LibvirtAssumptions.bandwidth : LibvirtAssumptions.fastestLink, about: name)
    let present = Self.presentModel(capture)
    hosts.append(
      Host(
        id: Host.ID(name), cpus: cpus, memory: memory,
        reservedMemory: min(ImportDefaults.reservedMemory, memory),
        migrationBandwidth: speed ?? ImportDefaults.migrationBandwidth, cpuModel: present,
        cpuModels: Self.usableModels(capture), cpuFeatures: Self.features(capture),
        version: Self.version(capture)))
  }

  /// A host of unknown size can be emptied, and must not receive.
  private mutating func addUnsized(_ capture: LibvirtCapture, named name: String) {
    let domains = LibvirtGuests.domains(capture)
    guard !domains.isEmpty else {
      findings.append(
        Finding(
          .missingListing, severity: .warning, path: capture.folder,
          message: "memory and CPUs of host \(shown(name)) are not told: left out",
          help: "add the output of virsh nodeinfo"))
      return hosts.append(nil)
    }
    let vcpus = domains.compactMap(\.vcpus).reduce(0) { min($0 + $1, 1_000_000) }
    assumptions.add(LibvirtAssumptions.unsizedHost, about: name)
    assumptions.add(LibvirtAssumptions.bandwidth, about: name)
    hosts.append(
      Host(
        id: Host.ID(name), state: .disabled, cpus: max(Self.cpus(capture) ?? vcpus, 1),
        memory: Self.memory(capture) ?? domains.compactMap(\.memory).sum() + ImportDefaults.reservedMemory,
        migrationBandwidth: capture.linkSpeeds.max() ?? ImportDefaults.migrationBandwidth,
        cpuModel: Self.presentModel(capture), cpuModels: Self.usableModels(capture),
        cpuFeatures: Self.features(capture), version: Self.version(capture)))
  }

  private static func cpus(_ capture: LibvirtCapture) -> Int? {
    let listed = capture.capabilities?.first("host", "topology")?.descendants("cpu").count
    let count = capture.facts["CPU(s)"].flatMap { Int($0) } ?? listed
    return count.flatMap { (1...1_000_000).contains($0) ? $0 : nil }
  }

  private static func memory(_ capture: LibvirtCapture) -> ByteCount? {
    let cells = capture.capabilities?.first("host", "topology")?.descendants("cell") ?? []
    let sum = cells.compactMap { cell in
      cell.first("memory").flatMap { memory in
        Double(memory.text).flatMap { LibvirtText.amount($0, unit: memory["unit"] ?? "KiB") }
      }
    }.sum()
    let memory =
      LibvirtText.amount(capture.facts["Memory size"]) ?? (sum > .zero ? sum : nil)
      ?? LibvirtText.amount(capture.facts["total"])
    return memory.flatMap { $0 > .zero ? $0 : nil }
  }

  /// What `host-model` shows a guest, else the model that libvirt takes the CPU for.
  private static func presentModel(_ capture: LibvirtCapture) -> String? {
    hostModel(capture)?.text("model") ?? capture.capabilities?.text("host", "cpu", "model")
  }

  private static func hostModel(_ capture: LibvirtCapture) -> XMLElement? {
    modes(capture).first { $0["name"] == "host-model" }
  }

  private static func modes(_ capture: LibvirtCapture) -> [XMLElement] {
    capture.domainCapabilities.flatMap { $0.first("cpu")?.all("mode") ?? [] }
  }

  private static func usableModels(_ capture: LibvirtCapture) -> [String] {
    let models = modes(capture).filter { $0["name"] == "custom" }.flatMap { $0.all("model") }
    return Set(models.filter { $0["usable"] == "yes" }.map(\.text)).sorted()
  }

  private static func features(_ capture: LibvirtCapture) -> [String] {
    let listed = capture.capabilities?.first("host", "cpu")?.all("feature") ?? []
    let model = hostModel(capture)?.all("feature").filter { $0["policy"] != "disable" } ?? []
    return Set((listed + model).compactMap { $0["name"] }).sorted()
  }

  /// `Running hypervisor: QEMU 9.2.0`.
  private static func version(_ capture: LibvirtCapture) -> String? {
    capture.facts["Running hypervisor"]?.split(separator: " ").last.map(String.init)
  }
}

/// What libvirt does not tell.
enum LibvirtAssumptions {
  static let bandwidth = Assumption.Kind.migrationBandwidth(
    "libvirt", help: "set migration_bandwidth to the speed that ethtool shows, or give it with --overlay")
  static let reserved = Assumption.Kind.reservedMemory("libvirt")
  static let unsizedHost = Assumption.Kind(
    noun: "host",
    message: "memory and CPUs of {} not told: what their guests need assumed, and no arrivals taken: {names}",
    help: "add the output of virsh nodeinfo")
  static let fastestLink = Assumption.Kind(
    topic: .migrationBandwidth, noun: "host",
    message: "which network migrations take is not told: the fastest link assumed for {}",
    help: "set migration_bandwidth where it is another one")
  static let hostName = Assumption.Kind(
    noun: "host", message: "host name taken from the folder for {}: {names}",
    help: "add the output of hostname in a file named hostname")
  static let locality = Assumption.Kind(
    topic: .diskLocality, noun: "disk",
    message: "no pool and no mount tells where {} of {names} lie: local to the host assumed",
    help: "add pool-dumpxml of each pool and /proc/mounts, or set the pool's kind to shared")
  static let size = Assumption.Kind(
    noun: "disk", message: "size of {} unknown: 1 GiB assumed: {names}",
    help: "add the output of virsh domstats --block, or of virsh domblkinfo --all")
  static let undefined = Assumption.Kind(
    noun: "VM",
    message: "no dumpxml of {} was found ({names}): devices, disks' pools and CPU model are not known",
    help: "add the output of virsh dumpxml for each")
  static let model = Assumption.Kind(
    noun: "VM", message: "which CPU models hosts can show is not told: the models of {} are not checked",
    help: "add the output of virsh domcapabilities of each host")
  static let workload = Assumption.Kind.workload(
    measure:
      "measure with: virsh domdirtyrate-calc DOMAIN --seconds 1, then virsh domstats --dirtyrate DOMAIN; "
      + "docs/collect-libvirt.sh --dirty-rate does it for all")
}
