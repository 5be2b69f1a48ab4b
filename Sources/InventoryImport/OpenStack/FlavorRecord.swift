import Quantities

/// A flavor: from a flavor listing, or embedded in a server (from microversion 2.47 on), where it may be
/// no more than an id or a name.
struct FlavorRecord {
  var names: [String]
  var vcpus: Int?
  var memory: ByteCount?
  var rootDisk: ByteCount?
  var ephemeralDisk: ByteCount?
  var swap: ByteCount?
  var extraSpecs: [String: String]?

  /// The flavor that a listing or a server shows.
  init(_ fields: JSONValue) {
    names = [fields.text("ID", "id"), fields.text("Name", "name"), fields.text("original_name")]
      .compactMap(\.self)
    vcpus = fields.processors("VCPUs", "vcpus")
    memory = fields.mebibytes("RAM", "ram")
    rootDisk = fields.gibibytes("Disk", "disk")
    ephemeralDisk = fields.gibibytes("Ephemeral", "ephemeral", "OS-FLV-EXT-DATA:ephemeral")
    swap = fields.mebibytes("Swap", "swap")
    extraSpecs = fields.pairs("Properties", "properties", "extra_specs")
  }

  /// A reference by id or name; old clients print `name (id)`.
  init(reference: String) {
    names = [reference]
    if reference.hasSuffix(")"), let open = reference.lastIndex(of: "(") {
      let id = reference[reference.index(after: open)...].dropLast()
      names += [String(id), String(reference[..<open].dropLast())]
    }
  }

  /// What this record leaves out is taken from `other`.
  func filled(from other: Self?) -> Self {
    guard let other else { return self }
    var flavor = self
    flavor.vcpus = vcpus ?? other.vcpus
    flavor.memory = memory ?? other.memory
    flavor.rootDisk = rootDisk ?? other.rootDisk
    flavor.ephemeralDisk = ephemeralDisk ?? other.ephemeralDisk
    flavor.swap = swap ?? other.swap
    flavor.extraSpecs = extraSpecs ?? other.extraSpecs
    return flavor
  }

  /// All listed flavors by id and by name; ids come first, as a name may equal another flavor's id.
  static func index(_ records: [OpenStackRecord]) -> [String: Self] {
    let flavors = records.map { Self($0.fields) }
    var index: [String: Self] = [:]
    for position in 0..<3 {
      for flavor in flavors where flavor.names.indices.contains(position) {
        let key = flavor.names[position]
        index[key] = index[key]?.filled(from: flavor) ?? flavor
      }
    }
    return index
  }
}
