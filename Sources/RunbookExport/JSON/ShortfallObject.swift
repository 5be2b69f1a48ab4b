import EvacuationModel

/// A proof that not all can leave, with numbers in the resource's unit: bytes, vCPUs or guests.
struct ShortfallObject: Encodable {
  let resource: String
  let shortBy: Int64
  let needed: Int64
  let available: Int64
  let hosts: [String]
  let vms: [String]
  let message: String

  init(_ shortfall: Shortfall) {
    resource = shortfall.resource.rawValue
    shortBy = shortfall.shortBy
    needed = shortfall.needed
    available = shortfall.available
    hosts = shortfall.hosts.map(\.name)
    vms = shortfall.vms.map(\.name)
    message = shortfall.message
  }
}
