import EvacuationModel

/// Hosts, racks and zones by number, so that places can be compared without comparing names.
struct PlaceIndex: Sendable {
  private let racks: [Int?]
  private let zones: [Int?]

  init(_ hosts: [Host]) {
    racks = Self.numbered(hosts.map { $0.place(in: .rack) })
    zones = Self.numbered(hosts.map { $0.place(in: .zone) })
  }

  /// The place of a host; `nil` where the inventory does not say.
  func place(of host: Int, in scope: PlacementGroup.Scope) -> Int? {
    switch scope {
    case .host: host
    case .rack: racks[host]
    case .zone: zones[host]
    }
  }

  private static func numbered(_ names: [String?]) -> [Int?] {
    let numbers = firstNumbers(names)
    return names.map { name in name == nil ? nil : numbers[name] }
  }
}
