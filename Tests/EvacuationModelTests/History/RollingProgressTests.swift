import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The progress of a rolling maintenance` {
  private static let start = 1_796_000_000.0

  private func at(_ seconds: Double) -> Instant { Instant(secondsSince1970: Self.start + seconds) }

  /// a leaves host-1, which is out for ten minutes; then b leaves host-2 for host-1.
  private var plan: EvacuationPlan {
    var builder = PlanBuilder(inventory: .threeHosts, drain: [])
    builder.inventory.virtualMachines = [.small("a", on: "host-1"), .small("b", on: "host-2")]
    let end = builder.move("a", to: "host-3", at: 0, batch: 1)
    let back = end + 600
    let last = builder.move("b", to: "host-1", at: back, batch: 2, after: ["m001"])
    var plan = builder.plan()
    plan.request = EvacuationRequest(rolling: HostPattern("host-1,host-2"))
    func wave(_ number: Int, _ host: Host.ID, _ start: Double, _ empty: Double) -> Wave {
      Wave(
        number: number, hosts: [host], start: PlanTime(seconds: start), drained: PlanTime(seconds: empty),
        maintenanceStart: PlanTime(seconds: empty), maintenanceEnd: PlanTime(seconds: empty + 600))
    }
    plan.waves = [wave(1, "host-1", 0, end), wave(2, "host-2", back, last)]
    return plan
  }

  private func progress(
    _ outcomes: [(PlannedMigration.ID, RecordedOutcome.Result)], at now: Double, back: [Host.ID] = []
  ) -> RollingProgress {
    RollingProgress(
      of: plan, after: outcomes.map { RecordedOutcome(step: $0.0, result: $0.1, at: at(100)) }, at: at(now),
      reported: back)
  }

  @Test func `has all hosts to come before anything is recorded`() {
    #expect(progress([], at: 5000).left == ["host-1", "host-2"])
  }

  @Test func `has a host out from its last departure for as long as its maintenance takes`() {
    let out = progress([("m001", .done)], at: 699)
    #expect(out.out == [.init(host: "host-1", until: at(700))])
    #expect(out.left == ["host-2"])
    #expect(progress([("m001", .done)], at: 700).back == ["host-1"])
  }

  @Test(arguments: [
    RecordedOutcome.Result.started, .skipped, .failed(reason: "", kind: .other),
  ])
  func `does not take a host for empty that somebody has not left`(result: RecordedOutcome.Result) {
    #expect(progress([("m001", result)], at: 5000).left == ["host-1", "host-2"])
  }

  @Test func `takes a host for back on which somebody has arrived since, or that is said to be`() {
    #expect(progress([("m001", .done), ("m002", .done)], at: 101).back == ["host-1"])
    #expect(progress([("m001", .done)], at: 101, back: ["host-1"]).back == ["host-1"])
    #expect(progress([], at: 101, back: ["host-2"]).left == ["host-1"])
  }

  @Test func `never has a host that somebody cannot leave as empty`() {
    var plan = plan
    plan.unplaced = [UnplacedVirtualMachine(vm: "c", host: "host-1", refusals: [], message: "")]
    let outcome = RecordedOutcome(step: "m001", result: .done, at: at(100))
    #expect(RollingProgress(of: plan, after: [outcome], at: at(9000)).left.contains("host-1"))
  }
}
