import EvacuationModel
import MigrationSimulation
import Quantities

/// `cases.csv` of single cases from public logs and reports.
enum PublicCases {
  static func read(_ rows: [CSVRow], companion: String?) -> CaseTable {
    var table = CaseTable()
    for (index, row) in rows.enumerated() {
      let id = row.text("case_id") ?? "row \(index + 1)"
      switch measured(row).flatMap({ measured in PublicCase.read(row).map { (measured, $0) } }) {
      case .success(let (measured, one)):
        let experiment = one.experiment
        let forecast = MigrationForecaster.forecast(experiment.demand, bandwidth: experiment.wireRate)
        table.cases.append(
          BacktestCase(
            id: id, group: row.text("role") ?? "ungrouped", measured: measured,
            forecast: CaseForecast(forecast),
            circumstances: [row.text("platform"), row.text("workload")].compactMap(\.self)
              .joined(separator: ", ")))
      case .failure(let reason): table.skipped.append(SkippedCase(id: id, reason: reason.text))
      }
    }
    return table
  }

  private static func measured(_ row: CSVRow) -> Result<MeasuredOutcome, SkipReason> {
    guard let outcome = row.text("outcome") else { return .failure(SkipReason("no outcome")) }
    let converged = outcome.hasPrefix("completed")
    let seconds = row.number("measured_total_s")
    if converged, seconds == nil { return .failure(SkipReason("no measured total")) }
    return .success(
      MeasuredOutcome(
        seconds: converged ? seconds : nil,
        downtimeSeconds: converged ? row.number("measured_downtime_ms").map { $0 / 1000 } : nil,
        converged: converged))
  }
}
