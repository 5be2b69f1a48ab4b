import EvacuationModel
import InventoryImport
import Quantities
import Testing
import Yams

@Suite struct `Inventories as text` {
  private func read(_ text: String) throws -> [String: Any] {
    try #require(try Yams.load(yaml: text) as? [String: Any])
  }

  private func entries(_ key: String, of text: String) throws -> [[String: Any]] {
    try #require(try read(text)[key] as? [[String: Any]])
  }

  private static let host = Host(
    id: Host.ID("compute-01"), cpus: 48, memory: .gibibytes(256), migrationBandwidth: .gigabitsPerSecond(10))

  @Test func `an empty inventory has its head and empty lists`() {
    let text = InventoryText.yaml(Inventory(name: "two racks", platform: .nova))
    #expect(
      text == """
        format: evac.inventory/1
        name: "two racks"
        platform: nova
        hosts: []
        vms: []

        """)
  }

  @Test func `a whole inventory reads as people would write it`() {
    var host = Self.host
    host.state = .disabled
    host.reservedMemory = .mebibytes(512)
    host.labels = ["tier": "gold"]
    host.storage = [
      HostStorage(datastore: Datastore.ID("ceph")),
      HostStorage(datastore: Datastore.ID("raid10"), free: .gibibytes(3072)),
    ]
    let vm = VirtualMachine(
      id: VirtualMachine.ID("db-01"), platformID: "5d2c", host: host.id, vcpus: 8, memory: .gibibytes(16),
      disks: [VirtualDisk(name: "vda", datastore: Datastore.ID("raid10"), size: .gigabytes(80))],
      memoryActivity: MemoryActivity(
        dirtyRates: [DirtyRateMeasurement(rate: .mebibytesPerSecond(310))], workingSet: .gibibytes(1.5)),
      devices: [AttachedDevice(kind: "vgpu", name: "gpu0")])
    let inventory = Inventory(
      name: "small", platform: .nova,
      capturedAt: Instant(secondsSince1970: 1_796_504_400, utcOffsetSeconds: 3600),
      datastores: [Datastore(id: Datastore.ID("raid10"), kind: .local, write: .megabytesPerSecond(449))],
      hosts: [host], virtualMachines: [vm],
      groups: [
        PlacementGroup(id: PlacementGroup.ID("g"), relation: .affinity, strictness: .soft, members: [vm.id])
      ])
    #expect(
      InventoryText.yaml(inventory, remarks: ["Made by hand.", "Two\nlines"]) == """
        # Made by hand.
        # Two
        # lines
        format: evac.inventory/1
        name: small
        platform: nova
        captured_at: 2026-12-05T22:00:00+01:00
        storage:
          - { name: raid10, kind: local, write: 449 MB/s }
        hosts:
          - name: compute-01
            state: disabled
            cpus: 48
            memory: 256 GiB
            reserved_memory: 512 MiB
            migration_bandwidth: 10 Gbit/s
            labels: { tier: gold }
            storage: [ceph, { name: raid10, free: 3 TiB }]
        vms:
          - name: db-01
            id: "5d2c"
            host: compute-01
            state: running
            vcpus: 8
            memory: 16 GiB
            disks:
              - { name: vda, storage: raid10, size: 80 GB }
            workload:
              dirty_rate: [{ rate: 310 MiB/s, over: 1 s }]
              working_set: 1536 MiB
            devices:
              - { kind: vgpu, name: gpu0 }
        groups:
          - { name: g, policy: soft-affinity, scope: host, members: [db-01] }

        """)
  }

  @Test(arguments: [
    "web 1; \"prod\" $(x)", "no", "Yes", "on", "1e3", "0x10", "null", "~", "", " a ", "#x", "a #b", "a: b",
    "a:",
    "- a", "? a", "[x]", "{x}", "*x", "&x", "!x", "%x", "@x", "`x`", "'", "\\", "two\nlines", "tab\t", "\r",
    "🐘",
    "ümlaut", "\u{85}", "\u{2028}", "a\u{feff}", "\u{7f}", "\u{1}", "\u{0}x", "2026-11-20", "1.5", ".inf",
    "=",
    "<<",
    "a,b", "--- x", "...", "y", "N", "nan", "plain-name_1.x", "e\u{301}", "\u{1f468}\u{200d}\u{1f469}",
  ])
  func `any name comes back as it went out`(name: String) throws {
    var host = Self.host
    host.labels = Labels([(name, name)])
    let vm = VirtualMachine(
      id: VirtualMachine.ID(name), platformID: name, host: host.id, vcpus: 1, memory: .gibibytes(1))
    let group = PlacementGroup(id: PlacementGroup.ID(name), relation: .affinity, members: [vm.id])
    let text = InventoryText.yaml(
      Inventory(name: name, hosts: [host], virtualMachines: [vm], groups: [group]), remarks: [name])
    #expect(exact(try read(text)["name"]) == scalars(name))
    let labels = try #require(try entries("hosts", of: text)[0]["labels"] as? [String: Any])
    #expect(exact(labels.keys.first) == scalars(name))
    #expect(exact(labels.values.first) == scalars(name))
    #expect(exact(try entries("vms", of: text)[0]["id"]) == scalars(name))
    #expect(exact((try entries("groups", of: text)[0]["members"] as? [Any])?.first) == scalars(name))
  }

  /// Swift compares strings by what they look like; here every scalar counts.
  private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

  private func exact(_ value: Any?) -> [Unicode.Scalar]? { (value as? String).map(scalars) }

  @Test func `a key too long for the short form is still read`() throws {
    var host = Self.host
    let key = String(repeating: "k", count: 5000)
    host.labels = Labels([(key, "v")])
    let text = InventoryText.yaml(Inventory(name: "x", hosts: [host]))
    #expect(try entries("hosts", of: text)[0]["labels"] as? [String: String] == [key: "v"])
  }

  @Test(arguments: [
    (0, "0 B"), (1, "1 B"), (1023, "1023 B"), (1024, "1 KiB"), (1000, "1 kB"), (1 << 40, "1 TiB"),
    (80_000_000_000, "80 GB"), ((1 << 30) + 1, "1073741825 B"), (3 << 39, "1536 GiB"), (1 << 50, "1 PiB"),
  ])
  func `an amount is written in the largest unit that holds it exactly`(bytes: Int, text: String) throws {
    var host = Self.host
    host.memory = ByteCount(bytes: Int64(bytes))
    let yaml = InventoryText.yaml(Inventory(name: "x", hosts: [host]))
    #expect(try entries("hosts", of: yaml)[0]["memory"] as? String == text)
    #expect(try ByteCount(parsing: text) == host.memory)
  }

  @Test(arguments: [
    (DataRate.gigabitsPerSecond(10), "10 Gbit/s"), (.gigabitsPerSecond(2.5), "2500 Mbit/s"),
    (.gigabitsPerSecond(40), "40 Gbit/s"), (.mebibytesPerSecond(900), "900 MiB/s"),
    (DataRate(bytesPerSecond: 0.1), "0.1 B/s"), (.unlimited, "unlimited"), (.zero, "0 B/s"),
  ])
  func `a network speed is written in bits where that is exact`(rate: DataRate, text: String) throws {
    var host = Self.host
    host.migrationBandwidth = rate
    let yaml = InventoryText.yaml(Inventory(name: "x", hosts: [host]))
    #expect(try entries("hosts", of: yaml)[0]["migration_bandwidth"] as? String == text)
  }

  @Test(arguments: [
    (Duration.seconds(1), "1 s"), (.milliseconds(300), "300 ms"), (.seconds(60), "1 min"),
    (.microseconds(1500), "1500 us"), (.seconds(90), "90 s"),
  ])
  func `the period of a measurement is written exactly`(period: Duration, text: String) throws {
    let activity = MemoryActivity(
      dirtyRates: [DirtyRateMeasurement(rate: .mebibytesPerSecond(5), period: period)])
    let vm = VirtualMachine(
      id: VirtualMachine.ID("a"), host: Host.ID("h"), vcpus: 1, memory: .gibibytes(1),
      memoryActivity: activity)
    let yaml = InventoryText.yaml(Inventory(name: "x", hosts: [Self.host], virtualMachines: [vm]))
    let workload = try #require(try entries("vms", of: yaml)[0]["workload"] as? [String: Any])
    let rates = try #require(workload["dirty_rate"] as? [[String: String]])
    #expect(rates == [["rate": "5 MiB/s", "over": text]])
  }

  @Test(arguments: [
    (0.0, 0, "1970-01-01T00:00:00Z"), (951_782_400, 0, "2000-02-29T00:00:00Z"),
    (-1, 0, "1969-12-31T23:59:59Z"), (0, -12_600, "1969-12-31T20:30:00-03:30"),
    (4_102_444_799.5, 0, "2099-12-31T23:59:59.500000Z"),
  ])
  func `the time of the picture keeps its zone`(seconds: Double, offset: Int, text: String) {
    let time = Instant(secondsSince1970: seconds, utcOffsetSeconds: offset)
    let yaml = InventoryText.yaml(Inventory(name: "x", capturedAt: time))
    #expect(yaml.contains("captured_at: \(text)\n"))
  }
}
