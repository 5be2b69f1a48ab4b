import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Importing Proxmox VE` {
  private static let resources = """
    {"data": [
     {"type": "node", "node": "pve1", "status": "online", "maxcpu": 32, "maxmem": 137438953472},
     {"type": "node", "node": "pve2", "status": "offline", "maxcpu": 32, "maxmem": 137438953472},
     {"type": "qemu", "vmid": 100, "name": "a", "node": "pve1", "status": "running", "maxcpu": 2, "maxmem": 2147483648},
     {"type": "qemu", "vmid": 101, "name": "b", "node": "pve1", "status": "stopped", "maxcpu": 2, "maxmem": 2147483648},
     {"type": "storage", "storage": "ceph", "node": "pve1", "shared": 1, "plugintype": "rbd"},
     {"type": "storage", "storage": "zfs", "node": "pve1", "shared": 0, "plugintype": "zfspool", "disk": 10, "maxdisk": 110}]}
    """

  private static func read(_ more: KeyValuePairs<String, String>) -> ImportedPicture {
    ProxmoxImport.picture(
      from: ImportFixtures.texts(["resources.json": resources]) + ImportFixtures.texts(more), name: "pve")
  }

  @Test func `the sample becomes an inventory and a policy`() throws {
    let picture = ProxmoxImport.picture(from: try ImportFixtures.folder("proxmox"), name: "pve")
    let inventory = try accepted(picture)
    #expect(inventory.hosts.map(\.id.name) == ["pve1", "pve2"])
    #expect(inventory.virtualMachines.map(\.id.name) == ["db-1", "dns-1", "ml-1", "web-1"])
    let database = try inventory.guest("db-1")
    #expect((database.platformID, database.vcpus, database.memory) == ("101", 8, .gibibytes(64)))
    #expect(database.disks.map(\.name) == ["efidisk0", "scsi0", "scsi1"])
    #expect(database.disks.map(\.datastore.name) == ["ceph-vm", "ceph-vm", "local-zfs"])
    #expect(database.disks[2].writeRate.bytesPerSecond > 20_000_000)
    #expect(inventory.datastores.map(\.kind) == [.shared, .local])
    #expect(try inventory.guest("ml-1").devices.map(\.kind) == ["args", "pci-passthrough", "usb"])
    #expect(try inventory.guest("ml-1").cpuModel == "host-passthrough")
    #expect(try inventory.guest("dns-1").devices.map(\.kind) == ["container"])
    #expect(inventory.groups.map(\.relation) == [.antiAffinity, .antiAffinity])
    #expect(picture.contains(.guestNotReady, "web-1"))
    let policy = try #require(picture.policyText)
    #expect(
      policy.contains("ssh_tunnel: true") && policy.contains("bandwidth_limit_per_migration: 512 MiB/s"))
    #expect(policy.contains("max_concurrent_live_migrations: 4"))
  }

  @Test func `qm config text says what the API says`() throws {
    let json = """
      {"memory": "2048", "cores": 2, "sockets": 1, "ostype": "l26", "cpu": "host", "migrate_speed": 100,
       "scsi0": "zfs:vm-100-disk-0,size=32G", "ide2": "none,media=cdrom", "digest": "x", "migrate_downtime": 0.5}
      """
    let text = """
      memory: 2048
      cores: 2
      sockets: 1
      ostype: l26
      cpu: cputype=host,flags=+aes
      migrate_speed: 100
      migrate_downtime: 0.5
      ide2: none,media=cdrom
      scsi0: zfs:vm-100-disk-0,size=32G

      [before-update]
      scsi0: zfs:vm-100-disk-0,size=8G
      hostpci0: 0000:01:00.0
      """
    let pictures = [
      Self.read(["nodes/pve1/qemu/100/config": json]), Self.read(["qemu-server/100.conf": text]),
    ]
    for picture in pictures {
      let guest = try accepted(picture).guest("a")
      #expect(
        guest.disks == [VirtualDisk(name: "scsi0", datastore: Datastore.ID("zfs"), size: .gibibytes(32))])
      #expect(guest.devices.isEmpty)
      #expect(guest.cpuModel == "host-passthrough")
      #expect(guest.migrationBandwidthLimit == .mebibytesPerSecond(100))
      #expect(picture.policyText?.contains("downtime_limit: 500 ms") == true)
    }
  }

  @Test(arguments: [
    ("usb0", "spice,usb3=1", nil), ("usb0", "host=1234:5678", "usb"),
    ("hostpci0", "01:00.0,mdev=nvidia-63", "vgpu"),
    ("serial0", "socket", nil), ("serial0", "/dev/ttyS0", "serial"),
    ("ide2", "zfs:iso/a.iso,media=cdrom", "local-cdrom"),
    ("ide2", "ceph:iso/a.iso,media=cdrom", nil), ("scsi3", "/dev/disk/by-id/x", "disk-passthrough"),
  ])
  func `local resources tie a guest to its node`(key: String, value: String, kind: String?) throws {
    let config = "{\"ostype\": \"l26\", \"memory\": \"512\", \"\(key)\": \"\(value)\"}"
    let guest = try accepted(Self.read(["qemu-100-config.json": config])).guest("a")
    #expect(guest.devices.map(\.kind) == [kind].compactMap(\.self))
  }

  @Test func `rules of release 9 and groups of release 8 mean the same`() throws {
    let rules = """
      [{"type": "node-affinity", "rule": "home", "nodes": "pve1:2,pve2", "resources": "vm:100", "strict": 1},
       {"type": "resource-affinity", "rule": "together", "affinity": "positive", "resources": "vm:100,vm:101"},
       {"type": "resource-affinity", "rule": "off", "affinity": "negative", "resources": "vm:100,vm:101", "disable": 1}]
      """
    let groups = "group: home\n\tnodes pve1:2,pve2\n\trestricted 1\n"
    let resources = "vm: 100\n\tgroup home\n\tmax_relocate 2\n"
    let new = Self.read(["rules.json": rules])
    #expect(
      try accepted(new).groups.map { "\($0.id) \($0.relation) \($0.members)" } == ["together affinity [a, b]"]
    )
    let old = Self.read(["ha/groups.cfg": groups, "ha/resources.cfg": resources])
    for picture in [new, old] {
      _ = try accepted(picture)
      #expect(picture.policyText?.contains("destinations: [pve1, pve2]") == true)
    }
  }

  @Test func `storage.cfg tells what is shared`() throws {
    let storage = "nfs: nas\n\texport /x\n\tserver nas\n\tcontent images\n\nlvmthin: thin\n\tvgname pve\n"
    let config =
      "ostype: l26\nmemory: 512\nscsi0: nas:100/a.qcow2,size=1G\nscsi1: thin:vm-100-disk-1,size=1G\n"
    let inventory = try accepted(Self.read(["storage.cfg": storage, "qm-config-100.txt": config]))
    #expect(inventory.datastores.map { "\($0.id) \($0.kind)" } == ["nas shared", "thin local"])
  }

  @Test func `a node that is offline is down, and a configuration of nobody is a warning`() throws {
    let picture = Self.read(["somebody.conf": "ostype: l26\nmemory: 512\nscsi0: zfs:x,size=1G\n"])
    #expect(try accepted(picture).host("pve2").state == .down)
    #expect(picture.contains(.skippedRecord, "does not say whose it is"))
  }

  @Test func `without nodes nothing is written`() {
    let picture = ProxmoxImport.picture(from: ImportFixtures.texts(["a": "[]", "b.txt": "hello"]), name: "x")
    #expect(picture.inventory == nil && picture.contains(.missingListing, "no listing of nodes"))
  }
}
