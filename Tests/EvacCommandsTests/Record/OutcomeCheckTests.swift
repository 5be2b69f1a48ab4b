import ArgumentParser
import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@testable import EvacCommands

@Suite struct `Reported outcomes` {
  private let now = Instant(secondsSince1970: 1_800_000_000)
  private var check: OutcomeCheck { OutcomeCheck(PlanBuilder.small.plan(), now: now) }

  private func report(
    _ step: String, _ result: RecordedOutcome.Result = .done, took seconds: Double? = nil, at: Instant? = nil
  ) -> ReportedOutcome {
    ReportedOutcome(
      step: PlannedMigration.ID(step), result: result, took: seconds.map { .seconds($0) }, at: at,
      path: "--done")
  }

  private func codes(_ reported: [ReportedOutcome], after before: [ReportedOutcome] = []) -> [FindingCode] {
    check.new(reported, after: before.map { $0.recorded(now: now) }).findings.map(\.code)
  }

  @Test func `are taken in the plan's order, at the time of recording if they have none`() {
    let new = check.new([report("m003"), report("m002"), report("m001", took: 41)], after: [])
    #expect(new.findings == [])
    #expect(new.outcomes.map(\.step) == ["m001", "m002", "m003"])
    #expect(new.outcomes.allSatisfy { $0.at == now })
  }

  @Test func `of steps that the plan does not have are refused with the nearest`() {
    let findings = check.new([report("m0001"), report("m002"), report("xyz")], after: []).findings
    #expect(findings.map(\.code) == [.unknownStep, .unknownStep])
    #expect(findings.first?.help == "did you mean `m001`?")
  }

  @Test func `before what they depend on are refused, whatever comes with them`() {
    #expect(codes([report("m003")]) == [.outcomeTooEarly])
    #expect(codes([report("m001"), report("m003", .started)]) == [.outcomeTooEarly])
    #expect(codes([report("m001"), report("m002", .started), report("m003")]) == [.outcomeTooEarly])
    #expect(
      codes([report("m001", .skipped), report("m002", .failed(reason: "", kind: .other)), report("m003")])
        == [])
    #expect(codes([report("m004", .skipped)]) == [])
  }

  @Test func `that say the same again are nothing new`() {
    let first = report("m001", took: 41)
    let recorded = [first.recorded(now: Instant(secondsSince1970: 1_700_000_000))]
    let again = check.new([first, first], after: recorded)
    #expect(again.outcomes == [] && again.findings == [])
    let twice = check.new([first, first], after: [])
    #expect(twice.outcomes.count == 1 && twice.findings == [])
  }

  @Test func `that say otherwise of what is done are refused`() {
    #expect(codes([report("m001", took: 42)], after: [report("m001", took: 41)]) == [.contradictoryOutcome])
    #expect(codes([report("m001", .skipped)], after: [report("m001")]) == [.contradictoryOutcome])
    #expect(codes([report("m001")], after: [report("m001", .skipped)]) == [.contradictoryOutcome])
    let later = report("m001", at: Instant(secondsSince1970: 1))
    #expect(codes([later], after: [report("m001")]) == [.contradictoryOutcome])
  }

  @Test func `may follow a failure, and a table with both may be given again`() {
    let attempts = [
      report("m001", .started), report("m001", .failed(reason: "Timed out", kind: .timeout)),
      report("m001", took: 9),
    ]
    let new = check.new(attempts, after: [])
    #expect(new.findings == [] && new.outcomes.map(\.result.name) == ["started", "failed", "done"])
    let again = check.new(attempts, after: new.outcomes)
    #expect(again.findings == [] && again.outcomes == [])
  }

  @Test func `of a second failure like the first count if their time is given`() {
    let failed = RecordedOutcome.Result.failed(reason: "Timed out", kind: .timeout)
    let attempts = [60.0, 120].map { report("m001", failed, at: Instant(secondsSince1970: $0)) }
    #expect(check.new(attempts, after: []).outcomes.count == 2)
  }
}

@Suite struct `Outcomes on the command line` {
  private func reported(_ arguments: [String]) throws -> [ReportedOutcome] {
    try OutcomeOptions.parse(arguments).reported()
  }

  private func findings(_ arguments: [String]) throws -> [FindingCode] {
    do {
      _ = try reported(arguments)
      return []
    } catch let refusal as Refusal {
      return refusal.findings.map(\.code)
    }
  }

  @Test func `pair times with what is done, in order or behind an equals sign`() throws {
    for arguments in [
      ["--done", "m001", "--took", "41s", "--done", "m002", "--took", "7 s"],
      ["--done", "m001=41s", "--done", "m002=7s"],
    ] {
      let outcomes = try reported(arguments)
      #expect(outcomes.map(\.step.name) == ["m001", "m002"])
      #expect(outcomes.map(\.took) == [.seconds(41), .seconds(7)])
    }
  }

  @Test func `pair reasons with failures, and one reason with all`() throws {
    let one = try reported(["--failed", "m001", "--failed", "m002", "--reason", "No valid host was found"])
    #expect(one.allSatisfy { $0.result == .failed(reason: "No valid host was found", kind: .noRoom) })
    let own = try reported([
      "--failed", "m001=timed out", "--took", "800s", "--kind", "host_down", "--started", "m002",
    ])
    #expect(own.map(\.result.name) == ["started", "failed"])
    #expect(own.last?.result == .failed(reason: "timed out", kind: .hostDown))
    #expect(own.last?.took == .seconds(800))
  }

  @Test func `are refused where they do not pair or cannot be read`() throws {
    #expect(try findings(["--done", "m001", "--done", "m002", "--took", "41s"]) == [.badRequest])
    #expect(try findings(["--started", "m001", "--took", "41s"]) == [.badRequest])
    #expect(try findings(["--done", "m001", "--reason", "why"]) == [.badRequest])
    #expect(try findings(["--done", "m001=41"]) == [.badQuantity])
    #expect(try findings(["--done", "m001", "--at", "noon", "--kind", "x"]) == [.badQuantity, .badChoice])
  }
}
