import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `What a plan names` {
  @Test func `must be a guest of the inventory`() {
    let builder = PlanBuilder.small { $0.change("m002") { $0.vm = "ghost" } }
    #expect(builder.verdict() == ["V102 m002", "V501 old-1"])
  }

  @Test func `must be a host of the inventory`() {
    #expect(PlanBuilder.small { $0.change("m002") { $0.source = "ghost" } }.verdict() == ["V102 m002"])
    #expect(
      PlanBuilder.small { $0.change("m002") { $0.destination = "ghost" } }.verdict()
        == ["V102 m002", "V501 old-1"])
    #expect(PlanBuilder.small.verdict { $0.request.drain.append("ghost") } == ["V102 ghost"])
    #expect(PlanBuilder.small.verdict { $0.waves[0].hosts.append("ghost") } == ["V102 wave 1"])
  }

  @Test func `must be the host on which the guest is`() {
    #expect(PlanBuilder.small { $0.change("m001") { $0.source = "host-3" } }.verdict() == ["V102 m001"])
  }

  @Test func `is where the guest's previous step took it`() {
    let twice = PlanBuilder.small {
      $0.policy.moveOthers = true
      $0.move("web-1", to: "host-3", at: 1000, batch: 4)
    }
    #expect(twice.verdict() == ["V102 m005", "V502 m005"])
    var right = twice
    right.change("m005") { $0.source = "host-2" }
    #expect(right.verdict() == ["V502 m005"])
  }

  @Test func `must be a step of the plan where a step depends on it`() {
    #expect(PlanBuilder.small { $0.change("m003") { $0.dependsOn = ["m009"] } }.verdict() == ["V102 m003"])
  }

  @Test func `must name one step only`() {
    let builder = PlanBuilder.small {
      $0.change("m003") { $0.dependsOn = [] }
      $0.change("m002") { $0.id = "m001" }
    }
    #expect(builder.verdict() == ["V503 m001"])
  }

  @Test func `says where an unplaced guest is`() {
    let builder = PlanBuilder.small {
      $0.steps.removeLast()
      $0.leave("gpu-1", on: "host-2")
    }
    #expect(builder.verdict() == ["V102 gpu-1"])
  }

  @Test func `includes what commands need: id, state, memory, copied disks`() {
    let changes: [(inout PlannedGuest) -> Void] = [
      { $0.platformID = "another" }, { $0.state = .paused }, { $0.memory = .gibibytes(1) },
      { $0.copiedDisks = ["vda"] },
    ]
    for change in changes {
      #expect(PlanBuilder.small { $0.change("m003") { change(&$0.guest) } }.verdict() == ["V503 m003"])
    }
  }
}
