import EvacuationModel
import MigrationSimulation
import Quantities

/// `ram.csv` of the QEMU laboratory: a line a run.
enum QEMULab {
  static func read(_ rows: [CSVRow], dirtyInput: DirtyInput) -> CaseTable {
    CaseTable(rows) { row in
      let guest = QEMULabGuest(row: row, input: dirtyInput)
      guard row.text("status") != "failed" else { return .failure(SkipReason("the run failed")) }
      guard let experiment = guest.experiment else {
        return .failure(SkipReason(missing: guest.neededColumns, in: row))
      }
      return .success(
        (row.text("group") ?? "ungrouped", measured(row), experiment.caseForecast, guest.circumstances))
    }
  }

  private static func measured(_ row: CSVRow) -> MeasuredOutcome {
    let converged = row.text("converged") == "1"
    return MeasuredOutcome(
      seconds: converged ? row.number("total_ms").map { $0 / 1000 } : nil,
      downtimeSeconds: row.number("real_downtime_ms").map { $0 / 1000 }, converged: converged)
  }
}

extension MigrationExperiment {
  /// The forecast with its band. For a guest that writes in bursts it is the median over the phases in which the
  /// migration may begin.
  var caseForecast: CaseForecast {
    let phases = writing.isBursty ? QEMULabConstants.burstPhases : 1
    let forecasts = (0..<phases).map { phase in
      var experiment = self
      experiment.writing.phase = (Double(phase) + 0.5) / Double(phases)
      return CaseForecast(
        MigrationForecaster.forecast(experiment.demand, bandwidth: experiment.wireRate, remedies: false))
    }
    return CaseForecast.median(of: forecasts)
  }
}

extension CaseForecast {
  /// The forecast in the middle by duration, with a band from the ninth of the lowest to that of the highest.
  static func median(of forecasts: [Self]) -> Self {
    let ordered = forecasts.sorted { ($0.seconds ?? .infinity) < ($1.seconds ?? .infinity) }
    guard ordered.count > 1 else { return ordered.first ?? Self(converges: false, outcome: "", seconds: nil) }
    var middle = ordered[ordered.count / 2]
    middle.p10Seconds = ordered.compactMap(\.p10Seconds).sorted().first
    let highs = ordered.map { $0.p90Seconds ?? .infinity }.sorted()
    middle.p90Seconds = highs.last.flatMap { $0.isFinite ? $0 : nil }
    return middle
  }
}
