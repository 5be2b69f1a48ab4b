import Quantities

/// A hypervisor of the compute API. CPUs, memory and disk are gone from microversion 2.88 on.
struct HypervisorRecord {
  let hostname: String
  var serviceHost: String?
  var type: String?
  var state: String?
  var status: String?
  var cpus: Int?
  var memory: ByteCount?
  var freeDisk: ByteCount?
  var cpuModel: String?
  var cpuFeatures: [String]?
  var version: String?

  init?(_ record: OpenStackRecord) {
    let fields = record.fields
    guard let hostname = fields.text("Hypervisor Hostname", "hypervisor_hostname") else { return nil }
    self.hostname = hostname
    serviceHost = fields.text("service_host") ?? fields.first(["service"])?.text("host")
    type = fields.text("Hypervisor Type", "hypervisor_type")
    state = fields.text("State", "state")?.lowercased()
    status = fields.text("Status", "status")?.lowercased()
    cpus = fields.processors("vCPUs", "vcpus")
    memory = fields.mebibytes("Memory MB", "memory_mb")
    // What Nova compares a block migration's disks with; below zero when overcommitted.
    freeDisk = fields.number("disk_available_least", "free_disk_gb").map {
      .gibibytes(min(max(0, $0), 0x1p30))
    }
    let processor = Self.processor(fields)
    cpuModel = processor?.text("model")
    cpuFeatures = processor?.texts("features")
    version = fields.count("hypervisor_version").map {
      "\($0 / 1_000_000).\($0 / 1000 % 1000).\($0 % 1000)"
    }
  }

  /// `cpu_info` is an object since 2.28 and a string that holds JSON before.
  private static func processor(_ fields: JSONValue) -> JSONValue? {
    let info = fields.first(["cpu_info"])
    guard case .string(let text) = info else { return info }
    return JSONValue(parsing: Array(text.utf8))
  }

  /// What this record leaves out is taken from `other`.
  mutating func fill(from other: Self) {
    serviceHost = serviceHost ?? other.serviceHost
    type = type ?? other.type
    state = state ?? other.state
    status = status ?? other.status
    cpus = cpus ?? other.cpus
    memory = memory ?? other.memory
    freeDisk = freeDisk ?? other.freeDisk
    cpuModel = cpuModel ?? other.cpuModel
    cpuFeatures = cpuFeatures ?? other.cpuFeatures
    version = version ?? other.version
  }

  /// The hypervisors of all files, one for each host name, in the order of their names.
  static func merged(_ records: [OpenStackRecord]) -> [Self] {
    var byName: [String: Self] = [:]
    for hypervisor in records.compactMap(Self.init) {
      if byName[hypervisor.hostname]?.fill(from: hypervisor) == nil {
        byName[hypervisor.hostname] = hypervisor
      }
    }
    return byName.values.sorted { $0.hostname < $1.hostname }
  }
}
