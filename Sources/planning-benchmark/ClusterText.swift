import Quantities

/// A generated cluster: inventory and policy as files say them, and what to drain.
///
/// Hosts, flavours, groups and policies are of the make that operators of OpenStack clouds have: racks of one CPU
/// generation behind uplinks, shared pools and local disks, a few guests that write a lot. The same shape gives the
/// same bytes.
struct ClusterText {
  /// What is generated.
  struct Shape {
    var name: String
    var hosts: Int
    var drained: Int
    /// The drained hosts stand side by side, as when a rack is emptied; else they are spread.
    var isRack = false
    /// Modes and durations of those who leave are prescribed, and each migration is capped; else all is forecast and
    /// the links are shared freely.
    var isPrescribed = true
  }

  let shape: Shape
  let inventory: String
  let policy: String
  let drain: [String]
  let guestCount: Int

  init(_ shape: Shape) {
    var world = GeneratedWorld(hosts: shape.hosts)
    world.fill()
    world.group()
    let first = shape.isRack ? GeneratedWorld.hostsPerRack : 0
    let step = shape.isRack ? 1 : max(1, shape.hosts / max(1, shape.drained))
    let drained = (0..<shape.drained).map { (first + $0 * step) % shape.hosts }
    self.shape = shape
    inventory = world.inventory(name: shape.name)
    policy = world.policy(
      name: shape.name, drained: Set(drained), isPrescribed: shape.isPrescribed)
    drain = drained.map { GeneratedWorld.hostName($0) }
    guestCount = world.guests.count
  }
}
