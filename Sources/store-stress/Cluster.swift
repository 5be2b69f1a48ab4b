/// A host to drain with many small guests, so that its plan has many steps that depend on nothing: all start at once.
enum Cluster {
  static func inventory(guests: Int) -> String {
    let hosts = ["leaving", "staying"].map { name in
      "  - {name: \(name), cpus: 999, memory: 9 TiB, migration_bandwidth: 100 Gbit/s, storage: [shared]}\n"
    }
    let vms = (0..<guests).map { number in
      "  - {name: vm-\(number), host: leaving, state: stopped, vcpus: 1, memory: 1 GiB}\n"
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
