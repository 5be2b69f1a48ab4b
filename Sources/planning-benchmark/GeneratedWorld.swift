import Quantities

/// The hosts, guests and groups of a generated cluster, and their text.
struct GeneratedWorld {
  struct Guest {
    let name: String
    let host: Int
    let mebibytes: Int
    let vcpus: Int
    let pools: [(name: String, gibibytes: Int)]
    let isStopped: Bool
    let features: [String]
    /// Megabytes a second.
    let dirtyRate: Double
  }

  static let hostsPerRack = 40
  private static let hostMebibytes = 393_216
  /// Of a host's memory, on the average.
  private static let load = 0.54
  private static let models = [
    (name: "broadwell", features: ["v3", "bdw"]), ("skylake", ["v3", "bdw", "avx512"]),
    ("icelake", ["v3", "bdw", "avx512", "vbmi2"]), ("milan", ["v3", "zen3"]),
  ]
  /// Virtual CPUs and GiB of memory, the common ones more often.
  private static let flavours = [
    (1, 2), (1, 2), (1, 2), (2, 4), (2, 4), (2, 4), (2, 4), (2, 4), (2, 8), (2, 8), (2, 8), (4, 8), (4, 8),
    (4, 8), (4, 16), (4, 16), (8, 16), (8, 32), (16, 64),
  ]

  let hosts: Int
  private(set) var guests: [Guest] = []
  private var groups: [(name: String, policy: String, scope: String, members: [Int])] = []
  private var chance = SeededGenerator(seed: 40)

  init(hosts: Int) {
    self.hosts = hosts
  }

  static func hostName(_ host: Int) -> String { "h\(padded(host + 1, 5))" }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func rack(_ host: Int) -> Int { host / hostsPerRack }

  private static func model(_ host: Int) -> (name: String, features: [String]) {
    models[rack(host) % models.count]
  }

  /// Puts guests on every host until it is as full as the others.
  mutating func fill() {
    for host in 0..<hosts {
      var left = Int(Double(Self.hostMebibytes) * chance.number(in: Self.load - 0.1...Self.load + 0.1))
      while left > 0 {
        let guest = guest(on: host)
        left -= guest.mebibytes
        guests.append(guest)
      }
    }
  }

  private mutating func guest(on host: Int) -> Guest {
    let (vcpus, gibibytes) = chance.pick(Self.flavours)
    let pool = chance.fraction()
    var pools = [(pool < 0.57 ? "ceph" : pool < 0.93 ? "nfs" : "local-disk", chance.integer(in: 1...8) * 10)]
    if chance.chance(0.13) { pools.append(("ceph", 100)) }
    let activity = chance.fraction()
    let rate =
      activity < 0.85
      ? chance.number(in: 0.2...2)
      : activity < 0.985 ? chance.number(in: 5...60) : chance.number(in: 150...400)
    return Guest(
      name: "vm\(Self.padded(guests.count + 1, 6))", host: host, mebibytes: gibibytes * 1024, vcpus: vcpus,
      pools: pools, isStopped: chance.chance(0.03),
      features: chance.chance(0.1) ? Self.model(host).features : ["v3"], dirtyRate: rate)
  }

  /// Groups that hold now: of three on different hosts or in different racks, and pairs on one host.
  mutating func group() {
    guard guests.count > 3 else { return }
    for number in 0..<max(1, hosts / 2) {
      apart("anti-affinity-\(number)", scope: "host") { $0 }
    }
    for number in 0..<hosts / 10 {
      apart("rack-anti-affinity-\(number)", scope: "rack", place: Self.rack)
      let one = chance.integer(in: 0...(guests.count - 2))
      if guests[one].host == guests[one + 1].host {
        groups.append(("affinity-\(number)", "affinity", "host", [one, one + 1]))
      }
    }
  }

  private mutating func apart(_ name: String, scope: String, place: (Int) -> Int) {
    var members: [Int] = []
    for _ in 0..<20 where members.count < 3 {
      let guest = chance.integer(in: 0...(guests.count - 1))
      if !members.contains(where: { place(guests[$0].host) == place(guests[guest].host) }) {
        members.append(guest)
      }
    }
    groups.append((name, "anti-affinity", scope, members))
  }
}

// As text.
extension GeneratedWorld {
  func inventory(name: String) -> String {
    let racks = 0...Self.rack(max(0, hosts - 1))
    return """
      {"format": "evac.inventory/1", "name": "\(name)", "platform": "nova",
      "links": [\(racks.map { #"{"name": "r\#($0)-uplink", "bandwidth": "160000 Mbit/s"}"# }.joined(separator: ", "))],
      "storage": [{"name": "ceph", "kind": "shared"}, {"name": "nfs", "kind": "shared"}, \
      {"name": "local-disk", "kind": "local"}],
      "hosts": [
      \((0..<hosts).map(hostText).joined(separator: ",\n"))
      ], "vms": [
      \(guests.map(guestText).joined(separator: ",\n"))
      ], "groups": [
      \(groups.map(groupText).joined(separator: ",\n"))
      ]}

      """
  }

  private func hostText(_ host: Int) -> String {
    let model = Self.model(host)
    let rack = Self.rack(host)
    return
      #"{"name": "\#(Self.hostName(host))", "state": "up", "cpus": 64, "memory": "\#(Self.hostMebibytes) MiB", "#
      + #""reserved_memory": "4096 MiB", "migration_bandwidth": "25000 Mbit/s", "zone": "az\#(rack % 3)", "#
      + #""rack": "r\#(rack)", "storage": ["ceph", "nfs", {"name": "local-disk", "free": "5000 GiB"}], "#
      + #""links": ["r\#(rack)-uplink"], "cpu_model": "\#(model.name)", "cpu_features": \#(Self.list(model.features))}"#
  }

  private func guestText(_ guest: Guest) -> String {
    let disks = guest.pools.enumerated().map { number, pool in
      #"{"name": "d\#(number)", "storage": "\#(pool.name)", "size": "\#(pool.gibibytes) GiB", "write_rate": "0 MB/s"}"#
    }
    let rate = guest.dirtyRate.text(places: 1)
    return #"{"name": "\#(guest.name)", "host": "\#(Self.hostName(guest.host))", "#
      + #""state": "\#(guest.isStopped ? "stopped" : "running")", "vcpus": \#(guest.vcpus), "#
      + #""memory": "\#(guest.mebibytes) MiB", "disks": [\#(disks.joined(separator: ", "))], "#
      + #""workload": {"dirty_rate": "\#(rate) MB/s", "working_set": "\#(guest.mebibytes / 16) MiB"}, "#
      + #""labels": {"criticality": "normal"}, "cpu_features": \#(Self.list(guest.features))}"#
  }

  private func groupText(_ group: (name: String, policy: String, scope: String, members: [Int])) -> String {
    #"{"name": "\#(group.name)", "policy": "\#(group.policy)", "scope": "\#(group.scope)", "#
      + #""members": \#(Self.list(group.members.map { guests[$0].name }))}"#
  }

  private static func list(_ names: [String]) -> String {
    "[" + names.map { #""\#($0)""# }.joined(separator: ", ") + "]"
  }

  /// With rules for each guest on the hosts in `drained`, or without any.
  func policy(name: String, drained: Set<Int>, isPrescribed: Bool) -> String {
    let rules = isPrescribed ? guests.filter { drained.contains($0.host) }.map(rule) : []
    return """
      {"format": "evac.policy/1", "name": "\(name)", "concurrency": {"max_concurrent_live_migrations": 4,
      "max_concurrent_cold_migrations": 4, "max_incoming_per_host": 2,
      "max_concurrent_per_cluster": \(max(8, drained.count)), "batching": "rolling"},
      "network": {"usable_share": "100 %"\(isPrescribed ? #", "bandwidth_limit_per_migration": "4000 Mbit/s""# : "")},
      "precopy": {"downtime_limit": "300 ms", "auto_converge": false, "post_copy": false},
      "cold": {"allowed": true, "shutdown": "30 s", "boot": "0 s"}, "rules": [
      \(rules.joined(separator: ",\n"))
      ]}

      """
  }

  /// As long as its memory takes at the cap, and five seconds around it; cold where it is stopped or writes more than
  /// half of the cap.
  private func rule(_ guest: Guest) -> String {
    let isLocal = guest.pools.contains { $0.name == "local-disk" }
    let mode = guest.isStopped || guest.dirtyRate > 250 ? "cold" : isLocal ? "block" : "live"
    let seconds = mode == "cold" ? 52 : 5 + guest.mebibytes / 476
    return #"{"match": {"name": "\#(guest.name)"}, "modes": ["\#(mode)"], "duration": "\#(seconds) s"}"#
  }
}
