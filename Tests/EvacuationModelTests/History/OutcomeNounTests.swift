import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Recorded outcomes` {
  private func outcome(_ step: String, _ result: RecordedOutcome.Result) -> RecordedOutcome {
    RecordedOutcome(
      step: PlannedMigration.ID(step), result: result, at: Instant(secondsSince1970: 1_800_000_000))
  }

  @Test func `keep times to a millisecond, and a second keeping changes nothing`() {
    for seconds in [0.000_4, 41.234_567, 1e15, -3] {
      let once = RecordedOutcome(
        step: "m001", result: .done, took: Duration(clampingSeconds: seconds),
        at: Instant(secondsSince1970: 1_800_000_000.123_456_7))
      let twice = RecordedOutcome(step: once.step, result: .done, took: once.took, at: once.at)
      #expect(once == twice)
      #expect(Duration(milliseconds: once.took?.milliseconds ?? 1) == once.took)
    }
  }

  @Test func `are held against each other without their time`() {
    let one = outcome("m001", .done)
    let later = RecordedOutcome(step: one.step, result: .done, at: Instant(secondsSince1970: 0))
    #expect(one.saysTheSame(as: later))
    #expect(!one.saysTheSame(as: outcome("m001", .skipped)))
    #expect(!one.saysTheSame(as: outcome("m002", .done)))
  }

  @Test func `count by the latest of a step`() {
    let failed = RecordedOutcome.Result.failed(reason: "", kind: .other)
    let progress = PlanProgress([outcome("m001", failed), outcome("m002", .started), outcome("m001", .done)])
    #expect(progress.count("done") == 1)
    #expect(progress.count("failed") == 0)
    #expect(progress.hasEnded("m001"))
    #expect(!progress.hasEnded("m002"))
    #expect(!progress.hasEnded("m003"))
  }

  @Test func `tell where a plan is`() {
    #expect(PlanProgress([]).status(ofSteps: 2) == .planned)
    #expect(PlanProgress([outcome("m001", .done)]).status(ofSteps: 2) == .underWay)
    #expect(PlanProgress([outcome("m001", .done), outcome("m002", .skipped)]).status(ofSteps: 2) == .done)
    #expect(
      PlanProgress([outcome("m001", .done), outcome("m002", .failed(reason: "", kind: .other))])
        .status(ofSteps: 2) == .underWay)
  }

  @Test(arguments: [
    ("Live migration timed out after 800 s", FailureKind.timeout), ("did NOT converge", .timeout),
    ("No valid host was found. There are not enough hosts available.", .noRoom),
    ("Migration pre-check error: Lack of memory(host:1024 <= instance:2048)", .noRoom),
    ("unable to connect to server at 'compute-03:49152': No route to host", .hostDown),
    ("Compute service is unavailable at this time.", .hostDown), ("operator pressed the button", .other),
    ("", .other),
  ]) func `fail for a reason that its words tell`(_ reason: String, _ kind: FailureKind) {
    #expect(FailureKind(reason: reason) == kind)
  }
}
