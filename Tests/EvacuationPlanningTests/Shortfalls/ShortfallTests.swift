import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Proofs that not all can leave` {
  /// host-1 has to be emptied of guests of `sizes` GiB; each of the others has so many GiB free.
  private func question(_ sizes: [Double], free: [Double], vcpus: Int = 2) -> PlanQuestion {
    let guests = sizes.enumerated().map {
      VirtualMachine.small(
        .init("vm-\($0.offset + 1)"), on: "host-1", vcpus: vcpus, memory: .gibibytes($0.element))
    }
    let hosts = free.enumerated().map {
      Host.small(.init("host-\($0.offset + 2)"), memory: .gibibytes($0.element))
    }
    return PlanQuestion(.small(hosts: [.small("host-1", memory: .gibibytes(256))] + hosts, vms: guests))
  }

  @Test func `add up memory`() {
    let plan = question([3, 3, 3], free: [4, 4]).verifiedPlan()
    #expect(
      plan.shortfalls.map(\.message) == [
        "the 2 hosts that could take them have 8 GiB of memory free together, 9 GiB have to leave: 1 GiB short"
      ])
    #expect(plan.shortfalls.first?.shortBy == ByteCount.gibibytes(1).bytes)
    #expect(plan.shortfalls.first?.hosts == ["host-2", "host-3"])
    #expect(plan.shortfalls.first?.vms == ["vm-1", "vm-2", "vm-3"])
    #expect(plan.remarks.allSatisfy { !$0.contains("proven") })
  }

  @Test func `count pieces`() {
    let some = question([4, 4, 4], free: [6, 6]).verifiedPlan()
    #expect(
      some.shortfalls.map(\.message) == [
        "3 guests of 4 GiB or more have to leave, and the 2 hosts that could take them have room for 2 of that size: "
          + "1 stays"
      ])
    let none = question([8, 1], free: [14, 14]).with {
      $0.inventory.virtualMachines.append(.small("here", on: "host-2", memory: .gibibytes(8)))
      $0.inventory.virtualMachines.append(.small("there", on: "host-3", memory: .gibibytes(7)))
    }
    #expect(
      none.verifiedPlan().shortfalls.map(\.message) == [
        "no host that could take it has 8 GiB of memory in one piece; the largest free piece is 7 GiB on host-3"
      ])
  }

  @Test func `count the headroom that is kept`() {
    let failure = question([4], free: [6, 6]).with { $0.policy.capacity.keepFree = .hosts(1) }
    #expect(failure.verifiedPlan().completeness == .complete)
    let two = question([8], free: [8, 8]).with { $0.policy.capacity.keepFree = .hosts(2) }
    #expect(two.verifiedPlan().shortfalls.map(\.resource) == [.headroom])
    let share = question([6, 6], free: [8, 8]).with { $0.policy.capacity.keepFree = .share(.percent(50)) }
    #expect(share.verifiedPlan().shortfalls.map(\.resource) == [.memory])
  }

  @Test func `add up CPUs and disk space`() {
    #expect(
      question([1, 1, 1], free: [8], vcpus: 32).verifiedPlan().shortfalls.map(\.resource) == [.cpus])
    let disks = question([1, 1], free: [8]).with {
      for index in 0...1 { $0.inventory.virtualMachines[index].disks = [.local(size: .gibibytes(300))] }
    }
    #expect(disks.verifiedPlan().shortfalls.map(\.resource) == [.diskSpace])
  }

  @Test func `count the places of an anti-affinity group`() {
    let group = question([1, 1, 1], free: [8, 8]).with {
      $0.inventory.hosts.append(.small("host-4"))
      $0.request.drain = ["host-1", "host-4"]
      $0.inventory.virtualMachines[1].host = "host-4"
      $0.inventory.virtualMachines[2].host = "host-3"
      $0.inventory.groups = [
        PlacementGroup(id: "web", relation: .antiAffinity, members: ["vm-1", "vm-2", "vm-3"])
      ]
    }
    #expect(
      group.verifiedPlan().shortfalls.map(\.message) == [
        "2 members of anti-affinity group web have to leave, and there is 1 host without one that could take them: "
          + "1 stays"
      ])
    #expect(group.with { $0.policy.moveOthers = true }.verifiedPlan().shortfalls.map(\.resource) == [.places])
  }

  @Test func `are not claimed of what others could make room for`() {
    let tight = question([8], free: [12, 12]).with {
      for host in ["host-2", "host-3"] as [Host.ID] {
        $0.inventory.virtualMachines.append(.small(.init("on-\(host)"), on: host, memory: .gibibytes(6)))
      }
    }
    #expect(tight.verifiedPlan().shortfalls.map(\.resource) == [.memoryPieces])
    #expect(tight.with { $0.policy.moveOthers = true }.verifiedPlan().completeness == .complete)
  }

  @Test(arguments: Array(UInt64(1)...100))
  func `agree with what they count, and name only guests that have to leave`(seed: UInt64) {
    let question = PlanQuestion.generated(seed)
    let plan = question.plan()
    let drained = Set(question.request.drain)
    let leaving = Set(question.inventory.virtualMachines.lazy.filter { drained.contains($0.host) }.map(\.id))
    for shortfall in plan.shortfalls {
      #expect(shortfall.shortBy == shortfall.needed - shortfall.available && shortfall.shortBy > 0)
      #expect(leaving.isSuperset(of: shortfall.vms))
      #expect(plan.unplaced.contains { shortfall.vms.contains($0.vm) })
    }
    if plan.unplaced.isEmpty { #expect(plan.shortfalls.isEmpty) }
  }
}
