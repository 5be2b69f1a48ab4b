import EvacuationModel
import MigrationSimulation
import Quantities

/// `migrations.csv` of the Grid'5000 runs: a line a migration, with how many others shared each NIC on average.
enum Grid5000 {
  static func read(_ rows: [CSVRow], companion: String?) -> CaseTable {
    var table = CaseTable()
    for (index, row) in rows.enumerated() {
      let id =
        "row \(index + 1): execution \(row.text("execution") ?? "?"), instance \(row.text("instance") ?? "?"), "
        + "vm \(row.text("vm") ?? "?")"
      guard let seconds = row.number("duration_s"), seconds > 0 else {
        table.skipped.append(SkippedCase(id: id, reason: "no duration_s"))
        continue
      }
      guard let path = Grid5000Path(row), let experiment = experiment(row, path: path) else {
        table.skipped.append(
          SkippedCase(id: id, reason: "no number in mem_used_mb, src_nic_mbps or dst_nic_mbps"))
        continue
      }
      let forecast = MigrationForecaster.forecast(experiment.demand, bandwidth: path.share)
      table.cases.append(
        BacktestCase(
          id: id, group: "\(Int(path.nominalMegabits)) Mb/s",
          measured: MeasuredOutcome(seconds: seconds, converged: true), forecast: CaseForecast(forecast),
          circumstances: path.circumstances))
    }
    return table
  }

  private static func experiment(_ row: CSVRow, path: Grid5000Path) -> MigrationExperiment? {
    guard let used = row.number("mem_used_mb"), used > 0 else { return nil }
    let touched = used * 1e6
    let hot = min((row.number("hot_dirty_mb") ?? 0) * 1e6, touched)
    let cold = max(0, row.number("dirty_rate_cold_mb_s") ?? 0) * 1e6
    let curve = DirtyCurve(
      classes: [
        (hot, Grid5000Constants.hotRewrites), (touched - hot, cold / max(touched - hot, 1)),
      ], touched: ByteCount(rounding: touched))
    var experiment = MigrationExperiment(
      memory: ByteCount(rounding: touched), curve: curve, wireRate: path.share,
      downtimeLimit: .fixed(Duration(clampingSeconds: Grid5000Constants.downtimeLimit)))
    experiment.fixedTime = FixedTime(before: Duration(clampingSeconds: Grid5000Constants.fixed), after: .zero)
    experiment.spread = path.isContended ? Grid5000Constants.contendedSpread : Grid5000Constants.spread
    return experiment
  }
}
