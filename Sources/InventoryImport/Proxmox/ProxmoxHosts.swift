import EvacuationModel
import Quantities

/// The nodes of a cluster.
struct ProxmoxHosts {
  private(set) var hosts: [Host] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()

  init(_ files: ProxmoxFiles) {
    let nodes = files[.node].filter { $0.fields.has("node") }
    var names = Set(nodes.compactMap { $0.fields.text("node") })
    names.formUnion(files[.guest].compactMap { $0.fields.text("node") })
    // Without a list of nodes, the folder `nodes/NAME` names them.
    names.formUnion(files[.nodeStatus].compactMap { Self.folderName($0.path) })
    let maintained = Set(
      files[.manager].filter { $0.fields.text("status")?.contains("maintenance") == true }
        .compactMap {
          $0.fields.text("node") ?? $0.fields.text("id")?.split(separator: ":").last.map(String.init)
        })
    var unsized: [String] = []
    for name in names.sorted() {
      let own = nodes.filter { $0.fields.text("node") == name }.map(\.fields)
      let status = files[.nodeStatus].first { PathSubject.name(in: $0.path, among: names) == name }?.fields
      let memory =
        own.lazy.compactMap { $0.bytes("maxmem") }.first ?? status?.first(["memory"])?.bytes("total")
      let cpus =
        own.lazy.compactMap { $0.processors("maxcpu") }.first
        ?? status?.first(["cpuinfo"])?.processors("cpus")
      guard let memory, memory > .zero, let cpus else {
        unsized.append(name)
        continue
      }
      let isUp = own.allSatisfy { ($0.text("status") ?? "online") == "online" }
      hosts.append(
        Host(
          id: Host.ID(name), state: isUp ? (maintained.contains(name) ? .disabled : .up) : .down, cpus: cpus,
          memory: memory, reservedMemory: min(ImportDefaults.reservedMemory, memory),
          migrationBandwidth: ImportDefaults.migrationBandwidth,
          cpuModel: status?.first(["cpuinfo"])?.text("model"), version: Self.version(status)))
    }
    findings += missing(unsized)
    assumptions.add(ProxmoxAssumptions.reserved, about: hosts.map(\.id.name))
    assumptions.add(ProxmoxAssumptions.bandwidth, about: hosts.map(\.id.name))
  }

  private func missing(_ unsized: [String]) -> [Finding] {
    let command = "pvesh get /cluster/resources --output-format json"
    if hosts.isEmpty, unsized.isEmpty {
      return [
        Finding(
          .missingListing, message: "no listing of nodes was found", help: "add the output of \(command)")
      ]
    }
    guard !unsized.isEmpty else { return [] }
    // What is offline tells nothing of itself; the guests that it holds go unplanned.
    return [
      Finding(
        .missingListing, severity: hosts.isEmpty ? .error : .warning,
        message:
          "memory and CPUs of \(counted(unsized.count, "node")) not listed, left out: \(listed(unsized))",
        help: "add the output of \(command), taken while they are online")
    ]
  }

  private static func folderName(_ path: String) -> String? {
    let parts = path.split { $0 == "/" || $0 == "\\" }.map(String.init)
    guard let index = parts.lastIndex(of: "nodes"), index + 1 < parts.count - 1 else { return nil }
    return parts[index + 1]
  }

  /// `pve-manager/8.2.4/faa83925c9641325`.
  private static func version(_ status: JSONValue?) -> String? {
    let parts = status?.text("pveversion")?.split(separator: "/") ?? []
    return parts.count > 1 ? String(parts[1]) : nil
  }
}

/// What Proxmox VE does not tell.
enum ProxmoxAssumptions {
  static let bandwidth = Assumption.Kind.migrationBandwidth(
    "Proxmox VE",
    help: "set migration_bandwidth to the speed of the network in datacenter.cfg, or give --overlay")
  static let reserved = Assumption.Kind.reservedMemory("Proxmox VE")
  static let configuration = Assumption.Kind(
    noun: "guest",
    message: "no configuration of {} was found ({names}): disks, devices and CPU type are not known",
    help: "add the output of pvesh get /nodes/NODE/qemu/VMID/config --output-format json for each")
  static let state = Assumption.Kind(
    noun: "guest", message: "no listing tells the state of {}: running assumed: {names}",
    help: "add the output of pvesh get /cluster/resources --output-format json")
  static let unlistedStorages = Assumption.Kind(
    noun: "node", message: "storages of {} not listed: all that guests use assumed: {names}",
    help: "add the output of pvesh get /cluster/resources --output-format json")
  static let storage = Assumption.Kind(
    topic: .diskLocality, noun: "disk",
    message: "no listing tells the storage of {} ({names}): local assumed",
    help: "add the output of pvesh get /storage --output-format json")
  static let size = Assumption.Kind(
    noun: "disk", message: "size of {} unknown: 1 GiB assumed: {names}",
    help: "add the output of pvesh get /nodes/NODE/storage/STORAGE/content")
  static let writeRate = Assumption.Kind(
    noun: "guest", message: "disk writes are told for a guest as a whole: taken for the largest disk of {}",
    help: "set write_rate of the disks where it matters")
  static let processor = Assumption.Kind(
    noun: "guest", message: "CPU models of the nodes are not told: {} with cpu host not checked: {names}",
    help: "add the output of pvesh get /nodes/NODE/status --output-format json for each node")
  static let preferredNodes = Assumption.Kind(
    noun: "HA rule", message: "preferred nodes of {} left out: {names}",
    help: "write the destinations as a rule of the policy where they must hold")
  static let container = Assumption.Kind(
    noun: "container", message: "{} cannot move while running: {names}",
    help: "the policy needs a rule with modes: [cold] for them; --policy-output writes it")
  static let workload = Assumption.Kind.workload(
    measure:
      "measure with: qm monitor VMID, then calc_dirty_rate 1 and info dirty_rate; give the result with --overlay"
  )
}

extension JSONValue {
  /// A number of bytes; less than nothing or more than 1 EiB counts as missing.
  func bytes(_ keys: String...) -> ByteCount? {
    guard let number = first(keys)?.number, (0...0x1p60).contains(number) else { return nil }
    return ByteCount(rounding: number)
  }
}
