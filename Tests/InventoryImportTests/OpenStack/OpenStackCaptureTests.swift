import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `OpenStack captures` {
  @Test func `the client's listings give every host and every guest that has one`() throws {
    let inventory = try #require(try OpenStackFixtures.read(OpenStackFixtures.client).inventory)
    #expect(inventory.platform == .nova)
    #expect(inventory.hosts.map(\.id.name) == ["cmp-a1", "cmp-a2", "cmp-a3"])
    #expect(
      inventory.virtualMachines.map(\.id.name) == [
        "app-1", "db-1", "db-2", "old-batch", "web 1; \"prod\" $(x)",
      ])
    let host = inventory.hosts[0]
    #expect(host.cpus == 16)
    #expect(host.memory == .gibibytes(256))
    #expect(host.reservedMemory == .mebibytes(512))
    #expect(host.zone == "az1")
    #expect(host.labels["aggregate.rack-a"] == "true")
    #expect(host.labels["ssd"] == "true")
    let database = inventory.virtualMachines[1]
    #expect(database.platformID == "c65660a2-deb5-486b-b2cc-9a94bedc2b5d")
    #expect(database.host == Host.ID("cmp-a1"))
    #expect(database.memory == .gibibytes(64))
    #expect(database.vcpus == 4)
    #expect(database.disks.map(\.name) == ["vda"])
    #expect(database.disks.map(\.size) == [.gibibytes(20)])
    #expect(inventory.virtualMachines.map(\.state) == [.running, .running, .running, .stopped, .running])
  }

  @Test(arguments: [
    ["api-servers-detail.json"], ["api-servers-detail-2.1.json", "api-flavors-detail.json"],
    ["server-list-long-n.json", "flavor-list-long.json"],
    ["server-list-long.json", "server-show-db-1.json", "flavor-list-long.json"],
  ])
  func `every way to list the servers gives the same guests`(servers: [String]) throws {
    let client = try #require(try OpenStackFixtures.read(OpenStackFixtures.client).inventory)
    let hosts = ["hypervisor-list-long-2.87.json", "api-os-services.json"]
    let other = try #require(try OpenStackFixtures.read(hosts + servers).inventory)
    #expect(other.virtualMachines == client.virtualMachines)
  }

  @Test func `API and client give the same hosts but for what only the API tells`() throws {
    let client = try #require(try OpenStackFixtures.read(OpenStackFixtures.client).inventory)
    let api = try #require(try OpenStackFixtures.read(OpenStackFixtures.api).inventory)
    #expect(api.hosts.map(\.memory) == client.hosts.map(\.memory))
    #expect(api.hosts.map(\.labels) == client.hosts.map(\.labels))
    #expect(api.groups == client.groups)
    #expect(api.hosts[2].cpuModel == "Penryn")
    #expect(api.hosts[2].cpuFeatures.contains("aes"))
    #expect(api.hosts[2].version == "6.2.0")
    #expect(api.hosts[0].storage == [HostStorage(datastore: Datastore.ID("ephemeral"), free: .gibibytes(84))])
    #expect(client.hosts[0].storage == [HostStorage(datastore: Datastore.ID("ephemeral"))])
  }

  @Test func `a disabled service closes its host and the newest report dates the picture`() throws {
    let inventory = try #require(try OpenStackFixtures.read(OpenStackFixtures.client).inventory)
    #expect(inventory.hosts.map(\.state) == [.disabled, .up, .up])
    #expect(inventory.capturedAt == Instant(secondsSince1970: 1_795_241_245))
  }

  @Test func `a server group lists its members by name, once`() throws {
    let read = try OpenStackFixtures.read(OpenStackFixtures.client + ["server-group-show.json"])
    let group = PlacementGroup(
      id: PlacementGroup.ID("db-anti"), relation: .antiAffinity,
      members: [VirtualMachine.ID("db-1"), VirtualMachine.ID("db-2")])
    #expect(try #require(read.inventory).groups == [group])
  }

  @Test func `a server in ERROR without a host is left out with its status`() throws {
    let findings = try OpenStackFixtures.read(OpenStackFixtures.client).findings
    let skipped = findings.filter { $0.code == .skippedRecord }
    #expect(skipped.map(\.place) == ["gpu-1"])
    #expect(skipped.map(\.message) == ["left out: its status is ERROR"])
  }

  @Test(arguments: [
    ["hypervisor-list-long.json"], ["api-os-hypervisors-detail-2.88.json"],
    ["hypervisor-list-long.json", "hypervisor-show-cmp-a1.json"],
  ])
  func `hypervisors without memory are an error that names the command`(hypervisors: [String]) throws {
    let rest = OpenStackFixtures.client.dropFirst()
    let read = try OpenStackFixtures.read(hypervisors + rest)
    #expect(read.inventory == nil)
    let errors = read.findings.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [.missingListing])
    #expect(errors[0].help.contains("openstack --os-compute-api-version 2.87 hypervisor list --long -f json"))
    #expect(errors[0].message.contains("3 hypervisors"))
  }

  @Test func `memory from one listing completes another that lacks it`() throws {
    let newer = ["hypervisor-list-long.json", "api-os-hypervisors-detail-2.88.json"]
    let inventory = try #require(try OpenStackFixtures.read(OpenStackFixtures.client + newer).inventory)
    #expect(inventory.hosts.map(\.memory) == Array(repeating: .gibibytes(256), count: 3))
    #expect(inventory.hosts.map(\.version) == Array(repeating: "6.2.0", count: 3))
  }

  @Test func `servers that migrate right now are a warning`() throws {
    let files = OpenStackFixtures.client.map {
      $0 == "server-list-long.json" ? "server-list-while-migrating.json" : $0
    }
    let read = try OpenStackFixtures.read(files)
    let busy = read.findings.filter { $0.code == .guestNotReady }
    #expect(busy.map(\.severity) == [.warning])
    #expect(busy[0].message == "2 servers busy with a task: app-1, web 1; \"prod\" $(x)")
    #expect(try #require(read.inventory).virtualMachines[0].state == .running)
  }

  @Test func `listings of different moments that disagree are a warning`() throws {
    let read = try OpenStackFixtures.read(OpenStackFixtures.client + ["server-list-while-migrating.json"])
    #expect(read.findings.filter { $0.code == .inconsistent }.count == 1)
  }

  @Test func `files that are not needed or not known are a note each`() throws {
    let more = ["server-migration-list.json", "nova-help-live-migration.txt"]
    let read = try OpenStackFixtures.read(OpenStackFixtures.client + more)
    let notes = read.findings.filter { $0.code == .unknownContent }
    #expect(notes.map(\.path) == ["nova-help-live-migration.txt", "server-migration-list.json"])
    #expect(notes.map(\.message) == ["is not JSON", "is known and not needed for an inventory"])
    #expect(read.inventory == (try OpenStackFixtures.read(OpenStackFixtures.client).inventory))
  }

  @Test func `the order of the files does not matter`() throws {
    let files = try OpenStackFixtures.everyFile()
    let forwards = OpenStackImport.picture(from: files, name: "cloud")
    let backwards = OpenStackImport.picture(from: files.reversed(), name: "cloud")
    #expect(forwards.inventory == backwards.inventory)
    #expect(forwards.findings == backwards.findings)
  }

  @Test func `each assumption is one note with a count`() throws {
    let findings = try OpenStackFixtures.read(OpenStackFixtures.client).findings
    let assumptions = findings.filter { $0.code == .assumption }
    #expect(assumptions.allSatisfy { $0.severity == .note })
    #expect(
      assumptions.map(\.message) == [
        "OpenStack does not tell the speed of the migration network: 10 Gbit/s assumed for 3 hosts",
        "reserved memory is not told: 512 MiB, Nova's default, assumed for 3 hosts",
        "OpenStack does not tell where 5 ephemeral disks live: local disks that travel with the guest assumed",
        "write intensity of 4 VMs unknown: medium assumed",
      ])
  }
}
