import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Reading an inventory` {
  @Test func `YAML and JSON of one inventory give the same value`() throws {
    let yaml = InventoryReader.read(try fixture("two-racks.yaml"), path: "x")
    let json = InventoryReader.read(try fixture("two-racks.json"), path: "x")
    #expect(printed(yaml.findings) == "")
    #expect(printed(json.findings) == "")
    #expect(yaml.value != nil)
    #expect(yaml.value == json.value)
  }

  @Test func `a host has everything that the format knows`() throws {
    let inventory = try #require(InventoryReader.read(try fixture("two-racks.yaml"), path: "x").value)
    #expect(inventory.name == "two-racks")
    #expect(inventory.platform == .nova)
    #expect(inventory.capturedAt == Instant(secondsSince1970: 1_795_158_000.5, utcOffsetSeconds: 3600))
    #expect(
      inventory.links == [MigrationLink(id: .init("rack-a-uplink"), bandwidth: .gigabitsPerSecond(40))])
    #expect(
      inventory.datastores == [
        Datastore(id: .init("ceph-vms"), kind: .shared),
        Datastore(
          id: .init("raid10"), kind: .local, read: .mebibytesPerSecond(900), write: .mebibytesPerSecond(600)),
      ])
    #expect(
      inventory.hosts.first
        == Host(
          id: .init("compute-01"), cpus: 48, memory: .gibibytes(256), reservedMemory: .gibibytes(4),
          migrationBandwidth: .gigabitsPerSecond(10), links: [.init("rack-a-uplink")],
          cpuModel: "Cascadelake-Server", cpuModels: ["Skylake-Server"], cpuFeatures: ["avx512f", "avx2"],
          zone: "az1", rack: "a", labels: ["generation": "2", "owner": "Größe"], version: "8.2.0",
          storage: [
            HostStorage(datastore: .init("ceph-vms")),
            HostStorage(datastore: .init("raid10"), free: .gibibytes(3072)),
          ]))
    #expect(inventory.hosts.last?.state == .disabled)
  }

  @Test func `a guest has everything that the format knows`() throws {
    let inventory = try #require(InventoryReader.read(try fixture("two-racks.json"), path: "x").value)
    #expect(
      inventory.virtualMachines.first
        == VirtualMachine(
          id: .init("db-01"), platformID: "5d2c-01", host: .init("compute-01"), vcpus: 8,
          memory: .gibibytes(16), memoryTouched: .gibibytes(12), cpuModel: "host-model",
          cpuFeatures: ["avx2"], zone: "az1",
          disks: [
            VirtualDisk(name: "vda", datastore: .init("ceph-vms"), size: .gibibytes(40)),
            VirtualDisk(
              name: "vdb", datastore: .init("raid10"), size: .gibibytes(160), used: .gibibytes(80),
              writeRate: .mebibytesPerSecond(12)),
          ],
          memoryActivity: MemoryActivity(
            intensity: .high,
            dirtyRates: [
              DirtyRateMeasurement(rate: .mebibytesPerSecond(310)),
              DirtyRateMeasurement(rate: .mebibytesPerSecond(190), period: .seconds(5)),
            ], writeRate: .mebibytesPerSecond(400), workingSet: .gibibytes(1.5)),
          devices: [
            AttachedDevice(kind: "pci-passthrough", name: "gpu0"),
            AttachedDevice(kind: "local-cdrom", name: "local-cdrom"),
          ],
          labels: ["owner": "payments", "tier": "gold"], migrationBandwidthLimit: .mebibytesPerSecond(64)))
    #expect(inventory.virtualMachines.map(\.id.name) == ["db-01", "仮想-01", "101"])
    #expect(inventory.virtualMachines.map(\.state) == [.running, .paused, .stopped])
    #expect(
      inventory.virtualMachines[1].memoryActivity.dirtyRates
        == [DirtyRateMeasurement(rate: .mebibytesPerSecond(5), period: .seconds(1))])
  }

  @Test func `the four group policies are a relation and a strictness`() throws {
    let text = small(
      more: """
        groups:
          - { name: a, policy: affinity, members: [web] }
          - { name: b, policy: anti-affinity, scope: host, members: [web] }
          - { name: c, policy: soft-affinity, members: [web] }
          - { name: d, policy: soft-anti-affinity, members: [web] }
        """)
    let groups = try #require(InventoryReader.read([UInt8](text.utf8), path: "x").value).groups
    #expect(groups.map(\.relation) == [.affinity, .antiAffinity, .affinity, .antiAffinity])
    #expect(groups.map(\.strictness) == [.hard, .hard, .soft, .soft])
    #expect(groups.map(\.scope) == [.host, .host, .host, .host])
  }

  @Test func `a byte order mark is skipped`() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for name in ["two-racks.yaml", "two-racks.json"] {
      let plain = InventoryReader.read(try fixture(name), path: "x")
      let marked = InventoryReader.read(mark + (try fixture(name)), path: "x")
      #expect(plain.value != nil)
      #expect(plain.value == marked.value)
    }
  }

  @Test func `aliases and null values are what YAML says`() throws {
    let text = """
      format: evac.inventory/1
      name: aliases
      platform: ~
      hosts:
        - &host { name: a, cpus: 8, memory: &size 64 GiB, migration_bandwidth: 10 Gbit/s, rack: null }
        - { name: b, cpus: 8, memory: *size, migration_bandwidth: 10 Gbit/s }
      """
    let inventory = try #require(InventoryReader.read([UInt8](text.utf8), path: "x").value)
    #expect(inventory.hosts.map(\.memory) == [.gibibytes(64), .gibibytes(64)])
    #expect(inventory.hosts.map(\.rack) == [nil, nil])
    #expect(inventory.platform == .generic)
  }

  @Test func `20,000 machines in JSON are read completely`() throws {
    let text = generatedInventory(guests: 20_000)
    let reading = InventoryReader.read([UInt8](text.utf8), path: "x")
    let inventory = try #require(reading.value)
    #expect(printed(reading.findings) == "")
    #expect(inventory.virtualMachines.count == 20_000)
    #expect(inventory.virtualMachines.last?.id.name == "vm-19999")
    #expect(inventory.virtualMachines.last?.host.name == "host-399")
    #expect(inventory.virtualMachines.allSatisfy { $0.memory == .gibibytes(4) && $0.disks.count == 1 })
  }
}

/// Guests on hosts of fifty.
func generatedInventory(guests: Int) -> String {
  let hosts = (0..<max(1, guests / 50)).map {
    """
    {"name": "host-\($0)", "cpus": 64, "memory": "512 GiB", "migration_bandwidth": "25 Gbit/s",
     "rack": "r\($0 / 20)", "storage": ["ceph"]}
    """
  }
  let vms = (0..<guests).map {
    """
    {"name": "vm-\($0)", "id": "00000000-0000-4000-8000-\($0)", "host": "host-\($0 / 50)",
     "state": "running", "vcpus": 2, "memory": "4 GiB", "memory_touched": "\($0 % 900 + 100).5 MiB",
     "disks": [{"name": "vda", "storage": "ceph", "size": "40 GiB", "used": "\($0 % 39).25 GiB"}],
     "workload": {"dirty_rate": [{"rate": "\($0 % 50).75 MiB/s", "over": "1 s"}], "working_set": "64 MiB"},
     "labels": {"owner": "team-\($0 % 40)", "tier": "gold"}}
    """
  }
  return """
    {"format": "evac.inventory/1", "name": "generated", "storage": [{"name": "ceph", "kind": "shared"}],
     "hosts": [\(hosts.joined(separator: ",\n"))], "vms": [\(vms.joined(separator: ",\n"))]}
    """
}
