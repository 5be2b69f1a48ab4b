import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `An overlay` {
  private static let hosts = "name,cpus,ram_mib\nh1,16,65536\nh2,16,65536\nh3,16,65536\n"
  private static let guests = """
    name,id,host,vcpus,ram_mib,disk_gib
    a,u-1,h1,2,4096,40
    b,u-2,h2,2,4096,40
    c,u-3,h3,2,4096,40
    """

  private static func base() -> ImportedPicture {
    PlainCSVImport.picture(from: ImportFixtures.texts(["h": hosts, "v": guests]), name: "base")
  }

  private static func read(_ text: String) throws -> ImportedPicture {
    let (overlay, findings) = Overlay.read([UInt8](text.utf8), path: "overlay")
    var picture = base()
    picture.apply(try #require(overlay, "\(printed(findings))"))
    return picture
  }

  private static let yaml = """
    format: evac.overlay/1
    hosts:
      - { match: "h*", migration_bandwidth: 25 Gbit/s, reserved_memory: 8 GiB }
      - { match: "h[12]" , rack: x }
    vms:
      - { id: u-1, workload: { dirty_rate: [{ rate: 300 MiB/s, over: 1 s }, { rate: 90 MiB/s, over: 10 s }] }, owner: shop }
      - { name: b, host: h2, workload: { write_intensity: low }, disk_write_rate: 5 MiB/s }
      - { name: gone, workload: { write_intensity: low } }
    """

  @Test func `tells what no platform tells, and takes the assumptions back`() throws {
    let picture = try Self.read(Self.yaml)
    let inventory = try accepted(picture)
    #expect(inventory.hosts.allSatisfy { $0.migrationBandwidth == .gigabitsPerSecond(25) })
    #expect(inventory.hosts.allSatisfy { $0.reservedMemory == .gibibytes(8) })
    #expect(try inventory.guest("a").memoryActivity.dirtyRates.count == 2)
    #expect(try inventory.guest("a").labels["owner"] == "shop")
    #expect(try inventory.guest("b").disks[0].writeRate == .mebibytesPerSecond(5))
    #expect(picture.contains(.assumption, "write intensity of 1 VM unknown"))
    #expect(!picture.contains(.assumption, "migration network"))
    #expect(picture.contains(.unknownReference, "1 VM not in the inventory: gone"))
    #expect(picture.contains(.unknownReference, "no host matches"))
  }

  @Test func `says the same as CSV`() throws {
    let csv = "id;dirty_mib_s;dirty_mib_s_10s;owner\nu-1;300;90;shop\n"
    let one = try accepted(Self.read(csv)).guest("a")
    let other = try accepted(Self.read(Self.yaml)).guest("a")
    #expect(one == other)
  }

  @Test func `makes the disks of some hosts shared and leaves those of others`() throws {
    let picture = try Self.read(
      "format: evac.overlay/1\nhosts: [{ match: h1, disks: shared }, { match: h2, disks: shared }]\n")
    let inventory = try accepted(picture)
    #expect(inventory.datastores.map(\.kind) == [.local, .shared, .shared])
    #expect(try inventory.guest("a").disks.map(\.datastore.name) == ["local shared h1"])
    #expect(try inventory.guest("c").disks.map(\.datastore.name) == ["local"])
    #expect(picture.contains(.assumption, "disk_location of 1 VM is empty"))
  }

  @Test func `makes a pool shared where all of it is meant`() throws {
    for text in ["hosts: [{ match: \"*\", disks: shared }]", "storage: [{ name: local, kind: shared }]"] {
      let inventory = try accepted(Self.read("format: evac.overlay/1\n\(text)\n"))
      #expect(inventory.datastores == [Datastore(id: Datastore.ID("local"), kind: .shared)])
    }
  }

  @Test(arguments: [
    "format: evac.overlay/1\nvms: [{ name: a, wrokload: {} }]", "format: evac.overlay/1\nvms: [{ host: a }]",
    "format: evac.inventory/1", "name,dirty_mib_s\na,many",
  ])
  func `that cannot be read is an error with its place`(text: String) {
    let (overlay, findings) = Overlay.read([UInt8](text.utf8), path: "overlay")
    #expect(overlay == nil)
    #expect(findings.contains { $0.severity == .error && $0.path == "overlay" && !$0.place.isEmpty })
  }

  @Test func `is what Prometheus answers as well`() throws {
    let answer = """
      {"status": "success", "data": {"resultType": "matrix", "result": [
       {"metric": {"__name__": "libvirt_domain_dirty_rate_bytes_per_second", "uuid": "u-1", "period": "10"},
        "values": [[0, "1048576"], [60, "2097152"], [120, "NaN"]]},
       {"metric": {"domain": "b", "target_device": "vda"}, "values": [[0, "3000"]]},
       {"metric": {"__name__": "libvirt_domain_block_stats_write_bytes_total", "domain": "c", "target_device": "vda"},
        "values": [[0, "100"], [10, "1100"], [20, "500"]]},
       {"metric": {"__name__": "node_network_speed_bytes", "device": "bond0", "instance": "h1:9100"},
        "values": [[0, "3125000000"]]},
       {"metric": {"__name__": "up"}, "values": [[0, "1"]]}]}}
      """
    let inventory = try accepted(Self.read(answer))
    #expect(
      try inventory.guest("a").memoryActivity.dirtyRates == [
        DirtyRateMeasurement(rate: .mebibytesPerSecond(2), period: .seconds(10))
      ])
    #expect(try inventory.guest("b").disks[0].writeRate == DataRate(bytesPerSecond: 3000))
    #expect(try inventory.guest("c").disks[0].writeRate == DataRate(bytesPerSecond: 75))
    #expect(try inventory.host("h1").migrationBandwidth == .gigabitsPerSecond(25))
  }

  @Test func `from a counter at one moment says so`() throws {
    let files = try ImportFixtures.folder("prometheus")
    let exporter = try #require(files.first { $0.path.hasSuffix("exporter.metrics") })
    let (_, findings) = Overlay.read(exporter.bytes, path: "m")
    #expect(findings.contains { $0.message.contains("a counter at one moment is no rate") })
  }
}

@Suite struct `Merging inventories` {
  @Test func `one tells what runs, another what was measured`() throws {
    let nova = """
      format: evac.inventory/1
      name: cloud
      platform: nova
      storage: [{ name: ceph, kind: shared }]
      hosts: [{ name: h1, cpus: 8, memory: 64 GiB, migration_bandwidth: 10 Gbit/s, storage: [ceph] }]
      vms:
        - { name: shop, id: u-1, host: h1, vcpus: 2, memory: 4 GiB, disks: [{ name: vda, storage: ceph, size: 1 GiB }] }
      groups: [{ name: g, policy: anti-affinity, members: [shop] }]
      """
    let measured = """
      # assumed: something that was not told; look it up
      format: evac.inventory/1
      name: kvm
      platform: libvirt
      hosts:
        - { name: h1, cpus: 8, memory: 64 GiB, migration_bandwidth: 1 Gbit/s, cpu_model: EPYC }
        - { name: h2, cpus: 8, memory: 64 GiB, migration_bandwidth: 1 Gbit/s }
      vms:
        - { name: instance-1, id: u-1, host: h1, vcpus: 2, memory: 4 GiB, memory_touched: 2 GiB, workload: { dirty_rate: 9 MiB/s } }
        - { name: shop, id: u-9, host: h2, vcpus: 2, memory: 4 GiB }
      """
    var picture = ImportedPicture.reading([UInt8](nova.utf8), path: "nova.yaml")
    picture.merge(ImportedPicture.reading([UInt8](measured.utf8), path: "kvm.yaml"))
    let inventory = try accepted(picture)
    #expect(inventory.platform == .nova)
    #expect(inventory.hosts.map(\.id.name) == ["h1", "h2"])
    #expect(try inventory.host("h1").migrationBandwidth == .gigabitsPerSecond(10))
    #expect(try inventory.host("h1").cpuModel == "EPYC")
    #expect(inventory.virtualMachines.map(\.id.name) == ["shop", "shop (h2)"])
    let shop = try inventory.guest("shop")
    #expect(shop.memoryTouched == .gibibytes(2))
    #expect(shop.memoryActivity.dirtyRates == [DirtyRateMeasurement(rate: .mebibytesPerSecond(9))])
    #expect(picture.contains(.assumption, "write intensity of 1 VM unknown"))
    #expect(picture.comments.first == "assumed: something that was not told; look it up")
  }
}
