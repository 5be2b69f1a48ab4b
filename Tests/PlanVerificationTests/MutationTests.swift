import EvacTestSupport
import EvacuationModel
import PlanVerification
import Quantities
import Testing

/// One way to spoil a plan, and the codes of which one must be found. `nil`: not possible with this plan.
struct Mutation: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let codes: Set<FindingCode>
  let apply: @Sendable (inout PlanBuilder, inout SeededGenerator) -> Bool?

  private static func step(
    _ name: String, _ codes: Set<FindingCode>,
    _ change: @escaping @Sendable (inout PlannedMigration, PlanBuilder) -> Bool?
  ) -> Self {
    Self(testDescription: name, codes: codes) { builder, draw in
      let index = draw.integer(in: 0...(builder.steps.count - 1))
      return change(&builder.steps[index], builder)
    }
  }

  static let all: [Self] = [
    Self(testDescription: "drop a step", codes: [.notAccountedFor]) { builder, draw in
      builder.steps.remove(at: draw.integer(in: 0...(builder.steps.count - 1)))
      return true
    },
    Self(testDescription: "repeat a step", codes: [.inconsistentPlan]) { builder, draw in
      builder.steps.append(draw.pick(builder.steps))
      return true
    },
    Self(testDescription: "move a guest twice", codes: [.needlessMove]) { builder, draw in
      var step = draw.pick(builder.steps)
      step.id = "again"
      builder.steps.append(step)
      return true
    },
    Self(testDescription: "fill the destination", codes: [.memoryExceeded]) { builder, draw in
      guard let step = builder.steps.first(where: { $0.guest.state != .stopped }) else { return nil }
      builder.changeHost(step.destination) { $0.memory = $0.reservedMemory }
      return true
    },
    Self(testDescription: "take the destination's CPUs", codes: [.cpuExceeded]) { builder, draw in
      guard let step = builder.steps.first(where: { $0.guest.state != .stopped }) else { return nil }
      builder.changeHost(step.destination) { $0.cpus = 0 }
      return true
    },
    Self(testDescription: "overlap two steps", codes: [.batchOverlap]) { builder, draw in
      guard builder.steps.count > 1 else { return nil }
      let index = draw.integer(in: 1...(builder.steps.count - 1))
      let length = builder.steps[index].end - builder.steps[index].start
      builder.steps[index].start = builder.steps[index - 1].start
      builder.steps[index].end = builder.steps[index].start + length
      return true
    },
    Self(testDescription: "swap two steps", codes: [.orderBroken]) { builder, draw in
      guard builder.steps.count > 1 else { return nil }
      let index = draw.integer(in: 1...(builder.steps.count - 1))
      builder.steps.swapAt(index, index - 1)
      return true
    },
    step("wrong source", [.unknownSubject]) { step, _ in
      step.source = step.destination
      return true
    },
    step("unknown guest", [.unknownSubject]) { step, _ in
      step.vm = "ghost"
      return true
    },
    step("unknown destination", [.unknownSubject]) { step, _ in
      step.destination = "ghost"
      return true
    },
    step("back to the source", [.badDestination]) { step, _ in
      step.destination = step.source
      return true
    },
    step("unknown dependency", [.unknownSubject]) { step, _ in
      step.dependsOn = ["ghost"]
      return true
    },
    step("depend on itself", [.orderBroken]) { step, _ in
      step.dependsOn = [step.id]
      return true
    },
    step("another mode", [.modeNotPermitted]) { step, _ in
      step.mode = step.mode == .live ? .block : .live
      step.forecast.mode = step.mode
      return true
    },
    step("shorter than its forecast", [.inconsistentPlan]) { step, _ in
      guard step.end > step.start else { return nil }
      step.end = step.start
      return true
    },
    step("ends before it starts", [.inconsistentPlan]) { step, _ in
      step.end = PlanTime(seconds: step.start.seconds - 1)
      return true
    },
    step("more bandwidth than the NIC", [.linkExceeded]) { step, _ in
      guard step.bandwidth > .zero else { return nil }
      step.bandwidth = .gigabitsPerSecond(100)
      return true
    },
    step("faster than the path", [.inconsistentPlan]) { step, _ in
      guard step.mode != .cold else { return nil }
      step.forecast.bytesTransferred = .gibibytes(1e6)
      return true
    },
    step("does not complete", [.modeNotPermitted]) { step, _ in
      step.forecast.completes = false
      return true
    },
    Self(testDescription: "unreachable storage", codes: [.storageMismatch]) { builder, draw in
      builder.changeHost(draw.pick(builder.steps).destination) { $0.storage = [] }
      return true
    },
    Self(testDescription: "bring members of a group together", codes: [.groupBroken]) { builder, draw in
      let step = draw.pick(builder.steps)
      guard let there = builder.inventory.virtualMachines.first(where: { $0.host == step.destination })
      else { return nil }
      builder.inventory.groups.append(
        PlacementGroup(id: "new", relation: .antiAffinity, members: [step.vm, there.id]))
      return true
    },
  ]
}

@Suite struct `Plans over generated worlds` {
  static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]

  @Test(arguments: seeds, [Platform.nova, .proxmox])
  func `hold when guests leave one after the other for the first host that takes them`(
    seed: UInt64, platform: Platform
  ) {
    let world = World.generated(seed: seed, hosts: 8, platform: platform)
    for host in world.inventory.hosts {
      let builder = NaivePlan(world, drain: host.id).builder
      #expect(!builder.steps.isEmpty)
      #expect(builder.findings(in: builder.plan()).map(\.description) == [])
    }
  }

  @Test(arguments: Mutation.all)
  func `are seen through when spoilt`(mutation: Mutation) {
    var tried = 0
    for seed in Self.seeds {
      let world = World.generated(seed: seed, hosts: 8)
      var draw = SeededGenerator(seed: seed, stream: mutation.testDescription)
      var builder = NaivePlan(world, drain: draw.pick(world.inventory.hosts).id).builder
      guard mutation.apply(&builder, &draw) ?? false else { continue }
      tried += 1
      let found = Set(builder.findings(in: builder.plan()).map(\.code))
      #expect(!found.isDisjoint(with: mutation.codes), "seed \(seed): found \(found)")
    }
    #expect(tried > 2)
  }
}
