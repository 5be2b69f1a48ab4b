import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `OpenStack hosts` {
  private let servers = "{\"servers\": [\(SmallCloud.server("a"))]}"

  @Test func `a hypervisor with a domain in its name joins the service without`() throws {
    let hypervisors = SmallCloud.hypervisors.replacing("\"cmp-1\"", with: "\"cmp-1.example.org\"")
    let read = OpenStackFixtures.read(json: [hypervisors, SmallCloud.services, servers])
    let inventory = try #require(read.inventory)
    #expect(inventory.hosts.map(\.id.name) == ["cmp-1", "cmp-2"])
    #expect(inventory.hosts[0].zone == "az1")
    #expect(inventory.virtualMachines.map(\.host.name) == ["cmp-1"])
  }

  @Test func `a server may name its host as the hypervisor does`() throws {
    let hypervisors = SmallCloud.hypervisors.replacing("\"cmp-1\"", with: "\"cmp-1.example.org\"")
    let server = servers.replacing("cmp-1", with: "cmp-1.example.org")
    let read = OpenStackFixtures.read(json: [hypervisors, SmallCloud.services, server])
    #expect(try #require(read.inventory).virtualMachines.map(\.host.name) == ["cmp-1"])
  }

  @Test(arguments: [
    ("\"State\": \"up\"", "\"State\": \"down\"", HostState.down),
    ("\"Status\": \"enabled\"", "\"Status\": \"disabled\"", .disabled),
    ("\"Zone\": \"az1\"", "\"Zone\": \"az1\", \"Forced Down\": true", .down),
    ("\"Zone\": \"az1\"", "\"Zone\": \"az1\", \"Forced Down\": \"False\"", .up),
  ])
  func `the service decides whether a host takes arrivals`(old: String, new: String, state: HostState) throws
  {
    let services = SmallCloud.services.replacing(old, with: new)
    let read = OpenStackFixtures.read(json: [SmallCloud.hypervisors, services, servers])
    #expect(try #require(read.inventory).hosts.map(\.state) == [state, state])
  }

  @Test func `of two service listings the newer report counts`() throws {
    let older = SmallCloud.services.replacing("enabled", with: "disabled").replacing("06:07", with: "05:07")
    let read = OpenStackFixtures.read(json: [older, SmallCloud.hypervisors, SmallCloud.services, servers])
    #expect(try #require(read.inventory).hosts.map(\.state) == [.up, .up])
  }

  @Test func `without a service listing the zone comes from an aggregate, with a warning`() throws {
    let aggregates = """
      [{"ID": 1, "Name": "rack-a", "Availability Zone": "az7", "Properties": {"pdu": "3"}, "Hosts": ["cmp-2"]}]
      """
    let read = OpenStackFixtures.read(json: [SmallCloud.hypervisors, servers, aggregates])
    let hosts = try #require(read.inventory).hosts
    #expect(hosts.map(\.zone) == [nil, "az7"])
    #expect(hosts[1].labels == ["aggregate.rack-a": "true", "pdu": "3"])
    #expect(read.findings.contains { $0.code == .missingListing && $0.severity == .warning })
  }

  @Test func `in a cloud of several zones guests are bound to theirs unless the API says otherwise`() throws {
    let services = SmallCloud.services.replacing(
      "\"cmp-2\", \"Zone\": \"az1\"", with: "\"cmp-2\", \"Zone\": \"az2\"")
    let list = [
      SmallCloud.server("a"), SmallCloud.server("b", "\"pinned_availability_zone\": null"),
      SmallCloud.server("c", "\"pinned_availability_zone\": \"az2\""),
    ].joined(separator: ",")
    let read = OpenStackFixtures.read(json: [SmallCloud.hypervisors, services, "{\"servers\": [\(list)]}"])
    let zones = try #require(read.inventory).virtualMachines.map { [$0.platformID, $0.zone] }
    #expect(zones == [["a", "az1"], ["b", nil], ["c", "az2"]])
    #expect(read.findings.contains { $0.message.hasSuffix("1 guest assumed bound to it") })
  }

  @Test func `hosts of different CPU models make the guests host-model`() throws {
    let hypervisors = """
      {"hypervisors": [
        {"hypervisor_hostname": "cmp-1", "state": "up", "vcpus": 8, "memory_mb": 8192, "cpu_info": {"model": "Penryn"}},
        {"hypervisor_hostname": "cmp-2", "state": "up", "vcpus": 8, "memory_mb": 8192, "cpu_info": {"model": "Haswell"}}]}
      """
    let read = OpenStackFixtures.read(json: [hypervisors, SmallCloud.services, servers])
    #expect(try #require(read.inventory).virtualMachines.map(\.cpuModel) == ["host-model"])
  }

  @Test func `an overcommitted local disk has no space left`() throws {
    let hypervisors = """
      {"hypervisors": [{"hypervisor_hostname": "cmp-1", "state": "up", "vcpus": 8, "memory_mb": 8192,
        "disk_available_least": -7, "free_disk_gb": 50}]}
      """
    let read = OpenStackFixtures.read(json: [hypervisors, SmallCloud.services, servers])
    #expect(try #require(read.inventory).hosts[0].storage.map(\.free) == [.zero])
  }

  @Test func `bare-metal nodes are left out`() throws {
    let ironic = """
      [{"ID": "h9", "Hypervisor Hostname": "6f1c", "Hypervisor Type": "ironic", "State": "up", "vCPUs": 0,
        "Memory MB": 0}]
      """
    let read = OpenStackFixtures.read(json: [SmallCloud.hypervisors, ironic, SmallCloud.services, servers])
    #expect(try #require(read.inventory).hosts.count == 2)
  }

  @Test(arguments: [
    ("\"policy\": \"soft-affinity\"", PlacementGroup.Relation.affinity, PlacementGroup.Strictness.soft),
    ("\"policies\": [\"affinity\"]", .affinity, .hard),
    ("\"policy\": \"soft-anti-affinity\"", .antiAffinity, .soft),
    ("\"policy\": \"anti-affinity\", \"rules\": {\"max_server_per_host\": 2}", .antiAffinity, .soft),
  ])
  func `a group's policy says together or apart, hard or soft`(
    policy: String, relation: PlacementGroup.Relation, strictness: PlacementGroup.Strictness
  ) throws {
    let groups =
      "{\"server_groups\": [{\"id\": \"g\", \"name\": \"g\", \(policy), \"members\": [\"a\", \"gone\"]}]}"
    let read = OpenStackFixtures.read(json: [SmallCloud.hypervisors, SmallCloud.services, servers, groups])
    let group = PlacementGroup(
      id: PlacementGroup.ID("g"), relation: relation, strictness: strictness,
      members: [VirtualMachine.ID("web")])
    #expect(try #require(read.inventory).groups == [group])
  }

  @Test func `nothing at all is two errors that name the commands`() {
    let read = OpenStackFixtures.read(json: [])
    #expect(read.inventory == nil)
    #expect(
      read.findings.map(\.message) == ["no hypervisor listing was found", "no server listing was found"])
  }
}
