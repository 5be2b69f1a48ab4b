/// A host aggregate: a named set of hosts with metadata.
struct AggregateRecord {
  let name: String
  let zone: String?
  let hosts: [String]?
  let metadata: [String: String]

  init?(_ record: OpenStackRecord) {
    let fields = record.fields
    guard let name = fields.text("Name", "name") else { return nil }
    self.name = name
    hosts = fields.texts("Hosts", "hosts")
    var metadata = fields.pairs("Properties", "properties", "metadata") ?? [:]
    let zoneOfMetadata = metadata.removeValue(forKey: "availability_zone")
    zone = fields.text("Availability Zone", "availability_zone") ?? zoneOfMetadata
    self.metadata = metadata
  }

  /// One record for each name, in their order; the most detailed that lists hosts counts.
  static func merged(_ records: [OpenStackRecord]) -> [Self] {
    var byName: [String: Self] = [:]
    for aggregate in records.compactMap(Self.init) {
      if let known = byName[aggregate.name], known.hosts != nil || aggregate.hosts == nil { continue }
      byName[aggregate.name] = aggregate
    }
    return byName.values.sorted { $0.name < $1.name }
  }
}
