import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `A scenario` {
  static let policyText = """
    format: evac.policy/1
    name: night
    precopy: { downtime_limit: 400 ms, auto_converge: true }
    """

  private func reader(
    inventory: String = small(), policy: String = policyText
  ) throws -> ScenarioReader {
    try #require(
      ScenarioReader(
        inventory: Array(inventory.utf8), inventoryPath: "x.yaml", policy: Array(policy.utf8),
        policyPath: "p.yaml", calibration: nil))
  }

  private func change(_ key: String, _ value: String) -> ScenarioChange {
    ScenarioChange(.setting(key: key, value: value), path: "--vary \(key)")
  }

  private func policy(_ changes: ScenarioChange...) throws -> Reading<EffectivePolicy> {
    try reader().policy(with: changes, platform: .nova, release: nil)
  }

  private func file(_ text: String) -> Reading<EffectivePolicy> {
    PolicyReader.read(Array(text.utf8), path: "p.yaml", platform: .nova)
  }

  @Test func `without changes reads what the files say`() throws {
    #expect(try policy().value?.policy == file(Self.policyText).value?.policy)
    let inventory = InventoryReader.read(Array(small().utf8), path: "x.yaml")
    #expect(try reader().inventory(with: []).value == inventory.value)
  }

  /// Key, value, and the same in the policy's text.
  static let settings: KeyValuePairs<String, (value: String, text: String)> = [
    "precopy.post_copy": (
      "true", "precopy: { downtime_limit: 400 ms, auto_converge: true, post_copy: true }"
    ),
    "precopy.downtime_limit": ("1 s", "precopy: { downtime_limit: 1 s, auto_converge: true }"),
    "precopy.downtime_limit ": (
      "1 s", "precopy: { downtime_limit: 400 ms, auto_converge: true, 'downtime_limit ': 1 s }"
    ),
    "precopy.auto_converge": (
      "{ initial: 10 %, max: 50 % }",
      "precopy: { downtime_limit: 400 ms, auto_converge: { initial: 10 %, max: 50 % } }"
    ),
    "precopy.auto_converge.initial": (
      "30 %", "precopy: { downtime_limit: 400 ms, auto_converge: { initial: 30 % } }"
    ),
    "precopy.auto_converge.initial ": (
      "30 %", "precopy: { downtime_limit: 400 ms, auto_converge: { 'initial ': 30 % } }"
    ),
    "precopy": ("{ post_copy: true }", "precopy: { post_copy: true }"),
    "precopy.downtime_limit.x": ("1", "precopy: { downtime_limit: { x: 1 }, auto_converge: true }"),
    "concurrency.max_concurrent_live_migrations": (
      "0", "concurrency: { max_concurrent_live_migrations: 0 }\n\(standing)"
    ),
    "concurrency.batching": ("rolling", "concurrency: { batching: rolling }\n\(standing)"),
    "concurrency.batching ": ("rolling", "concurrency: { 'batching ': rolling }\n\(standing)"),
    "concurency.batching": ("rolling", "concurency: { batching: rolling }\n\(standing)"),
    "network.usable_share": ("120 %", "network: { usable_share: 120 % }\n\(standing)"),
    "capacity.keep_free": ("{ hosts: 1 }", "capacity: { keep_free: { hosts: 1 } }\n\(standing)"),
    "rules": (
      "[{ match: { name: web }, modes: [cold] }]",
      "rules: [{ match: { name: web }, modes: [cold] }]\n\(standing)"
    ),
    "precopy.downtime_limit  ": (
      "null", "precopy: { downtime_limit: 400 ms, auto_converge: true, 'downtime_limit  ': null }"
    ),
  ]
  private static let standing = "precopy: { downtime_limit: 400 ms, auto_converge: true }"

  @Test(arguments: settings.map { ($0.key, $0.value.value, $0.value.text) })
  func `is read as a file with the changed value is`(key: String, value: String, text: String) throws {
    let reading = try policy(change(key, value))
    let file = file("format: evac.policy/1\nname: night\n\(text)")
    #expect(reading.value?.policy == file.value?.policy)
    #expect(reading.findings.map(\.code) == file.findings.map(\.code))
    #expect(reading.findings.map(\.message) == file.findings.map(\.message))
    #expect(reading.findings.map(\.help) == file.findings.map(\.help))
    for finding in reading.findings where finding.severity == .error {
      #expect(finding.path == "--vary \(key)")
    }
  }

  @Test func `says at the option what is wrong`() throws {
    let finding = try policy(change("precopy.post_copy", "maybe")).findings.map(\.description)
    #expect(
      finding == [
        """
        --vary precopy.post_copy: error[I007]: "maybe" where `true` or `false` is needed
          help: write `true` or `false`, without quotes
        """
      ])
  }

  @Test func `changes a rule by its place in the list`() throws {
    let rules = "rules: [{ match: { name: a } }, { match: { name: b }, modes: [live] }]"
    let reader = try reader(policy: "\(Self.policyText)\n\(rules)")
    func rule(_ key: String, _ value: String) throws -> Reading<EffectivePolicy> {
      reader.policy(with: [change(key, value)], platform: .nova, release: nil)
    }
    let changed = try #require(try rule("rules[1].max_downtime", "200 ms").value?.policy.rules.rules)
    #expect(changed.map(\.maxDowntime) == [nil, .milliseconds(200)])
    #expect(changed.map(\.modes) == [nil, [.live]])
    #expect(try rule("rules[0].match.name", "c").value?.policy.rules.rules.first?.match.name == "c")
    #expect(
      try rule("rules[1]", "{ match: { name: d } }").value?.policy.rules.rules.map(\.modes) == [nil, nil])
    #expect(try rule("rules[0].max_downtime", "200").findings.map(\.path) == ["--vary rules[0].max_downtime"])
    for key in [
      "rules[2].modes", "rules[-1].modes", "rules[].modes", "rules[9223372036854775807]", "name[0]",
    ] {
      #expect(try rule(key, "[live]").findings.contains { $0.severity == .error })
    }
    #expect(
      printed(try rule("rules[2].modes", "[live]").findings) == """
        --vary rules[2].modes: error[I102]: `rules` has 2 elements, counted from 0
          help: --scenarios can write the whole list: `changes: { rules: [ … ] }`
        """)
  }

  @Test func `has the calibration that it names, or none`() throws {
    func learned(_ rate: Double) -> Calibration {
      var transport = CalibratedTransport(
        platform: .nova, transport: "direct", mode: .live, learned: .both, rows: 20, outliers: 0)
      transport.rate = .mebibytesPerSecond(rate)
      return Calibration(
        transports: [transport], source: Calibration.Source(file: "", sha256: "", rows: 20))
    }
    let reader = try #require(
      ScenarioReader(
        inventory: Array(small().utf8), inventoryPath: "x.yaml",
        policy: Array("\(Self.policyText)\ncalibration: own.json".utf8), policyPath: "p.yaml",
        calibration: learned(100), calibrations: ["other.json": learned(200)]))
    func rate(_ changes: ScenarioChange...) -> DataRate? {
      reader.policy(with: changes, platform: .nova, release: nil).value?.policy.network.streamRate
    }
    #expect(rate() == .mebibytesPerSecond(100))
    #expect(rate(change("calibration", "own.json")) == .mebibytesPerSecond(100))
    #expect(rate(change("calibration", "other.json")) == .mebibytesPerSecond(200))
    #expect(rate(change("calibration", "null")) == Policy(name: "", platform: .nova).network.streamRate)
    let named = ScenarioReader.calibrations([
      change("calibration", "a.json"), change("calibration", "null"), change("calibration", "'a.json'"),
      change("name", "b.json"),
    ])
    #expect(named.map(\.file) == ["a.json"])
  }

  @Test func `has the later of two values at one place`() throws {
    let reading = try policy(
      change("precopy", "{ downtime_limit: 1 s }"), change("precopy.downtime_limit", "2 s"),
      change("precopy.post_copy", "true"))
    let text = "format: evac.policy/1\nname: night\nprecopy: { downtime_limit: 2 s, post_copy: true }"
    #expect(reading.value?.policy == file(text).value?.policy)
  }

  @Test func `knows in its settings who said so`() throws {
    let settings = try #require(try policy(change("precopy.post_copy", "true")).value?.settings)
    #expect(settings.first { $0.key == "precopy.post_copy" }?.origin == "--vary precopy.post_copy")
    #expect(settings.first { $0.key == "precopy.downtime_limit" }?.origin == "p.yaml:3")
  }

  @Test func `changes hosts, guests and links by name or pattern`() throws {
    let text = small(more: "links:\n  - { name: core, bandwidth: 40 Gbit/s }")
    let reading = try reader(inventory: text).inventory(with: [
      change("hosts.*.migration_bandwidth", "25 Gbit/s"), change("hosts.b.state", "disabled"),
      change("vms.we?.workload.dirty_rate", "[{ rate: 310 MiB/s, over: 1 s }]"),
      change("links.core.bandwidth", "1 Gbit/s"), change("vms.web.labels.owner", "payments"),
    ])
    let inventory = try #require(reading.value)
    #expect(inventory.hosts.map(\.migrationBandwidth) == Array(repeating: .gigabitsPerSecond(25), count: 2))
    #expect(inventory.hosts.map(\.state) == [.up, .disabled])
    #expect(inventory.virtualMachines[0].memoryActivity.dirtyRates.first?.rate == .mebibytesPerSecond(310))
    #expect(inventory.virtualMachines[0].memoryActivity.intensity == .low)
    #expect(inventory.virtualMachines[0].labels["owner"] == "payments")
    #expect(inventory.links[0].bandwidth == .gigabitsPerSecond(1))
  }

  @Test func `takes the longest name with dots that something has`() throws {
    let text = small().replacing("{ name: b,", with: "{ name: b.example.org,")
    let reading = try reader(inventory: text).inventory(with: [
      change("hosts.b.example.org.memory", "96 GiB"), change("hosts.*.example.org.cpus", "12"),
    ])
    #expect(reading.value?.hosts[1].memory == .gibibytes(96))
    #expect(reading.value?.hosts.map(\.cpus) == [8, 12])
  }

  @Test func `says once what is wrong in many places`() throws {
    let reading = try reader().inventory(with: [change("hosts.*.memory", "64")])
    #expect(
      printed(reading.findings) == """
        --vary hosts.*.memory: error[I009]: "64" has no unit
          help: write "64 GiB"; a unit is never guessed
        """)
  }

  @Test func `gets one more host like another, up and empty`() throws {
    let reading = try reader(inventory: small(host: "state: disabled, rack: r1")).inventory(with: [
      ScenarioChange(.addedHost(.init("c.2"), like: .init("a")), path: "--add-host a=c.2"),
      change("hosts.c.2.cpus", "16"),
    ])
    let inventory = try #require(reading.value)
    #expect(inventory.hosts.map(\.id.name) == ["a", "b", "c.2"])
    #expect(inventory.hosts[2].state == .up)
    #expect(inventory.hosts[2].rack == "r1")
    #expect(inventory.hosts[2].cpus == 16)
    #expect(inventory.hosts[0].cpus == 8)
    #expect(inventory.virtualMachines.map(\.host.name) == ["a"])
  }

  @Test func `does without a host that is empty, and no other`() throws {
    let without = ScenarioChange(.missingHost(.init("b")), path: "--without-host b")
    #expect(try reader().inventory(with: [without]).value?.hosts.map(\.id.name) == ["a"])
    let home = ScenarioChange(.missingHost(.init("a")), path: "--without-host a")
    let reading = try reader().inventory(with: [home])
    #expect(reading.value == nil)
    #expect(reading.findings.map(\.path) == ["--without-host a"])
  }

  @Test func `has guests that write so many times as fast, whatever is known of them`() throws {
    let faster = ScenarioChange(.dirtyRate(times: 2.5), path: "--scale-dirty-rate")
    let reading = try reader().inventory(with: [faster, faster])
    #expect(reading.value?.virtualMachines.map(\.memoryActivity.pace) == [6.25])
  }

  @Test(arguments: [
    "", ".", "..", "a..b", "hosts.", "hosts..", "hosts.*", "hosts.*.", "hosts.a", "vms.nobody.memory",
    "format",
    "calibration", "name.x.y", "hosts", "rules.x", "\u{0}", "hosts.\u{7}.x",
    String(repeating: "x.", count: 20_000), "hosts.a." + String(repeating: "x.", count: 20_000),
  ])
  func `with a key that makes no sense is refused`(key: String) throws {
    let one = change(key, "{ a: 1 }")
    let reading =
      one.isAboutInventory
      ? try reader().inventory(with: [one]).findings
      : try reader().policy(with: [one], platform: .nova, release: nil).findings
    #expect(reading.contains { $0.severity == .error })
  }

  @Test(arguments: [
    "[", "{", "\"", "*x", "&x 1", "!!binary x", "a: b: c", "\t", "", "{{}: 1}", "\u{1}",
    String(repeating: "[", count: 5000), "%",
  ])
  func `with a value that is no YAML is refused`(value: String) throws {
    #expect(try policy(change("precopy.post_copy", value)).findings.contains { $0.severity == .error })
    let inventory = try reader().inventory(with: [change("hosts.a.memory", value)])
    #expect(inventory.findings.contains { $0.severity == .error })
  }
}
