import Backtesting
import Testing

/// Migrations of a PostgreSQL guest, with the bitmap syncs of those that nobody slowed.
@Suite struct `PostgreSQL's migrations` {
  private static func backtest() throws -> Backtest {
    try Fixture.backtest("postgresql-runs", .qmp, companion: "postgresql-iterations")
  }

  private static func errors(_ scenario: String) throws -> GroupErrors {
    let groups = try backtest().groups
    return try #require(groups.first { $0.group == scenario })
  }

  @Test func `converge or not as they did, those that outlasted their load included`() throws {
    let outcomes = try Self.backtest().all.outcomes
    #expect(outcomes.wrong == 0)
    #expect(outcomes.notConvergedAsForecast == 5)
    #expect(outcomes.convergedAsForecast == 11)
  }

  @Test(arguments: [
    ("Precopy_Convergent", 0.006), ("Autoconverge_16T", 0.015), ("Postcopy_16T", 0.016),
    ("Postcopy_4T", 0.014),
    ("Postcopy_Late_16T_5s", 0.048), ("Postcopy_Late_16T_25s", 0.003), ("Postcopy_Late_16T_40s", 0.006),
    ("Stop_Copy_4T", 0.009),
  ])
  func `take what was measured`(scenario: String, bound: Double) throws {
    let error = try #require(try Self.errors(scenario).meanAbsoluteError)
    #expect(error < bound, "\(error)")
  }

  @Test func `need a throttle within ten points of the one they were given`() throws {
    let throttled = try Self.backtest().cases.filter { $0.group == "Autoconverge_16T" }
    #expect(throttled.count == 2)
    for one in throttled {
      let numbers = one.circumstances.split(separator: " ").compactMap { Int($0) }.suffix(2)
      let (measured, forecast) = (try #require(numbers.first), try #require(numbers.last))
      #expect(abs(measured - forecast) <= 10, "\(one.circumstances)")
    }
  }

  @Test func `with a load that no other run had are left out`() throws {
    let text = try Fixture.text("postgresql-runs").split(separator: "\n")
    let one = text.filter { $0.hasPrefix("scenario") || $0.hasPrefix("Precopy_Convergent,2") }.joined(
      separator: "\n")
    let backtest = try Backtest(text: one, format: .qmp)
    #expect(backtest.cases.isEmpty)
    #expect(backtest.skipped.first?.reason.contains("no other migration with this load") == true)
  }
}
