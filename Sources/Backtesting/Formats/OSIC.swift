import EvacuationModel
import MigrationSimulation
import Quantities

/// `vm_migrations.csv` and `host_evacuations.csv` of the OSIC benchmark: a line a guest or a host.
enum OSIC {
  static func read(_ rows: [CSVRow], companion: String?) -> CaseTable {
    var table = CaseTable()
    var clock: OSICClock?
    for (index, row) in rows.enumerated() {
      switch setup(row) {
      case .success(let setup):
        if setup.isParallelTest, clock == nil { clock = OSICClock(setup) }
        add(row, setup: setup, clock: clock, number: index + 1, to: &table)
      case .failure(let reason):
        table.skipped.append(SkippedCase(id: id(row, number: index + 1), reason: reason.text))
      }
    }
    return table
  }

  private static func isHost(_ row: CSVRow) -> Bool { row.text("vm") == nil }

  private static func id(_ row: CSVRow, number: Int) -> String {
    let parts = ["flavor", "iteration", "direction"].compactMap(row.text)
    return "row \(number): \((parts + (row.text("vm").map { ["vm \($0)"] } ?? [])).joined(separator: " "))"
  }

  private static func setup(_ row: CSVRow) -> Result<OSICSetup, SkipReason> {
    if let original = row.text("duplicate_of") {
      return .failure(SkipReason("a copy of \(original)"))
    }
    let outcome = row.text("outcome") ?? "unknown"
    guard outcome.hasPrefix("success") else {
      return .failure(
        SkipReason("outcome is \(outcome): which of its migrations failed, and why, is not in the table"))
    }
    if isHost(row), outcome != "success" || row.number("vm_timings") != row.number("vms_on_host") {
      return .failure(SkipReason("the evacuation is incomplete"))
    }
    return OSICSetup.read(row)
  }

  private static func add(
    _ row: CSVRow, setup: OSICSetup, clock: OSICClock?, number: Int, to table: inout CaseTable
  ) {
    let id = id(row, number: number)
    guard let seconds = row.number(isHost(row) ? "host_evac_s" : "duration_s") else {
      table.skipped.append(SkippedCase(id: id, reason: "no duration"))
      return
    }
    let filled = clock.flatMap { $0.touched(row, setup: setup) }
    guard let touched = setup.isParallelTest ? filled : setup.memory else {
      table.skipped.append(SkippedCase(id: id, reason: "the parallel test had no such evacuation"))
      return
    }
    table.cases.append(
      BacktestCase(
        id: id, group: setup.group + (isHost(row) ? ", host" : ""),
        measured: MeasuredOutcome(seconds: seconds, converged: true),
        forecast: forecast(row, setup: setup, touched: touched),
        circumstances: "\(touched.description) touched, iteration \(row.text("iteration") ?? "?")"))
  }

  /// The forecast of one guest or of a whole host, with what the queue adds.
  private static func forecast(_ row: CSVRow, setup: OSICSetup, touched: ByteCount) -> CaseForecast {
    let spread = isHost(row) ? OSICConstants.hostSpread : OSICConstants.guestSpread
    let demand = setup.experiment(touched: touched, spread: spread).demand
    var forecast = CaseForecast(MigrationForecaster.forecast(demand, bandwidth: setup.rate))
    let mirror =
      setup.mirrorSeconds * (isHost(row) ? OSICConstants.mirrorSpread.host : OSICConstants.mirrorSpread.guest)
    let rank = ((row.count("vm") ?? 1) - 1) % setup.batch + 1
    func queued(_ alone: Double) -> Double {
      isHost(row)
        ? setup.hostSeconds(alone: alone, batch: setup.batch) : setup.seconds(alone: alone, rank: rank)
    }
    forecast.seconds = forecast.seconds.map(queued)
    forecast.p10Seconds = forecast.p10Seconds.map { queued($0 - mirror) }
    forecast.p90Seconds = forecast.p90Seconds.map { queued($0 + mirror) }
    return forecast
  }
}
