import Backtesting
import Testing

@Suite struct `Errors of a group` {
  private func one(
    _ measured: Double?, _ forecast: Double?, band: (Double, Double)? = nil
  ) -> BacktestCase {
    BacktestCase(
      id: "a", group: "g",
      measured: MeasuredOutcome(
        seconds: measured, downtimeSeconds: measured.map { $0 / 100 }, converged: measured != nil),
      forecast: CaseForecast(
        converges: forecast != nil, outcome: "", seconds: forecast, p10Seconds: band?.0, p90Seconds: band?.1,
        downtimeSeconds: forecast.map { $0 / 100 }))
  }

  @Test func `are fractions of what was measured, the bias with its sign`() throws {
    let errors = GroupErrors(group: "g", cases: [one(100, 90), one(100, 120), one(200, 200)])
    #expect(abs(try #require(errors.medianAbsoluteError) - 0.1) < 1e-12)
    #expect(abs(try #require(errors.p90AbsoluteError) - 0.18) < 1e-12)
    #expect(abs(try #require(errors.bias) - 0.1 / 3) < 1e-12)
    #expect(abs(try #require(errors.downtimeMedianErrorSeconds) - 0.1) < 1e-12)
  }

  @Test func `count outcomes forecast rightly and wrongly, and compare only what ended`() {
    let errors = GroupErrors(group: "g", cases: [one(1, 1), one(1, nil), one(nil, 1), one(nil, nil)])
    #expect(errors.outcomes.wrong == 2)
    #expect(errors.outcomes.convergedUnforecast == 1 && errors.outcomes.notConvergedUnforecast == 1)
    #expect(errors.count == 4 && errors.compared == 1)
  }

  @Test func `tell the share inside the band, open above where it has no end`() throws {
    let cases = [one(10, 10, band: (9, 11)), one(20, 10, band: (9, 11)), one(8, 10, band: (9, 11))]
    #expect(abs(try #require(GroupErrors(group: "g", cases: cases).insideBand) - 1.0 / 3) < 1e-12)
    var open = one(1e6, 10)
    open.forecast.p10Seconds = 9
    #expect(open.isInsideBand == true)
  }

  @Test func `of nothing are nothing`() {
    let errors = GroupErrors(group: "g", cases: [])
    #expect(errors.medianAbsoluteError == nil && errors.insideBand == nil && errors.count == 0)
  }
}

@Suite struct `A file of measurements` {
  @Test func `that lacks columns names all that are missing`() {
    #expect(
      throws: Backtest.Problem.missingColumns([
        "group", "disk_mib", "speed_mbs", "mirror_s", "total_s", "converged",
      ])
    ) {
      try Backtest(text: "id,nothing\n1,2\n", format: .qemuLabBlock)
    }
  }

  @Test func `without rows is empty, and a torn quotation is no CSV`() {
    #expect(throws: Backtest.Problem.empty) { try Backtest(text: "scenario,run\n", format: .qmp) }
    #expect(throws: Backtest.Problem.self) { try Backtest(text: "scenario,run\n\"a\"b,1\n", format: .qmp) }
  }

  @Test func `puts wrong outcomes before large errors among its worst`() throws {
    let backtest = try Backtest(text: Fixture.text("lab-memory"), format: .qemuLab, dirtyInput: .measured)
    let worst = backtest.worst(10)
    #expect(worst.count == 10)
    let wrong = worst.map { $0.measured.converged != $0.forecast.converges }
    #expect(wrong == wrong.sorted { $0 && !$1 })
    #expect(wrong.first == true)
  }
}
