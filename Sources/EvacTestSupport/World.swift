public import EvacuationModel
import Quantities

/// A generated cluster: plausible, consistent, and the same for the same seed.
///
/// Every host, guest and group draws from a stream of its own, named after it, so that a larger world
/// holds the smaller one's hosts and guests unchanged. Racks have six hosts, zones three racks.
public struct World: Sendable {
  /// Where the numbers come from.
  public let seed: UInt64
  /// How many hosts there are.
  public let hostCount: Int
  /// At most so many guests run on a host.
  public let vmsPerHost: Int
  /// No host is filled beyond this share of its memory.
  public let fill: Double
  /// The cluster.
  public var inventory: Inventory

  /// The world of `seed`: `hosts` hosts with up to `vmsPerHost` guests each, which take at most the share
  /// `fill` of a host's memory. Its groups hold where the guests run.
  public static func generated(
    seed: UInt64, hosts: Int = 12, vmsPerHost: Int = 10, fill: Double = 0.6, platform: Platform = .nova
  ) -> Self {
    var world = Self(
      seed: seed, hostCount: max(1, hosts), vmsPerHost: max(0, vmsPerHost), fill: fill,
      inventory: Inventory(name: "world-\(seed)", platform: platform))
    world.addDatastoresAndLinks()
    world.inventory.hosts = (0..<world.hostCount).map { world.host($0) }
    for index in 0..<world.hostCount {
      world.inventory.virtualMachines += world.guests(of: index)
    }
    world.addGroups()
    return world
  }

  func stream(_ name: String) -> SeededGenerator { SeededGenerator(seed: seed, stream: name) }

  static func rack(_ host: Int) -> Int { host / 6 }
  static func zone(_ host: Int) -> Int { host / 18 }
  static func numbered(_ word: String, _ number: Int, width: Int = 3) -> String {
    let digits = String(number + 1)
    return word + "-" + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private mutating func addDatastoresAndLinks() {
    inventory.datastores = [
      Datastore(id: "ceph", kind: .shared),
      Datastore(
        id: "ssd", kind: .local, read: .mebibytesPerSecond(900), write: .mebibytesPerSecond(600)),
      Datastore(id: "nvme", kind: .local),
    ]
    for zone in 0...Self.zone(hostCount - 1) {
      inventory.datastores.append(
        Datastore(id: .init(Self.numbered("ceph-zone", zone, width: 1)), kind: .shared))
    }
    for rack in 0...Self.rack(hostCount - 1) {
      let name = Self.numbered("rack", rack, width: 2) + "-uplink"
      inventory.links.append(MigrationLink(id: .init(name), bandwidth: .gigabitsPerSecond(40)))
    }
  }
}
