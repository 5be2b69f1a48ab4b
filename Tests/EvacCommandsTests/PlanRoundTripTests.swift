import EvacTestSupport
import EvacuationModel
import InventoryImport
import Quantities
import RunbookExport
import Testing

@Suite struct `A plan that is written and read again` {
  private func again(_ plan: EvacuationPlan) throws -> EvacuationPlan {
    let reading = PlanReader.read(Array(try PlanJSON.encode(plan).utf8), path: "plan.json")
    #expect(reading.findings == [])
    return try #require(reading.value)
  }

  private func changed(_ change: (inout EvacuationPlan) -> Void) throws -> (EvacuationPlan, EvacuationPlan) {
    var plan = PlanBuilder.small.plan()
    change(&plan)
    return (plan, try again(plan))
  }

  @Test func `says what it replaces, whom it brings home, and its window`() throws {
    let (plan, read) = try changed { plan in
      plan.request.replaces = String(repeating: "a", count: 64)
      plan.request.restore = RestoreRequest(
        plan: "before", scope: .balance,
        homes: [.init(vm: "web-1", host: "host-1"), .init(vm: "db-1", host: "host-2")])
      plan.request.window = MaintenanceWindow(
        duration: .seconds(900), start: Instant(secondsSince1970: 1_796_000_000, utcOffsetSeconds: 3600),
        confidence: Ratio(0.75))
    }
    #expect(read.request == plan.request)
  }

  @Test(arguments: RestoreRequest.Scope.allCases)
  func `has the scope of its way home`(scope: RestoreRequest.Scope) throws {
    let (_, read) = try changed {
      $0.request.restore = RestoreRequest(plan: "before", scope: scope, homes: [])
    }
    #expect(read.request.restore?.scope == scope)
  }

  @Test func `has every number of its outlook`() throws {
    let (plan, read) = try changed { plan in
      plan.outlook = WindowOutlook(
        trials: 1000, endP50: .seconds(10), endP90: .seconds(12.5), endAtConfidence: .seconds(12),
        probability: Ratio(0.875), latestStart: PlanTime(seconds: 3), pointOfNoReturn: PlanTime(seconds: 4),
        turnBackBy: PlanTime(seconds: 5.25), meanNotCompleted: 0.125,
        left: [LeftHost(host: "host-2", guests: 3, reason: "too long")])
    }
    #expect(read.outlook == plan.outlook)
  }

  @Test func `has nothing of an outlook that is endless, and none where there is none`() throws {
    let (plan, read) = try changed { plan in
      plan.outlook = WindowOutlook(
        trials: 5, endP50: nil, endP90: nil, endAtConfidence: nil, probability: Ratio(0))
    }
    #expect(read.outlook == plan.outlook)
    #expect(try changed { _ in }.1.outlook == nil)
  }

  @Test func `says who stays, with every reason, and what proves it`() throws {
    let (plan, read) = try changed { plan in
      plan.unplaced = [
        UnplacedVirtualMachine(
          vm: "gpu-1", host: "host-1",
          refusals: [HostRefusal(host: "host-2", code: "memory", message: "is full")], message: "stays"),
        UnplacedVirtualMachine(
          vm: "db-1", host: "host-1", refusals: [], message: "later", postponed: .nextWindow),
        UnplacedVirtualMachine(
          vm: "web-1", host: "host-1", refusals: [], message: "forbidden", postponed: .blackout),
      ]
      plan.shortfalls = [
        Shortfall(
          resource: .cpus, shortBy: 2, needed: 10, available: 8, hosts: ["host-2"], vms: ["db-1"],
          message: "short")
      ]
      plan.remarks = ["one", "two"]
      plan.findings = [Finding(.blackoutUnchecked, path: "p", place: "q", message: "m", help: "h")]
    }
    #expect(read.unplaced == plan.unplaced)
    #expect(read.shortfalls == plan.shortfalls)
    #expect(read.remarks == plan.remarks)
    #expect(read.findings == plan.findings)
  }

  @Test func `has its rolling summary, and what its steps say of guest and pause`() throws {
    let (plan, read) = try changed { plan in
      plan.request.rolling = HostPattern("rack=a")
      plan.request.drain = []
      plan.summary.rolling = RollingSummary(
        hosts: 2, mostHostsOut: 1, meanMoves: 1.5, mostMoves: 2, movesLowerBound: 3,
        movesLowerBoundReason: "everybody moves")
      plan.steps[0].guest.bandwidthLimit = .megabytesPerSecond(50)
      plan.steps[0].guest.downtimeLimit = .milliseconds(300)
      plan.steps[0].forecast.pause = PauseParts(
        lastRound: .seconds(0.1), socketBuffers: .seconds(0.2), device: .seconds(0.3), poll: .seconds(0.4),
        handOver: .seconds(0.5), resume: .seconds(0.6), mirrors: .seconds(0.7))
      plan.steps[0].usesPostCopy = true
      plan.steps[0].forecast.outcome = .needsPostCopy
    }
    #expect(read.request == plan.request)
    #expect(read.summary.rolling == plan.summary.rolling)
    #expect(read.steps[0].guest == plan.steps[0].guest)
    #expect(read.steps[0].forecast.pause == plan.steps[0].forecast.pause)
    #expect(read.steps[0].usesPostCopy)
    #expect(try PlanJSON.encode(read) == PlanJSON.encode(plan))
  }

  @Test func `is the same with what was recorded of it beside its own keys`() throws {
    let plan = PlanBuilder.small.plan()
    let outcome = RecordedOutcome(
      step: "m001", result: .done, transfer: .seconds(3), at: Instant(secondsSince1970: 1_796_000_000))
    let text = try PlanJSON.encode(plan, outcomes: [outcome])
    #expect(text.contains("\"outcomes\""))
    #expect(text.contains("\"transfer_seconds\" : 3"))
    let read = try #require(PlanReader.read(Array(text.utf8), path: "plan.json").value)
    #expect(try PlanJSON.encode(read) == PlanJSON.encode(plan))
    #expect(try PlanJSON.encode(plan, outcomes: []) == PlanJSON.encode(plan))
  }
}
