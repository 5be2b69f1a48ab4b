import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `OpenStack guests` {
  private func guests(_ servers: [String], _ more: [String] = []) throws -> [VirtualMachine] {
    try #require(SmallCloud.read(servers: servers, more).inventory).virtualMachines
  }

  @Test func `of two servers with one name the later id adds its first eight characters`() throws {
    let servers = [SmallCloud.server("bbbbbbbb-2"), SmallCloud.server("aaaaaaaa-1")]
    let read = SmallCloud.read(servers: servers)
    let guests = try #require(read.inventory).virtualMachines
    #expect(guests.map(\.id.name) == ["web", "web (bbbbbbbb)"])
    #expect(guests.map(\.platformID) == ["aaaaaaaa-1", "bbbbbbbb-2"])
    #expect(read.findings.filter { $0.code == .duplicateName }.map(\.severity) == [.note])
  }

  @Test func `a name that already looks like a renamed one stays unique`() throws {
    let servers = [
      SmallCloud.server("aaaaaaaa-1"), SmallCloud.server("bbbbbbbb-2"),
      SmallCloud.server("cccccccc-3").replacing("\"web\"", with: "\"web (bbbbbbbb)\""),
    ]
    let names = try guests(servers).map(\.id.name)
    #expect(names == ["web", "web (bbbbbbbb)", "web (bbbbbbbb-2)"])
  }

  @Test func `a volume-backed server has its root on shared volumes and no local disk`() throws {
    let attached = "\"os-extended-volumes:volumes_attached\": [{\"id\": \"v1\"}, {\"id\": \"v2\"}]"
    let server = SmallCloud.server("a", attached).replacing("{\"id\": \"i1\"}", with: "\"\"")
    let volumes = "[{\"ID\": \"v1\", \"Name\": \"\", \"Size\": 40, \"Attached to\": []}]"
    let read = SmallCloud.read(servers: [server], [volumes])
    let inventory = try #require(read.inventory)
    let pool = Datastore.ID("volumes")
    #expect(
      inventory.virtualMachines[0].disks == [
        VirtualDisk(name: "vda", datastore: pool, size: .gibibytes(40)),
        VirtualDisk(name: "vdb", datastore: pool, size: .gibibytes(1)),
      ])
    #expect(inventory.datastores == [Datastore(id: pool, kind: .shared)])
    #expect(read.findings.contains { $0.message == "size not told: 1 GiB assumed for 1 volume" })
  }

  @Test func `the client's words for a volume-backed server are understood`() throws {
    let list = """
      [{"ID": "a", "Name": "big-db", "Status": "ACTIVE", "Image Name": "N/A (booted from volume)",
        "Image ID": "N/A (booted from volume)", "Flavor": "f", "Host": "cmp-1", "Properties": {}}]
      """
    let flavors = "[{\"ID\": \"1\", \"Name\": \"f\", \"RAM\": \"16384\", \"Disk\": 20, \"VCPUs\": \"8\"}]"
    let read = OpenStackFixtures.read(json: [SmallCloud.hypervisors, SmallCloud.services, list, flavors])
    let guest = try #require(read.inventory?.virtualMachines.first)
    #expect(guest.memory == .gibibytes(16))
    #expect(guest.vcpus == 8)
    #expect(guest.disks.map(\.datastore.name) == ["volumes"])
  }

  @Test func `an image-backed server has root, ephemeral and swap disks and then its volumes`() throws {
    let server = SmallCloud.server("a", "\"volumes_attached\": [{\"id\": \"v1\"}]")
      .replacing("\"ephemeral\": 0, \"swap\": 0", with: "\"ephemeral\": 10, \"swap\": 512")
    let disks = try guests([server])[0].disks
    #expect(disks.map(\.name) == ["vda", "vdb", "vdc", "vdd"])
    #expect(disks.map(\.datastore.name) == ["ephemeral", "ephemeral", "ephemeral", "volumes"])
    #expect(disks.prefix(3).map(\.size) == [.gibibytes(20), .gibibytes(10), .mebibytes(512)])
  }

  @Test func `a PCI alias ties the guest to its host`() throws {
    let specs = "\"extra_specs\": {\"pci_passthrough:alias\": \"gpu:1,nic:2\"}"
    let devices = try guests([SmallCloud.server("a", flavor: specs)])[0].devices
    #expect(
      devices == [
        AttachedDevice(kind: "pci-passthrough", name: "gpu"),
        AttachedDevice(kind: "pci-passthrough", name: "nic x 2"),
      ])
  }

  @Test func `pinned CPUs, page size and traits are labels next to the server's own`() throws {
    let specs = """
      "extra_specs": {"hw:cpu_policy": "dedicated", "hw:mem_page_size": "1GB", "hw:numa_nodes": "1",
        "trait:CUSTOM_FAST": "required", "trait:CUSTOM_SLOW": "forbidden"}
      """
    let guest = try guests([SmallCloud.server("a", "\"metadata\": {\"tier\": \"gold\"}", flavor: specs)])[0]
    #expect(
      guest.labels == [
        "hw:cpu_policy": "dedicated", "hw:mem_page_size": "1GB", "trait:CUSTOM_FAST": "required",
        "tier": "gold",
      ])
  }

  @Test func `a CPU trait becomes a feature where hypervisors list it and a note where none does`() throws {
    let specs =
      "\"extra_specs\": {\"trait:HW_CPU_X86_AESNI\": \"required\", \"trait:HW_CPU_X86_AVX2\": \"required\"}"
    let hypervisors = """
      {"hypervisors": [{"hypervisor_hostname": "cmp-1", "state": "up", "vcpus": 8, "memory_mb": 8192,
        "cpu_info": "{\\"model\\": \\"Penryn\\", \\"features\\": [\\"aes\\", \\"vmx\\"]}"}]}
      """
    let servers = "{\"servers\": [\(SmallCloud.server("a", flavor: specs))]}"
    let read = OpenStackFixtures.read(json: [hypervisors, SmallCloud.services, servers])
    #expect(try #require(read.inventory).virtualMachines[0].cpuFeatures == ["aes"])
    #expect(read.findings.contains { $0.message.hasSuffix("that flavors require: avx2") })
  }

  @Test(arguments: [
    ("PAUSED", PowerState.paused), ("SUSPENDED", .stopped), ("SHUTOFF", .stopped), ("RESCUE", .running),
    ("VERIFY_RESIZE", .running), ("SHELVED", .stopped),
  ])
  func `a status says whether the guest runs`(status: String, state: PowerState) throws {
    let server = SmallCloud.server("a").replacing("ACTIVE", with: status)
    #expect(try guests([server])[0].state == state)
  }

  @Test func `a suspended server is a warning, since Nova does not migrate it`() throws {
    let server = SmallCloud.server("a").replacing("ACTIVE", with: "SUSPENDED")
    let warnings = SmallCloud.read(servers: [server]).findings.filter { $0.code == .guestNotReady }
    #expect(warnings.map(\.help) == ["openstack server resume before the drain"])
  }

  @Test(arguments: ["ERROR", "BUILD", "SHELVED_OFFLOADED", "SOFT_DELETED", "NEWWORD"])
  func `a server without a usable status is left out and named`(status: String) throws {
    let read = SmallCloud.read(servers: [SmallCloud.server("a").replacing("ACTIVE", with: status)])
    #expect(try #require(read.inventory).virtualMachines.isEmpty)
    let skipped = read.findings.filter { $0.code == .skippedRecord }
    #expect(skipped.map(\.place) == ["web"])
    #expect(skipped[0].message.contains(status))
    #expect(skipped[0].message.hasSuffix("whatever it still holds on cmp-1 is not counted"))
  }

  @Test func `a server on a host that no listing has is left out and named`() throws {
    let read = SmallCloud.read(servers: [SmallCloud.server("a").replacing("cmp-1", with: "cmp-9")])
    #expect(read.findings.contains { $0.code == .skippedRecord && $0.message.contains("cmp-9") })
  }

  @Test func `a server whose flavor no file has is an error that names the command`() throws {
    let server = """
      {"id": "a", "name": "web", "status": "ACTIVE", "OS-EXT-SRV-ATTR:host": "cmp-1", "image": {"id": "i"},
       "flavor": {"id": "gone"}}
      """
    let read = SmallCloud.read(servers: [server])
    #expect(read.inventory == nil)
    let errors = read.findings.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [.missingListing])
    #expect(errors[0].help.contains("openstack flavor list --all --long -f json"))
  }

  @Test func `a page of servers without the last one is a warning`() throws {
    let page = "{\"servers\": [\(SmallCloud.server("a"))], \"servers_links\": [{\"rel\": \"next\"}]}"
    let last = "{\"servers\": [\(SmallCloud.server("b"))]}"
    func warnings(_ pages: [String]) -> [Finding] {
      OpenStackFixtures.read(json: [SmallCloud.hypervisors, SmallCloud.services] + pages).findings
        .filter { $0.code == .missingListing }
    }
    #expect(warnings([page]).map(\.severity) == [.warning])
    #expect(warnings([page, last]).isEmpty)
  }

  @Test func `forms of old clients are read`() throws {
    let list = """
      [{"ID": "a", "Name": "old", "Status": "ACTIVE", "Power State": "Running", "Image Name": "debian",
        "Image ID": "i", "Flavor Name": "", "Flavor ID": "f-1", "Host": "cmp-1", "Properties": "tier='gold'"}]
      """
    let flavors = """
      [{"ID": "f-1", "Name": "f", "RAM": 4096, "Disk": 20, "Ephemeral": 0, "VCPUs": 2, "Swap": "",
        "Properties": "hw:cpu_policy='dedicated', pci_passthrough:alias='gpu:1'"}]
      """
    let read = OpenStackFixtures.read(json: [SmallCloud.hypervisors, SmallCloud.services, list, flavors])
    let guest = try #require(read.inventory?.virtualMachines.first)
    #expect(guest.labels == ["hw:cpu_policy": "dedicated", "tier": "gold"])
    #expect(guest.devices.map(\.name) == ["gpu"])
  }
}
