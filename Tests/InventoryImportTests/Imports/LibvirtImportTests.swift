import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Importing libvirt` {
  private static let busyID = "11111111-2222-4333-8444-555555555555"

  private static func host(_ name: String, cpu: String = "Skylake-Server") -> KeyValuePairs<String, String> {
    [
      "cap/\(name)/a":
        "CPU model:           x86_64\nCPU(s):              16\nMemory size:         67108864 KiB\n",
      "cap/\(name)/b": """
      <domainCapabilities><cpu><mode name='host-model' supported='yes'><model fallback='forbid'>\(cpu)</model></mode>
      <mode name='custom' supported='yes'><model usable='yes'>Haswell</model><model usable='no'>EPYC</model></mode></cpu>
      </domainCapabilities>
      """,
      "cap/\(name)/c": """
      <pool type='netfs'><name>images</name><source><host name='nas'/><dir path='/export'/></source>
      <target><path>/srv/images</path></target></pool>
      """,
      "cap/\(name)/d": """
      <pool type='dir'><name>default</name><available unit='bytes'>107374182400</available>
      <target><path>/var/lib/libvirt/images</path></target></pool>
      """,
      "cap/\(name)/hostname.txt": "\(name)\n",
    ]
  }

  private static func domain(_ inside: String = "", devices: String = "", id: String = busyID) -> String {
    """
    <domain type='kvm' id='7'><name>busy</name><uuid>\(id)</uuid><memory unit='GiB'>4</memory>
    <vcpu placement='static' current='2'>8</vcpu>\(inside)<devices>\(devices)</devices></domain>
    """
  }

  private static func disk(_ source: String, type: String = "file", target: String = "vda") -> String {
    "<disk type='\(type)' device='disk'><source \(source)/><target dev='\(target)'/></disk>"
  }

  private static func read(_ domain: String, _ more: KeyValuePairs<String, String> = [:]) -> ImportedPicture {
    let files =
      ImportFixtures.texts(host("kvm-a")) + ImportFixtures.texts(host("kvm-b"))
      + ImportFixtures.texts(["cap/kvm-a/x": domain]) + ImportFixtures.texts(more)
    return LibvirtImport.picture(from: files, name: "lab")
  }

  @Test func `a real capture of one host becomes an inventory`() throws {
    let picture = LibvirtImport.picture(from: try ImportFixtures.folder("libvirt"), name: "lab")
    let inventory = try accepted(picture)
    #expect(inventory.platform == .libvirt)
    #expect(inventory.hosts.map(\.id.name) == ["hosta"])
    #expect(inventory.virtualMachines.map(\.id.name) == ["busy", "calm", "disk", "idle", "local"])
    let busy = try inventory.guest("busy")
    #expect(busy.platformID == "816f3843-efe0-45de-96fd-bf64e1419efc")
    #expect(busy.memory == .mebibytes(384))
    #expect(busy.memoryTouched == ByteCount(bytes: 241_472 * 1024))
    #expect(
      busy.memoryActivity.dirtyRates == [
        DirtyRateMeasurement(rate: .mebibytesPerSecond(56), period: .seconds(3))
      ])
    #expect(picture.contains(.assumption, "no dumpxml of 4 VMs"))
    #expect(picture.contains(.inconsistent, "nodememstats"))
  }

  @Test func `a folder is a host, and a file is what it holds`() throws {
    let inventory = try accepted(Self.read(Self.domain()))
    #expect(inventory.hosts.map(\.id.name) == ["kvm-a", "kvm-b"])
    let host = try inventory.host("kvm-a")
    #expect(host.cpus == 16)
    #expect(host.memory == .gibibytes(64))
    #expect(host.cpuModel == "Skylake-Server")
    #expect(host.cpuModels == ["Haswell"])
    let guest = try inventory.guest("busy")
    #expect((guest.host.name, guest.state, guest.vcpus) == ("kvm-a", .running, 2))
  }

  @Test func `readings over several periods all count`() throws {
    func statistics(_ seconds: Int, _ rate: Int, at time: Int, written: Int) -> String {
      """
      # collected_at \(time)
      Domain: 'busy'
        state.state=1
        block.0.name=vda
        block.0.wr.bytes=\(written)
        block.0.capacity=10737418240
        dirtyrate.calc_status=2
        dirtyrate.calc_period=\(seconds)
        dirtyrate.calc_mode=dirty-ring
        dirtyrate.megabytes_per_second=\(rate)
      """
    }
    let picture = Self.read(
      Self.domain(devices: Self.disk("file='/var/lib/libvirt/images/busy.qcow2'")),
      [
        "cap/kvm-a/s1": statistics(1, 310, at: 1000, written: 0),
        "cap/kvm-a/s2": statistics(10, 190, at: 1010, written: 104_857_600),
      ])
    let guest = try accepted(picture).guest("busy")
    #expect(
      guest.memoryActivity.dirtyRates == [
        DirtyRateMeasurement(rate: .mebibytesPerSecond(310), period: .seconds(1)),
        DirtyRateMeasurement(rate: .mebibytesPerSecond(190), period: .seconds(10)),
      ])
    #expect(guest.disks.map(\.writeRate) == [.mebibytesPerSecond(10)])
    #expect(guest.disks.map(\.size) == [.gibibytes(10)])
    #expect(guest.labels["dirty_rate_mode"] == "dirty-ring")
    #expect(!picture.contains(.assumption, "write intensity"))
  }

  @Test func `a measurement that never ran is not a rate of zero`() throws {
    let statistics = "Domain: 'busy'\n  dirtyrate.calc_status=0\n  dirtyrate.megabytes_per_second=0\n"
    let picture = Self.read(Self.domain(), ["cap/kvm-a/s": statistics])
    #expect(try accepted(picture).guest("busy").memoryActivity.dirtyRates.isEmpty)
    #expect(picture.contains(.assumption, "write intensity of 1 VM unknown: medium assumed"))
  }

  @Test(arguments: [
    ("file='/srv/images/a.qcow2'", "file", "images", Datastore.Kind.shared),
    ("file='/var/lib/libvirt/images/a.qcow2'", "file", "default", .local),
    ("pool='images' volume='a'", "volume", "images", .shared),
    ("protocol='rbd' name='vms/a_disk'", "network", "rbd-vms", .shared),
    ("file='/data/a.qcow2'", "file", "/data", .local),
    ("dev='/dev/sdb'", "block", "/dev", .local),
  ])
  func `pool, path and protocol tell where a disk lies`(
    source: String, type: String, pool: String, kind: Datastore.Kind
  ) throws {
    let inventory = try accepted(Self.read(Self.domain(devices: Self.disk(source, type: type))))
    #expect(inventory.datastores == [Datastore(id: Datastore.ID(pool), kind: kind)])
    #expect(try inventory.guest("busy").disks.map(\.datastore.name) == [pool])
    #expect(inventory.hosts.allSatisfy { $0.storage.map(\.datastore.name) == [pool] })
  }

  @Test func `a network file system under a plain folder is shared`() throws {
    let mounts = "/dev/vda1 / ext4 rw 0 0\nnas:/vms /data nfs4 rw,vers=4.2 0 0\n"
    let picture = Self.read(
      Self.domain(devices: Self.disk("file='/data/x/a.qcow2'")),
      ["cap/kvm-a/mounts": mounts, "cap/kvm-b/mounts": mounts])
    let inventory = try accepted(picture)
    #expect(inventory.datastores == [Datastore(id: Datastore.ID("/data"), kind: .shared)])
    #expect(!picture.contains(.assumption, "no pool and no mount"))
  }

  @Test(arguments: [
    (
      "<hostdev mode='subsystem' type='pci'><source><address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/></source></hostdev>",
      "pci-passthrough 0000:3b:00:0"
    ),
    (
      "<hostdev mode='subsystem' type='mdev'><source><address uuid='c2177883-f1bb'/></source></hostdev>",
      "vgpu c2177883-f1bb"
    ),
    ("<interface type='hostdev'><alias name='hostdev0'/></interface>", "sriov hostdev0"),
    ("<filesystem type='mount'><target dir='share'/></filesystem>", "filesystem share"),
    ("<tpm><backend type='passthrough'/></tpm>", "tpm-passthrough tpm"),
    (
      "<disk type='file' device='cdrom'><source file='/iso/a.iso'/><target dev='sda'/></disk>",
      "local-cdrom /iso/a.iso"
    ),
  ])
  func `what only this host has ties the guest to it`(element: String, device: String) throws {
    let guest = try accepted(Self.read(Self.domain(devices: element))).guest("busy")
    #expect(guest.devices.map { "\($0.kind) \($0.name)" } == [device])
  }

  @Test(arguments: [
    "<interface type='bridge'/>", "<tpm><backend type='emulator'/></tpm>",
    "<redirdev bus='usb' type='spicevmc'/>",
    "<disk type='file' device='cdrom'><target dev='sda'/></disk>",
    "<disk type='file' device='cdrom'><source file='/srv/images/a.iso'/><target dev='sda'/></disk>",
  ])
  func `what any host has does not tie`(element: String) throws {
    #expect(try accepted(Self.read(Self.domain(devices: element))).guest("busy").devices.isEmpty)
  }

  @Test(arguments: [
    ("<cpu mode='host-passthrough' migratable='on'/>", "host-passthrough"),
    ("<cpu mode='host-model'/>", "host-model"),
    ("<cpu mode='custom'><model>Haswell</model></cpu>", "Haswell"),
    ("<cpu mode='custom'><model>Odd</model></cpu>", nil),
    ("", nil),
  ])
  func `the CPU that a guest sees`(element: String, model: String?) throws {
    #expect(try accepted(Self.read(Self.domain(element))).guest("busy").cpuModel == model)
  }

  @Test func `huge pages, pinning and Nova's own words become labels and names`() throws {
    let inside = """
      <metadata><nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1"><nova:name>web 1 "x"</nova:name>
      <nova:owner><nova:project uuid="p">shop</nova:project></nova:owner></nova:instance></metadata>
      <memoryBacking><hugepages><page size='1048576' unit='KiB'/></hugepages></memoryBacking>
      <cputune><vcpupin vcpu='0' cpuset='4'/></cputune><numatune><memory mode='strict' nodeset='1'/></numatune>
      """
    let guest = try accepted(Self.read(Self.domain(inside))).guest("web 1 \"x\"")
    #expect(
      guest.labels == [
        "owner": "shop", "instance_name": "busy", "hugepages": "1048576 KiB", "vcpupin": "4",
        "numa_nodes": "1",
      ])
  }

  @Test func `a guest defined twice is where it runs, and one that runs twice is a warning`() throws {
    let stopped = Self.domain().replacing(" id='7'", with: "")
    let moved = Self.read(stopped, ["cap/kvm-b/x": Self.domain()])
    #expect(try accepted(moved).guest("busy").host.name == "kvm-b")
    let twice = Self.read(Self.domain(), ["cap/kvm-b/x": Self.domain()])
    #expect(try accepted(twice).virtualMachines.count == 1)
    #expect(twice.contains(.inconsistent, "runs on kvm-a and on kvm-b"))
  }

  @Test func `a host of unknown size can be emptied and takes nobody`() throws {
    let files =
      ImportFixtures.texts(Self.host("kvm-a")) + ImportFixtures.texts(["cap/kvm-b/x": Self.domain()])
    let picture = LibvirtImport.picture(from: files, name: "lab")
    let host = try accepted(picture).host("kvm-b")
    #expect((host.state, host.cpus, host.memory) == (.disabled, 2, .gibibytes(5)))
    #expect(picture.contains(.assumption, "no arrivals taken: kvm-b"))
  }

  @Test func `a host without guests has nothing to say of them`() throws {
    let picture = Self.read(
      Self.domain(), ["cap/kvm-b/domains.txt": "\n", "cap/kvm-b/domstats-0.txt": "# collected_at 5\n"])
    _ = try accepted(picture)
    #expect(!picture.findings.contains { $0.code == .unknownContent })
  }

  @Test func `sizes of disks are read from domblkinfo by the file's name`() throws {
    let devices = Self.disk("file='/srv/images/a'") + Self.disk("file='/srv/images/b'", target: "vdb")
    let all =
      " Target   Capacity     Allocation   Physical\n-----\n vda      1073741824   4096         8192\n"
    let one = "Capacity:       2147483648\nAllocation:     4096\nPhysical:       4096\n"
    let picture = Self.read(
      Self.domain(devices: devices),
      ["cap/kvm-a/domblkinfo-\(Self.busyID).txt": all, "cap/kvm-a/domblkinfo-busy-vdb.txt": one])
    #expect(try accepted(picture).guest("busy").disks.map(\.size) == [.gibibytes(1), .gibibytes(2)])
  }

  @Test func `a file that is cut off is a warning with its place`() throws {
    let picture = Self.read(Self.domain(), ["cap/kvm-a/y.xml": "<domain>\n  <name>half</na"])
    #expect(try accepted(picture).virtualMachines.count == 1)
    let finding = try #require(picture.findings.first { $0.code == .syntax })
    #expect((finding.path, finding.severity) == ("cap/kvm-a/y.xml", .warning))
    #expect(finding.place.hasPrefix("2:"))
  }

  @Test func `nothing of use is an error`() {
    let picture = LibvirtImport.picture(from: ImportFixtures.texts(["a": "hello", "b": ""]), name: "x")
    #expect(picture.inventory == nil)
    #expect(picture.findings.contains { $0.severity == .error })
  }
}
