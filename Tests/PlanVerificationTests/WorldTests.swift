import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `A generated world` {
  static let seeds: [UInt64] = [1, 2, 3, 4, 5]

  @Test func `is the same for the same seed, and another for another`() {
    #expect(World.generated(seed: 7).inventory == World.generated(seed: 7).inventory)
    #expect(World.generated(seed: 7).inventory.hosts != World.generated(seed: 8).inventory.hosts)
  }

  @Test(arguments: seeds)
  func `keeps its hosts and guests when it grows`(seed: UInt64) {
    let small = World.generated(seed: seed, hosts: 20, vmsPerHost: 5).inventory
    let large = World.generated(seed: seed, hosts: 30, vmsPerHost: 8).inventory
    #expect(Array(large.hosts.prefix(20)) == small.hosts)
    #expect(Set(large.virtualMachines).isSuperset(of: small.virtualMachines))
  }

  @Test(arguments: seeds)
  func `fits its hosts, and every name resolves`(seed: UInt64) {
    let inventory = World.generated(seed: seed, hosts: 24).inventory
    let pools = Set(inventory.datastores.map(\.id))
    let links = Set(inventory.links.map(\.id))
    for host in inventory.hosts {
      let guests = inventory.virtualMachines.filter { $0.host == host.id }
      #expect(guests.map(\.memory).sum() <= (host.memory - host.reservedMemory) * 0.6)
      #expect(guests.map(\.vcpus).reduce(0, +) <= host.cpus * 4)
      let reached = Set(host.storage.map(\.datastore))
      #expect(reached.isSubset(of: pools) && links.isSuperset(of: host.links))
      #expect(guests.allSatisfy { $0.disks.allSatisfy { reached.contains($0.datastore) } })
    }
    let names = inventory.virtualMachines.map(\.id)
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: seeds)
  func `keeps its groups`(seed: UInt64) {
    let inventory = World.generated(seed: seed, hosts: 40).inventory
    #expect(inventory.groups.contains { $0.relation == .affinity })
    #expect(inventory.groups.contains { $0.relation == .antiAffinity })
    for group in inventory.groups {
      let places = group.members.compactMap { member in
        inventory.virtualMachines.first { $0.id == member }.flatMap { vm in
          inventory.hosts.first { $0.id == vm.host }?.place(in: group.scope)
        }
      }
      #expect(places.count == group.members.count)
      #expect(Set(places).count == (group.relation == .affinity ? 1 : places.count), "\(group)")
    }
  }

  @Test func `has something of everything`() {
    let inventory = World.generated(seed: 1, hosts: 60).inventory
    let vms = inventory.virtualMachines
    #expect(Set(vms.map(\.state)) == Set(PowerState.allCases))
    #expect(Set(vms.compactMap(\.memoryActivity.intensity)) == Set(WriteIntensity.allCases))
    #expect(vms.contains { !$0.devices.isEmpty } && vms.contains { $0.zone != nil })
    #expect(vms.contains { $0.disks.count > 1 } && vms.contains { !$0.cpuFeatures.isEmpty })
    #expect(Set(inventory.hosts.map(\.cpuModel)).count > 1)
    #expect(Set(inventory.groups.map(\.scope)) == Set(PlacementGroup.Scope.allCases))
  }
}
