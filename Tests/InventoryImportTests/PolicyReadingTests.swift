import EvacuationModel
import InventoryImport
import Quantities
import Testing

/// What reading `text` as a policy finds.
private func policyFindings(_ text: String, _ platform: Platform = .nova) -> String {
  let bytes = [UInt8]("format: evac.policy/1\n\(text)".utf8)
  return printed(PolicyReader.read(bytes, path: "p.yaml", platform: platform).findings)
}

private func policy(_ text: String, _ platform: Platform = .nova) throws -> Policy {
  let bytes = [UInt8]("format: evac.policy/1\n\(text)".utf8)
  return try #require(PolicyReader.read(bytes, path: "p.yaml", platform: platform).value).policy
}

@Suite struct `Reading a policy` {
  @Test func `a file with nothing in it is the platform's own defaults`() throws {
    for platform in Platform.allCases {
      #expect(try policy("name: x", platform) == Policy(name: "x", platform: platform))
    }
  }

  @Test func `every section of the format arrives`() throws {
    let reading = PolicyReader.read(try fixture("nova.yaml"), path: "nova.yaml", platform: .nova)
    #expect(printed(reading.findings) == "")
    let policy = try #require(reading.value).policy
    #expect(policy.name == "nova-default")
    #expect(policy.concurrency.coldOutboundPerHost == .atMost(2))
    #expect(policy.network.streamRate == .megabytesPerSecond(459))
    #expect(policy.network.fixedTime.block == .seconds(2))
    #expect(
      policy.precopy
        == PreCopyPolicy(
          downtimeLimit: .ladder(final: .milliseconds(400), steps: 5, delayPerGibibyte: .seconds(30)),
          autoConverge: AutoConverge(initial: .percent(30), maximum: .percent(80)),
          postCopy: PostCopyPolicy(after: .seconds(300)), xbzrle: XBZRLE(cache: .mebibytes(64)),
          completionTimeout: .perGibibyte(.seconds(800)), timeoutAction: .forceComplete))
    #expect(policy.cold == ColdPolicy(shutdown: .seconds(30)))
    #expect(policy.capacity == CapacityPolicy(memoryOvercommit: 1.5, keepFree: .hosts(1)))
    #expect(policy.maintenance.maxHostsOut == .atMost(2))
    #expect(policy.window.duration == .seconds(4 * 3600))
    #expect(policy.window.confidence == .percent(95))
  }

  @Test func `a rule changes what it names and keeps the rest`() throws {
    let effective = PolicyReader.read(try fixture("nova.yaml"), path: "nova.yaml", platform: .nova)
    let policy = try #require(effective.value).policy
    let rules = policy.rules.rules
    #expect(rules.map(\.match.name) == ["db-*", "cache-7"])
    #expect(rules.map(\.modes) == [[.live], []])
    var wanted = policy.precopy
    wanted.downtimeLimit = .ladder(final: .milliseconds(100), steps: 5, delayPerGibibyte: .seconds(30))
    wanted.autoConverge = nil
    #expect(rules.first?.precopy == wanted)
    #expect(rules.first?.cold == nil)
    #expect(rules.last?.cold == ColdPolicy(shutdown: .seconds(30), boot: .seconds(300)))
    #expect(rules.last?.destinations == [.init("compute-09")])
    #expect(rules.last?.duration == .seconds(41))
    #expect(rules.last?.priority == 5)
  }

  @Test func `every setting says where it comes from`() throws {
    let bytes = [UInt8](
      "format: evac.policy/1\nprecopy:\n  downtime_limit: 400 ms\nnetwork: { tunnelled: true }\n".utf8)
    let settings = try #require(PolicyReader.read(bytes, path: "p.yaml", platform: .nova).value).settings
    func line(_ key: String) -> String? {
      settings.first { $0.key == key }.map { "\($0.value) (\($0.origin))" }
    }
    #expect(line("precopy.downtime_limit") == "400 ms (p.yaml:3)")
    #expect(
      line("precopy.downtime_growth")
        == "ladder (default: Nova [libvirt] live_migration_downtime, _steps, _delay)")
    #expect(line("network.tunnelled") == "true (p.yaml:4)")
    #expect(line("network.usable_share") == "80 % (default: leaves room for the guests' own traffic)")
    #expect(
      line("network.stream_rate")
        == "415 MiB/s (default: one QEMU migration thread on a current CPU; measure yours; times 43.5 %: "
        + "libvirt tunnel against direct, OSIC benchmark 2017)")
    #expect(
      settings.map(\.key) == [
        "concurrency.max_concurrent_live_migrations", "concurrency.max_incoming_per_host",
        "concurrency.max_concurrent_per_cluster", "concurrency.max_concurrent_cold_migrations",
        "concurrency.batching", "network.usable_share", "network.bandwidth_limit_per_migration",
        "network.tunnelled", "network.ssh_tunnel", "network.multifd_channels", "network.stream_rate",
        "network.disk_rate", "network.fixed_time",
        "calibration", "precopy.downtime_limit", "precopy.downtime_growth", "precopy.downtime_steps",
        "precopy.downtime_delay_per_gib", "precopy.auto_converge", "precopy.post_copy",
        "precopy.post_copy_switch", "precopy.xbzrle",
        "precopy.completion_timeout_per_gib", "precopy.completion_timeout", "precopy.timeout_action",
        "precopy.progress_timeout", "precopy.stall_detector",
        "cold.allowed", "cold.shutdown", "cold.boot", "capacity.cpu_overcommit", "capacity.memory_overcommit",
        "capacity.keep_free", "placement.move_others", "placement.receivers",
        "maintenance.duration_per_host",
        "maintenance.max_hosts_out", "maintenance.return_home", "window.duration", "window.start",
        "window.end", "window.confidence",
        "rules",
      ])
  }

  @Test func `the permitted pause grows as the platform does it`() throws {
    let limit = "precopy: { downtime_limit: 200 ms }"
    let pause = Duration.milliseconds(200)
    #expect(
      try policy(limit, .nova).precopy.downtimeLimit
        == .ladder(final: pause, steps: 10, delayPerGibibyte: .seconds(75)))
    #expect(try policy(limit, .proxmox).precopy.downtimeLimit == .doubling(initial: pause))
    #expect(try policy(limit, .libvirt).precopy.downtimeLimit == .fixed(pause))
    #expect(
      try policy("precopy: { downtime_limit: 200 ms, downtime_growth: none }", .nova).precopy.downtimeLimit
        == .fixed(pause))
    #expect(
      try policy("precopy: { downtime_limit: 200 ms, downtime_steps: 4 }", .libvirt).precopy.downtimeLimit
        == .ladder(final: pause, steps: 4, delayPerGibibyte: .seconds(75)))
  }

  @Test func `completion timeouts are fixed, by size, or never`() throws {
    func timeout(_ text: String, _ platform: Platform = .nova) throws -> CompletionTimeout {
      try policy("precopy: { \(text) }", platform).precopy.completionTimeout
    }
    #expect(try timeout("") == .perGibibyte(.seconds(800)))
    #expect(try timeout("completion_timeout: 10 min") == .fixed(.seconds(600)))
    #expect(try timeout("completion_timeout: never") == .never)
    #expect(try timeout("completion_timeout_per_gib: 5 s", .libvirt) == .perGibibyte(.seconds(5)))
    #expect(try timeout("completion_timeout_per_gib: never") == .never)
  }

  @Test func `switches take true, false or details`() throws {
    let on = try policy("precopy: { auto_converge: true, post_copy: true, xbzrle: true }").precopy
    #expect(on.autoConverge == AutoConverge())
    #expect(on.postCopy == PostCopyPolicy())
    #expect(on.xbzrle == XBZRLE())
    let off = try policy("precopy: { auto_converge: false, xbzrle: false }", .proxmox).precopy
    #expect(off.autoConverge == nil)
    #expect(off.xbzrle == nil)
    #expect(try policy("name: x", .proxmox).precopy.autoConverge == AutoConverge())
  }

  @Test func `thousands of rules by name are compared with an inventory`() throws {
    var inventory = Inventory(name: "x")
    inventory.hosts = [Host(id: .init("a"), cpus: 1, memory: .zero, migrationBandwidth: .zero)]
    inventory.virtualMachines = (0..<5_000).map {
      VirtualMachine(id: .init("vm-\($0)"), host: .init("a"), vcpus: 1, memory: .gibibytes(1))
    }
    var subject = Policy(name: "x", platform: .nova)
    subject.rules = PolicyRules(
      (0..<5_001).map { PolicyRule(match: RuleMatch(name: "vm-\($0)"), destinations: [.init("a")]) }
        + [PolicyRule(match: RuleMatch(host: "b*"), destinations: [.init("c")])])
    #expect(
      printed(PolicyCheck.findings(for: subject, inventory: inventory, path: "p.yaml")) == """
        p.yaml:rules[5000].match: warning[P103]: no virtual machine matches this rule
          help: check its name, host and labels; `*` and `?` are the only wildcards
        p.yaml:rules[5001].match: warning[P103]: no virtual machine matches this rule
          help: check its name, host and labels; `*` and `?` are the only wildcards
        p.yaml:rules[5001].destinations[0]: error[I102]: there is no host named "c"
          help: correct the name, or add the host to the inventory
        """)
  }
}
