import EvacuationModel
import MigrationSimulation
import Quantities

/// `runs.csv` of the PostgreSQL runs watched through QMP, with `iterations.csv` beside it.
enum PostgreSQL {
  static func read(_ rows: [CSVRow], companion: String?) -> CaseTable {
    let columns = ["scenario", "run", "dirty_sync_count", "seen_at_total_ms", "dirty_pages_rate"]
    let iterations = companion.flatMap { try? CSVRow.all(in: $0, required: columns) } ?? []
    let writes = PostgreSQLWrites(runs: rows, iterations: iterations)
    var table = CaseTable()
    for row in rows {
      let id = PostgreSQLWrites.name(row)
      switch forecast(row, writes: writes) {
      case .success(let (run, forecast)):
        table.cases.append(
          BacktestCase(
            id: id, group: row.text("scenario") ?? "ungrouped", measured: run.measured,
            forecast: CaseForecast(forecast),
            circumstances: run.circumstances(forecast.outcome)))
      case .failure(let reason): table.skipped.append(SkippedCase(id: id, reason: reason.text))
      }
    }
    return table
  }

  private static func forecast(
    _ row: CSVRow, writes: PostgreSQLWrites
  ) -> Result<(PostgreSQLRun, MigrationForecast), SkipReason> {
    PostgreSQLRun.read(row).flatMap { run in
      // Stop-and-copy pauses the guest first.
      let stopped = run.mode == "stopcopy" ? DirtyCurve(classes: [], touched: run.touched) : nil
      guard let curve = stopped ?? writes.curve(for: row, touched: run.touched, pending: run.pendingAtSync)
      else {
        return .failure(SkipReason("no other migration with this load tells how hard it writes"))
      }
      let experiment = run.experiment(curve)
      let forecast = MigrationForecaster.forecast(experiment.demand, bandwidth: experiment.wireRate)
      return .success((run, forecast))
    }
  }
}
