import EvacuationModel
import Quantities

/// The hosts of an export.
struct RVToolsHosts {
  private(set) var hosts: [Host] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()
  /// The cluster of each host.
  private(set) var clusters: [Host.ID: String] = [:]

  init(_ files: RVToolsFiles) {
    let speeds = Self.speeds(files)
    for (path, row) in files[.host] {
      guard let name = row.text("Host"), !hosts.contains(where: { $0.id.name == name }) else { continue }
      guard let memory = RVToolsUnits.mebibytes(row.number("# Memory")), memory > .zero,
        let cpus = Self.cpus(row)
      else {
        findings.append(
          Finding(
            .skippedRecord, path: path, place: name, message: "left out: memory or CPUs are not told",
            help: "export the tab vHost again"))
        continue
      }
      add(row, Host.ID(name), memory: memory, cpus: cpus, speed: speeds[name])
    }
    if hosts.isEmpty {
      findings.append(
        Finding(
          .missingListing, message: "no tab vHost was found, or no host in it", help: "export all tabs as CSV"
        ))
    }
    hosts.sort { $0.id < $1.id }
  }

  private mutating func add(
    _ row: ListingTable.Row, _ id: Host.ID, memory: ByteCount, cpus: Int, speed: DataRate?
  ) {
    let cluster = row.text("Cluster")
    clusters[id] = cluster
    assumptions.add(RVToolsAssumptions.reserved, about: id.name)
    assumptions.add(
      speed == nil ? RVToolsAssumptions.bandwidth : RVToolsAssumptions.fastestLink, about: id.name)
    let labels = [("cluster", cluster), ("datacenter", row.text("Datacenter"))]
    let isDown = ["disconnected", "notresponding"].contains(row.text("Connection state")?.lowercased() ?? "")
    let isOut = row.flag("in Maintenance Mode") == true || row.flag("in Quarantine Mode") == true
    hosts.append(
      Host(
        id: id, state: isDown ? .down : isOut ? .disabled : .up, cpus: cpus, memory: memory,
        reservedMemory: min(RVToolsAssumptions.reservedMemory, memory),
        migrationBandwidth: speed ?? ImportDefaults.migrationBandwidth,
        cpuModel: row.text("Current EVC") ?? row.text("CPU Model"), zone: cluster,
        labels: Labels(labels.compactMap { key, value in value.map { (key, $0) } }),
        version: Self.version(row.text("ESX Version"))))
  }

  /// A core with hyper-threading is two logical CPUs.
  private static func cpus(_ row: ListingTable.Row) -> Int? {
    let cores =
      row.number("# Cores")
      ?? row.number("# CPU").flatMap { sockets in row.number("Cores per CPU").map { sockets * $0 } }
    guard let cores else { return nil }
    let threads = row.flag("HT Active") == true ? cores * 2 : cores
    return (1...1e6).contains(threads) ? Int(threads) : nil
  }

  /// `VMware ESXi 8.0.3 build-24280767`.
  private static func version(_ text: String?) -> String? {
    text?.split(separator: " ").first { $0.first?.isNumber == true }.map(String.init)
  }

  /// The fastest adapter of each host, in Mbit/s.
  private static func speeds(_ files: RVToolsFiles) -> [String: DataRate] {
    var speeds: [String: DataRate] = [:]
    for (_, row) in files[.hostAdapter] {
      guard let host = row.text("Host"), let speed = row.number("Speed"), (1...1e7).contains(speed) else {
        continue
      }
      speeds[host] = max(speeds[host] ?? .zero, .gigabitsPerSecond(speed / 1000))
    }
    return speeds
  }
}

/// RVTools writes MiB, under headers that say MB up to 3.x.
enum RVToolsUnits {
  static func mebibytes(_ number: Double?) -> ByteCount? {
    guard let number, (0...0x1p40).contains(number) else { return nil }
    return .mebibytes(number)
  }
}

/// What RVTools does not tell.
enum RVToolsAssumptions {
  /// What ESXi and its agents take.
  static let reservedMemory = ByteCount.gibibytes(4)

  static let bandwidth = Assumption.Kind.migrationBandwidth(
    "vSphere", help: "export the tab vNIC, or set migration_bandwidth to the speed of the vMotion network")
  static let fastestLink = Assumption.Kind(
    topic: .migrationBandwidth, noun: "host",
    message: "which adapter carries vMotion is not told: the fastest one assumed for {}",
    help: "set migration_bandwidth where it is another one")
  static let reserved = Assumption.Kind(
    topic: .reservedMemory, noun: "host",
    message: "RVTools does not tell what ESXi keeps: 4 GiB assumed for {}",
    help: "set reserved_memory to what esxtop shows for the VMkernel")
  static let datastore = Assumption.Kind(
    topic: .diskLocality, noun: "datastore",
    message:
      "who reaches {} is not told: {names}; shared assumed where guests of several hosts use it, else local",
    help: "export the tab vDatastore")
  static let ofOneHost = Assumption.Kind(
    topic: .diskLocality, noun: "datastore",
    message: "one host alone reaches {}: {names}; a disk there may go to any other host's own",
    help: "write destinations as a rule of the policy where it may not")
  static let disks = Assumption.Kind(
    noun: "VM", message: "no row of vDisk for {}: one disk of the total capacity assumed: {names}",
    help: "export the tab vDisk")
  static let cluster = Assumption.Kind(
    noun: "VM", message: "DRS and evacuations keep guests in their cluster: {} assumed bound to it",
    help: "remove zone where a guest may leave its cluster")
  static let hostRule = Assumption.Kind(
    noun: "VM", message: "rules tie {} to groups of hosts that RVTools does not list: {names}",
    help: "write destinations as a rule of the policy; govc cluster.rule.ls has the rules")
  static let workload = Assumption.Kind.workload(
    measure: "vSphere does not tell it; give what is known with --overlay, or classes with write_intensity")
}
