import EvacuationModel
import MigrationSimulation
import Quantities

/// `ram.csv` of the QEMU laboratory: a line a run.
enum QEMULab {
  static func read(_ rows: [CSVRow], dirtyInput: DirtyInput) -> CaseTable {
    var table = CaseTable()
    for (index, row) in rows.enumerated() {
      let id = row.text("id") ?? "row \(index + 1)"
      switch forecast(row, dirtyInput: dirtyInput) {
      case .success(let forecast):
        table.cases.append(
          BacktestCase(
            id: id, group: row.text("group") ?? "ungrouped", measured: measured(row), forecast: forecast,
            circumstances: QEMULabGuest(row: row, input: dirtyInput).circumstances))
      case .failure(let reason): table.skipped.append(SkippedCase(id: id, reason: reason.text))
      }
    }
    return table
  }

  private static func measured(_ row: CSVRow) -> MeasuredOutcome {
    let converged = row.text("converged") == "1"
    return MeasuredOutcome(
      seconds: converged ? row.number("total_ms").map { $0 / 1000 } : nil,
      downtimeSeconds: row.number("real_downtime_ms").map { $0 / 1000 }, converged: converged)
  }

  private static func forecast(_ row: CSVRow, dirtyInput: DirtyInput) -> Result<CaseForecast, SkipReason> {
    guard row.text("status") != "failed" else { return .failure(SkipReason("the run failed")) }
    guard let experiment = QEMULabGuest(row: row, input: dirtyInput).experiment else {
      let wanted =
        ["ram_mib", "fill_mib", "ws_mib", "bw_mbs", "dl_ms"]
        + (dirtyInput == .measured ? ["dr_wl_4096_1s", "dr_wl_4096_5s"] : [])
      let missing = wanted.filter { row.number($0) == nil }
      return .failure(SkipReason("no number in \(missing.joined(separator: ", "))"))
    }
    return .success(experiment.caseForecast)
  }
}

/// Why a row is no case.
struct SkipReason: Error {
  let text: String

  init(_ text: String) {
    self.text = text
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
      return CaseForecast(MigrationForecaster.forecast(experiment.demand, bandwidth: experiment.wireRate))
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
