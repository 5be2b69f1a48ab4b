/// One object of a listing, with the file it was read from.
struct OpenStackRecord {
  /// What a listing is about.
  enum Kind: Hashable {
    case hypervisor, server, flavor, serverGroup, aggregate, service, volume
    /// Known, and of no use for an inventory: migrations, totals of all hypervisors.
    case notNeeded
  }

  let path: String
  let kind: Kind
  let fields: JSONValue

  /// Recognises a record by its fields: title case from the client's lists, lower case from its `show`
  /// commands and the API.
  init?(_ fields: JSONValue, path: String) {
    guard let kind = Self.kind(of: fields) else { return nil }
    self.path = path
    self.kind = kind
    self.fields = fields
  }

  private static func kind(of fields: JSONValue) -> Kind? {
    if fields.has("Source Compute", "source_compute") { return .notNeeded }
    if fields.has("running_vms"), fields.has("count") { return .notNeeded }
    if fields.has("Hypervisor Hostname", "hypervisor_hostname") { return .hypervisor }
    if fields.has("Binary", "binary"), fields.has("Host", "host") { return .service }
    if fields.has("Attached to", "attachments"), fields.has("Size", "size") { return .volume }
    if fields.has("Status", "status"), fields.has("Flavor", "Flavor Name", "Flavor ID", "flavor") {
      return .server
    }
    if fields.has("RAM", "ram"), fields.has("VCPUs", "vcpus") { return .flavor }
    if fields.has("Policy", "Policies", "policy", "policies"), fields.has("Name", "name") {
      return .serverGroup
    }
    if fields.has("Availability Zone", "availability_zone"),
      fields.has("Hosts", "hosts", "Properties", "properties", "metadata")
    {
      return .aggregate
    }
    return nil
  }

  /// How much it tells: 2 from `show` and the API, 1 from a long list, 0 from a short one.
  var detail: Int {
    if !fields.has("ID", "Id") { return 2 }
    return fields.has("Host", "Hosts", "Memory MB", "Properties") ? 1 : 0
  }
}
