import EvacuationModel

/// A server of the compute API, from any listing or `server show`.
struct ServerRecord {
  let id: String
  let path: String
  let detail: Int
  var name: String?
  var status: String?
  var taskState: String?
  var powerState: String?
  var host: String?
  var zone: String?
  var pinnedZone: PinnedZone?
  var flavor: FlavorRecord?
  var bootsFromVolume: Bool?
  var volumes: [String]?
  var metadata: [String: String]?

  /// The zone asked for when the server was made; told from microversion 2.96 on.
  enum PinnedZone: Hashable {
    case none
    case zone(String)
  }

  init?(_ record: OpenStackRecord) {
    let fields = record.fields
    guard let id = fields.text("ID", "id") else { return nil }
    self.id = id
    path = record.path
    detail = record.detail
    name = fields.text("Name", "name")
    status = fields.text("Status", "status")?.uppercased()
    taskState = fields.text("Task State", "OS-EXT-STS:task_state").flatMap { $0 == "None" ? nil : $0 }
    powerState = fields.text("Power State", "OS-EXT-STS:power_state")
    host = fields.text("OS-EXT-SRV-ATTR:host", "Host", "OS-EXT-SRV-ATTR:hypervisor_hostname")
    zone = fields.text("Availability Zone", "OS-EXT-AZ:availability_zone")
    if fields.has("pinned_availability_zone") {
      pinnedZone = fields.text("pinned_availability_zone").map { .zone($0) } ?? PinnedZone.none
    }
    flavor = Self.flavor(fields)
    bootsFromVolume = Self.bootsFromVolume(fields)
    volumes = fields.ids("os-extended-volumes:volumes_attached", "volumes_attached")
    metadata = fields.pairs("metadata", "Properties", "properties")
  }

  private static func flavor(_ fields: JSONValue) -> FlavorRecord? {
    if let embedded = fields.first(["flavor"]), case .object = embedded { return FlavorRecord(embedded) }
    let references = [fields.text("Flavor ID"), fields.text("Flavor", "flavor"), fields.text("Flavor Name")]
      .compactMap(\.self)
    guard let first = references.first else { return nil }
    var flavor = FlavorRecord(reference: first)
    for reference in references.dropFirst() { flavor.names += FlavorRecord(reference: reference).names }
    return flavor
  }

  /// The image of a volume-backed server is empty or reads `N/A (booted from volume)`; with `-n` only the
  /// image's id is there.
  private static func bootsFromVolume(_ fields: JSONValue) -> Bool? {
    let keys = ["Image Name", "Image ID", "Image", "image"]
    guard keys.contains(where: { fields.has($0) }) else { return nil }
    return keys.allSatisfy { key in
      guard let image = fields.first([key]) else { return true }
      if case .object(let members) = image { return members.isEmpty }
      return image.text?.hasPrefix("N/A") ?? true
    }
  }

  private mutating func fill(from other: Self) {
    name = name ?? other.name
    status = status ?? other.status
    host = host ?? other.host
    zone = zone ?? other.zone
    powerState = powerState ?? other.powerState
    pinnedZone = pinnedZone ?? other.pinnedZone
    flavor = flavor?.filled(from: other.flavor) ?? other.flavor
    bootsFromVolume = bootsFromVolume ?? other.bootsFromVolume
    volumes = volumes ?? other.volumes
    metadata = metadata ?? other.metadata
  }

  /// One record for each id, in the order of the ids, with a warning about listings that disagree.
  static func merged(_ records: [OpenStackRecord]) -> (servers: [Self], findings: [Finding]) {
    var byID: [String: Self] = [:]
    var differing: Set<String> = []
    for server in records.compactMap(Self.init) {
      guard var known = byID[server.id] else {
        byID[server.id] = server
        continue
      }
      if known.contradicts(server) { differing.insert(server.id) }
      known.fill(from: server)
      byID[server.id] = known
    }
    let servers = byID.values.sorted { $0.id < $1.id }
    guard !differing.isEmpty else { return (servers, []) }
    let names = servers.filter { differing.contains($0.id) }.map { $0.name ?? $0.id }
    let finding = Finding(
      .inconsistent,
      message:
        "listings disagree about host or status of \(counted(names.count, "server")): \(listed(names.sorted()))",
      help: "give listings of one moment only; the most detailed one was taken, then the first by file name")
    return (servers, [finding])
  }

  private func contradicts(_ other: Self) -> Bool {
    func differ(_ one: String?, _ two: String?) -> Bool { one != nil && two != nil && one != two }
    return differ(status, other.status) || differ(host, other.host)
  }
}
