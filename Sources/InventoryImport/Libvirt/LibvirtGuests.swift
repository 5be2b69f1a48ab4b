import EvacuationModel
import Quantities

/// The guests of all captures.
struct LibvirtGuests {
  private(set) var virtualMachines: [VirtualMachine] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()
  private(set) var storage: LibvirtStorage
  private let hosts: LibvirtHosts
  private let captures: [LibvirtCapture]

  init(_ captures: [LibvirtCapture], hosts: LibvirtHosts) {
    self.captures = captures
    self.hosts = hosts
    storage = LibvirtStorage(captures)
    var domains = captures.indices.flatMap { index in Self.domains(captures[index]).map { (index, $0) } }
    domains = withoutCopies(domains)
    let keys = domains.map { index, domain in domain.id ?? "\(captures[index].folder)/\(domain.name)" }
    let names = UniqueNames(zip(keys, domains).map { ($0, $1.1.novaName ?? $1.1.name) })
    for (key, (index, domain)) in zip(keys, domains) {
      add(domain, on: index, name: names.byID[key] ?? domain.name)
    }
    virtualMachines.sort { $0.id < $1.id }
    findings += names.findings
    assumptions.add(LibvirtAssumptions.locality, about: storage.assumed)
    assumptions.add(LibvirtAssumptions.size, about: storage.unsized)
  }

  /// When the captures were taken, if they say so: the oldest counts.
  var capturedAt: Instant? {
    captures.flatMap { $0.statistics.compactMap(\.collectedAt) }.min().map { Instant(secondsSince1970: $0) }
  }

  /// The domains of one host: those with a definition, then those of which only statistics tell.
  static func domains(_ capture: LibvirtCapture) -> [LibvirtDomain] {
    let statistics = Dictionary(grouping: capture.statistics, by: \.domain)
    var domains: [LibvirtDomain] = []
    var seen: Set<String> = []
    for (path, element) in capture.domains {
      let name = element.text("name") ?? ""
      guard seen.insert(element.text("uuid") ?? name).inserted else { continue }
      domains.append(LibvirtDomain(element, path: path, statistics: statistics[name] ?? []))
    }
    let defined = Set(domains.map(\.name))
    for name in statistics.keys.sorted() where !defined.contains(name) {
      domains.append(
        LibvirtDomain(
          statistics[name] ?? [], named: name, id: capture.ids[name], path: capture.folder))
    }
    return domains
  }

  /// A domain may be defined on several hosts; it is where it runs. Where it runs twice, something is badly wrong.
  private mutating func withoutCopies(
    _ domains: [(Int, LibvirtDomain)]
  ) -> [(Int, LibvirtDomain)] {
    var kept: [String: Int] = [:]
    var result: [(Int, LibvirtDomain)] = []
    for (index, domain) in domains {
      guard let id = domain.id, let known = kept[id] else {
        if let id = domain.id { kept[id] = result.count }
        result.append((index, domain))
        continue
      }
      let (other, first) = result[known]
      if first.state != .stopped, domain.state != .stopped {
        findings.append(
          Finding(
            .inconsistent, path: domain.path, place: domain.name,
            message:
              "runs on \(shown(hosts.names[other])) and on \(shown(hosts.names[index])): the first was taken",
            help: "look at virsh domstate --reason on both; a failed or unfinished migration leaves it so"))
      } else if first.state == .stopped, domain.state != .stopped {
        result[known] = (index, domain)
      }
    }
    return result
  }

  private mutating func add(_ domain: LibvirtDomain, on index: Int, name: String) {
    guard let host = hosts.hosts[index] else { return }
    guard let vcpus = domain.vcpus, let memory = domain.memory else {
      findings.append(
        Finding(
          .skippedRecord, path: domain.path, place: name, message: "left out: memory or CPUs are not told",
          help: "add the output of virsh dumpxml \(shown(domain.name))"))
      return
    }
    if !domain.isDefined { assumptions.add(LibvirtAssumptions.undefined, about: name) }
    let (model, features) = processor(domain, on: host, name: name)
    let media = domain.disks.filter { $0["device"] == "cdrom" || $0["device"] == "floppy" }
      .filter { storage.isLocalFile($0, host: index) }
      .map { AttachedDevice(kind: "local-cdrom", name: $0.first("source")?["file"] ?? "cdrom") }
    let activity = MemoryActivity(dirtyRates: dirtyRates(domain))
    let modes = Set(domain.statistics.compactMap { $0.dirtyRate?.mode }).subtracting(["page-sampling"])
    let labels = domain.labels + modes.sorted().map { ("dirty_rate_mode", $0) }
    virtualMachines.append(
      VirtualMachine(
        id: VirtualMachine.ID(name), platformID: domain.id, host: host.id, state: domain.state, vcpus: vcpus,
        memory: memory, memoryTouched: domain.touched.map { min($0, memory) }, cpuModel: model,
        cpuFeatures: features, disks: disks(domain, on: index, name: name), memoryActivity: activity,
        devices: domain.devices + media, labels: Labels(labels)))
  }

  /// A reading for each period; the last file's counts where two have the same.
  private func dirtyRates(_ domain: LibvirtDomain) -> [DirtyRateMeasurement] {
    guard domain.state == .running else { return [] }
    var rates: [Double: DataRate] = [:]
    for reading in domain.statistics.compactMap(\.dirtyRate) { rates[reading.seconds] = reading.rate }
    return rates.map { DirtyRateMeasurement(rate: $0.value, period: Duration(clampingSeconds: $0.key)) }
      .sorted { $0.period < $1.period }
  }

  private mutating func disks(_ domain: LibvirtDomain, on index: Int, name: String) -> [VirtualDisk] {
    let sizes = LibvirtBlocks(domain, captures[index])
    return domain.disks.compactMap { element in
      guard ["disk", "lun"].contains(element["device"] ?? "disk") else { return nil }
      let target = element.first("target")?["dev"] ?? ""
      return storage.disk(
        element, host: index, statistics: sizes.blocks[target], writeRate: sizes.writeRates[target], of: name)
    }
  }

  /// The model that the guest sees. A running guest's definition has `host-model` written out.
  private mutating func processor(
    _ domain: LibvirtDomain, on host: Host, name: String
  ) -> (model: String?, features: [String]) {
    guard let processor = domain.processor else { return (nil, []) }
    switch processor["mode"] {
    case "host-passthrough", "maximum": return ("host-passthrough", [])
    case "host-model": return ("host-model", [])
    default: break
    }
    guard let model = processor.text("model") else { return (nil, []) }
    let known = hosts.hosts.compactMap(\.self)
    guard known.allSatisfy({ !$0.cpuModels.isEmpty }), ([host.cpuModel] + host.cpuModels).contains(model)
    else {
      assumptions.add(LibvirtAssumptions.model, about: name)
      return (nil, [])
    }
    // What one CPU model lists another one may include: features compare only between hosts of one model.
    guard Set(known.map(\.cpuModel)).count == 1 else { return (model, []) }
    let required = processor.all("feature").filter {
      ["require", "force"].contains($0["policy"] ?? "require")
    }
    .compactMap { $0["name"] }
    return (model, Set(required).intersection(host.cpuFeatures).sorted())
  }
}
