import FoundationEssentials
import Quantities

/// The `nova-compute` service of a host: whether it takes arrivals, and its availability zone.
struct ServiceRecord {
  let host: String
  let zone: String?
  let isDisabled: Bool
  let isDown: Bool
  let updatedAt: String

  init?(_ record: OpenStackRecord) {
    let fields = record.fields
    guard fields.text("Binary", "binary") == "nova-compute", let host = fields.text("Host", "host") else {
      return nil
    }
    self.host = host
    zone = fields.text("Zone", "zone")
    isDisabled = fields.text("Status", "status")?.lowercased() == "disabled"
    isDown =
      fields.text("State", "state")?.lowercased() == "down"
      || fields.flag("Forced Down", "forced_down") == true
    updatedAt = fields.text("Updated At", "updated_at") ?? ""
  }

  /// The newest record of each host, in the order of their names.
  static func merged(_ records: [OpenStackRecord]) -> [Self] {
    var byHost: [String: Self] = [:]
    for service in records.compactMap(Self.init) {
      if let known = byHost[service.host], known.updatedAt >= service.updatedAt { continue }
      byHost[service.host] = service
    }
    return byHost.values.sorted { $0.host < $1.host }
  }

  /// When it reported last. Nova writes UTC without saying so; whole seconds are kept.
  var instant: Instant? {
    let seconds = updatedAt.prefix(19).replacing(" ", with: "T")
    guard seconds.utf8.count == 19, let date = try? Date("\(seconds)Z", strategy: .iso8601) else {
      return nil
    }
    return Instant(secondsSince1970: date.timeIntervalSince1970)
  }
}
