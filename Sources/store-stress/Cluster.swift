/// A host with many small guests, so that its plan has many steps that depend on nothing, and one with a few, whose plans
/// are made quickly.
enum Cluster {
  /// The host whose plan is recorded.
  static let large = "large"
  /// The host whose plans are killed.
  static let small = "small"

  static func inventory(guests: Int) -> String {
    let hosts = [large, small, "other"].map { name in
      "  - {name: \(name), cpus: 9999, memory: 90 TiB, migration_bandwidth: 100 Gbit/s, storage: [shared]}\n"
    }
    let vms = (0..<guests + 3).map { number in
      let host = number < guests ? large : small
      return "  - {name: vm-\(number), host: \(host), state: stopped, vcpus: 1, memory: 1 GiB}\n"
    }
    return """
      format: evac.inventory/1
      name: stress
      platform: generic
      storage: [{name: shared, kind: shared}]
      hosts:
      \(hosts.joined())vms:
      \(vms.joined())
      """
  }

  static let policy = """
    format: evac.policy/1
    name: stress
    concurrency:
      max_concurrent_live_migrations: unlimited
      max_concurrent_cold_migrations: unlimited

    """
}
