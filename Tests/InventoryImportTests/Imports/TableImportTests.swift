import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Importing RVTools` {
  private static let old: KeyValuePairs<String, String> = [
    "info.csv": """
    VM;Powerstate;Template;CPUs;Memory;Provisioned MB;Path;Cluster;Host;VM UUID
    web;poweredOn;Falsch;2;4.096;40.960;[nfs1] web/web.vmx;Prod;esx1;u-1
    old;poweredOff;Wahr;1;1.024;1.024;[nfs1] old/old.vmx;Prod;esx1;u-2
    """,
    "host.csv": """
    Host;Cluster;in Maintenance Mode;# CPU;Cores per CPU;# Cores;# Memory;HT Active;ESX Version
    esx1;Prod;Falsch;2;8;16;131.072;Wahr;VMware ESXi 7.0.3 build-1
    esx2;Prod;Wahr;2;8;16;131.072;Falsch;VMware ESXi 7.0.3 build-1
    """,
  ]

  private static func check(_ files: ImportFixtures.Files) throws -> ImportedPicture {
    let picture = RVToolsImport.picture(from: files, name: "vc")
    let inventory = try accepted(picture)
    #expect(inventory.hosts.map(\.cpus) == [32, 16])
    #expect(inventory.hosts.map(\.state) == [.up, .disabled])
    #expect(inventory.hosts.map(\.memory) == [.gibibytes(128), .gibibytes(128)])
    let web = try inventory.guest("web")
    #expect((web.memory, web.platformID) == (.gibibytes(4), "u-1"))
    #expect(inventory.virtualMachines.count == 1)
    #expect(web.disks.map(\.size) == [.gibibytes(40)])
    return picture
  }

  @Test func `the sample becomes an inventory`() throws {
    let picture = RVToolsImport.picture(from: try ImportFixtures.folder("rvtools"), name: "vc")
    let inventory = try accepted(picture)
    #expect(inventory.hosts.map(\.migrationBandwidth) == [.gigabitsPerSecond(25), .gigabitsPerSecond(10)])
    #expect(inventory.virtualMachines.map(\.id.name) == ["db \"two\", old", "db-1", "web-1"])
    let database = try inventory.guest("db-1")
    #expect(database.memory == .gibibytes(64))
    #expect(database.memoryActivity.workingSet == .gibibytes(14))
    #expect(database.platformID == "vm-1002")
    #expect(database.disks.map(\.datastore.name) == ["vsanDatastore", "local datastores"])
    #expect(database.devices == [AttachedDevice(kind: "raw-disk", name: "Hard disk 2")])
    #expect(inventory.datastores.first { $0.id.name == "vsanDatastore" }?.kind == .shared)
    #expect(inventory.datastores.first { $0.id.name == "local datastores" }?.kind == .local)
    #expect(inventory.groups.map(\.id.name) == ["db-apart"])
    #expect(picture.contains(.assumption, "write intensity of 2 VMs unknown"))
  }

  @Test func `semicolons, old headers and German numbers are read`() throws {
    let picture = try Self.check(ImportFixtures.texts(Self.old))
    #expect(picture.contains(.assumption, "who reaches 1 datastore is not told: nfs1"))
  }

  @Test func `datastores of single hosts are one pool, filled as far as the guest's file systems are`() throws
  {
    let picture = RVToolsImport.picture(
      from: ImportFixtures.texts([
        "info.csv": """
        VM,Powerstate,Template,CPUs,Memory,Path,Cluster,Host,VM ID
        web,poweredOn,False,2,4096,[local-1] web/web.vmx,Prod,esx1,vm-1
        """,
        "host.csv": """
        Host,Cluster,# Cores,# Memory
        esx1,Prod,16,131072
        esx2,Prod,16,131072
        esx3,Prod,16,131072
        """,
        "disk.csv": """
        VM,Disk,Disk Key,Capacity MiB,Path,Host,VM ID
        web,Hard disk 1,2000,40960,[local-1] web/web.vmdk,esx1,vm-1
        web,Hard disk 2,2001,40960,[local-1] web/web_1.vmdk,esx1,vm-1
        """,
        "partition.csv": """
        VM,Disk,Disk Key,Capacity MiB,Consumed MiB,Free MiB,Free %,Host,VM ID
        web,/,2000,30000,1024,28976,96,esx1,vm-1
        web,/home,2000,10000,1024,8976,90,esx1,vm-1
        web,/srv,2001,90000,65536,24464,27,esx1,vm-1
        """,
        "datastore.csv": """
        Name,Type,Capacity MiB,Free MiB,# Hosts,Hosts
        local-1,VMFS,100000,50000,1,esx1
        local-2,VMFS,100000,90000,1,esx2
        local-2b,VMFS,100000,70000,1,esx2
        """,
        "cluster.csv": """
        Name,HA enabled,Failover Level,AdmissionControlEnabled
        Prod,True,2,True
        Lab,True,5,False
        """,
      ]), name: "vc")
    let inventory = try accepted(picture)
    #expect(inventory.datastores == [Datastore(id: Datastore.ID("local datastores"), kind: .local)])
    #expect(
      inventory.hosts.map { $0.storage.map(\.free) } == [[.mebibytes(50_000)], [.mebibytes(90_000)], []])
    // A disk holds no more than its size, whatever a file system says.
    #expect(try inventory.guest("web").disks.map(\.used) == [.gibibytes(2), .gibibytes(40)])
    #expect(picture.contains(.assumption, "one host alone reaches 1 datastore: local-1"))
    #expect(picture.policyText?.contains("keep_free: { hosts: 2 }") == true)
  }

  @Test func `a datastore of one host that no list names is reached by the host of its guests`() throws {
    let picture = RVToolsImport.picture(
      from: ImportFixtures.texts([
        "info.csv": """
        VM,Powerstate,Template,CPUs,Memory,Provisioned MB,Path,Host,VM ID
        web,poweredOn,False,2,4096,40960,[local-1] web/web.vmx,esx1,vm-1
        """,
        "host.csv": "Host,Cluster,# Cores,# Memory\nesx1,Prod,16,131072\nesx2,Prod,16,131072",
        "datastore.csv": "Name,Type,Capacity MB,Free MB,# Hosts\nlocal-1,VMFS,100000,50000,1",
      ]), name: "vc")
    let inventory = try accepted(picture)
    #expect(inventory.hosts.map { $0.storage.map(\.datastore.name) } == [["local datastores"], []])
  }

  @Test func `tabs, byte-order marks and UTF-16 change nothing`() throws {
    let tabs = Self.old.map { (path: $0.key, bytes: Array($0.value.replacing(";", with: "\t").utf8)) }
    _ = try Self.check(tabs)
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let marked = Self.old.map { (path: $0.key, bytes: mark + Array($0.value.utf8)) }
    _ = try Self.check(marked)
    let wide = Self.old.map { name, text in
      let bytes: [UInt8] = text.utf16.reduce(into: [0xff, 0xfe]) { $0 += [UInt8($1 & 0xff), UInt8($1 >> 8)] }
      return (path: name, bytes: bytes)
    }
    _ = try Self.check(wide)
  }

  @Test func `without vHost nothing is written`() throws {
    let files = ImportFixtures.texts(Self.old).filter { $0.path == "info.csv" }
    let picture = RVToolsImport.picture(from: files, name: "vc")
    #expect(picture.inventory == nil && picture.contains(.missingListing, "vHost"))
  }
}

@Suite struct `Importing Ganeti` {
  @Test func `a mirror is shared by its two nodes and by nobody else`() throws {
    let picture = GanetiImport.picture(from: try ImportFixtures.folder("ganeti"), name: "g")
    let inventory = try accepted(picture)
    #expect(inventory.hosts.count == 4 && inventory.virtualMachines.count == 10)
    let web = try inventory.guest("web1.example.com")
    #expect(web.disks.map(\.datastore.name) == ["drbd node1.example.com node3.example.com"])
    let reaching = inventory.hosts.filter { $0.storage.contains { $0.datastore == web.disks[0].datastore } }
    #expect(reaching.map(\.id.name) == ["node1.example.com", "node3.example.com"])
    #expect(try inventory.host("node1.example.com").reservedMemory == .gibibytes(1))
    #expect(picture.policyText?.contains("cpu_overcommit: 4.0") == true)
  }

  @Test func `offline nodes, plain disks and exclusion tags`() throws {
    let text = """
      a|u1|preferred||

      n1|8192|512|4096|1000|900|8|N|u1|1
      n2|8192|512|4096|1000|900|8|Y|u1|1
      n3|?|?|?|?|?|?|Y|u1|1

      i1|1024|100|2|running|Y|n1||plain|svc:web
      i2|1024|100|2|ADMIN_down|Y|n1||rbd|svc:web,x

      htools:iextags:svc
      """
    let picture = GanetiImport.picture(from: ImportFixtures.texts(["x": text]), name: "g")
    let inventory = try accepted(picture)
    #expect(inventory.hosts.map(\.state) == [.up, .down])
    #expect(inventory.virtualMachines.map(\.state) == [.running, .stopped])
    #expect(inventory.datastores.map { "\($0.id) \($0.kind)" } == ["plain local", "rbd shared"])
    #expect(inventory.groups.map { "\($0.id) \($0.strictness) \($0.members)" } == ["svc:web soft [i1, i2]"])
    #expect(picture.contains(.skippedRecord, "n3"))
  }
}

@Suite struct `Importing plain CSV` {
  @Test func `the documented columns become an inventory and rules`() throws {
    let picture = PlainCSVImport.picture(from: try ImportFixtures.folder("csv"), name: "plain")
    let inventory = try accepted(picture)
    #expect(inventory.hosts.map(\.migrationBandwidth) == [.gigabitsPerSecond(10), .gigabitsPerSecond(10)])
    let database = try inventory.guest("db-1")
    #expect(database.memoryActivity.dirtyRates == [DirtyRateMeasurement(rate: .mebibytesPerSecond(180))])
    #expect(database.memoryActivity.workingSet == .gibibytes(24))
    #expect(try inventory.guest("ml-1").devices == [AttachedDevice(kind: "pci-passthrough", name: "gpu")])
    let policy = try #require(picture.policyText)
    #expect(
      policy.contains("modes: [cold]") && policy.contains("modes: []")
        && policy.contains("cpu_overcommit: 4.0"))
  }

  @Test func `cells may have units of their own, and a wrong one is told with its row`() throws {
    let hosts = "name,cpus,ram_mib,migration_mbps\nh1,8,64 GiB,25 Gbit/s\n"
    let guests = "name,host,vcpus,ram_mib\na,h1,2,4 GiB\nb,h1,two,4 GiB\n"
    let picture = PlainCSVImport.picture(from: ImportFixtures.texts(["h": hosts, "v": guests]), name: "x")
    #expect(picture.inventory == nil)
    let finding = try #require(picture.findings.first { $0.severity == .error })
    #expect((finding.path, finding.place, finding.code) == ("v", "row 2", .badQuantity))
  }
}
