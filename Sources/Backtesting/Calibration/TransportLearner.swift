import EvacuationModel
import Quantities

/// Learns rate and fixed part of one way of migrating, never more than its rows support.
struct TransportLearner {
  /// With fewer migrations nothing is learned.
  static let fewest = 3
  /// With fewer migrations the fixed part is not told from the rate.
  static let fewestForBoth = 8
  /// By how much the third largest has to exceed the third smallest for that.
  static let sizeRatio = 1.5
  /// The rate's relative standard error from which on the two cannot be told apart either.
  static let worstError = 0.2
  /// Relative residuals beyond so many standard deviations are outliers.
  static let outlierSigmas = 4.0
  private static let folds = 10
  private static let iterations = 25

  let key: TransportKey
  let rows: [HistoryRow]
  let live: CalibratedTransport?

  /// The result and the remarks.
  func report() -> TransportReport {
    var report = TransportReport(
      result: CalibratedTransport(
        platform: key.platform, transport: key.transport, mode: key.mode, rows: rows.count), remarks: [])
    guard let first = rows.first, rows.count >= Self.fewest else {
      report.remarks = [
        "\(rows.count) usable of \(Self.fewest) migrations that are needed: nothing is learned"
      ]
      return report
    }
    let before = TransportModel(first.setup, mode: key.mode, live: live)
    var free = rows.filter { !before.isHeldBack($0) }
    report.result.rows = free.count
    if free.count < rows.count {
      report.remarks.append("\(rows.count - free.count) were held back by their path or a limit and left out")
    }
    guard free.count >= Self.fewest else {
      report.remarks.append("\(free.count) of \(Self.fewest) migrations are left: nothing is learned")
      return report
    }
    let whole = free.filter { $0.transferSeconds == nil }
    if whole.count < free.count, reasonAgainstBoth(whole) == nil {
      report.remarks.append(
        "\(free.count - whole.count) tell the transfer alone and were left out: the others tell the whole")
      free = whole
      report.result.rows = free.count
    }
    learn(from: free, before: before, into: &report)
    return report
  }

  private func learn(from rows: [HistoryRow], before: TransportModel, into report: inout TransportReport) {
    var fit: Fit?
    if let reason = reasonAgainstBoth(rows) {
      report.remarks.append(reason)
    } else {
      fit = self.fit(rows, from: before, fixed: nil)
      if let found = fit, found.line.fixed < 0 || found.line.relativeRateError > Self.worstError {
        report.remarks.append("rate and fixed part cannot be told apart: they scatter too much")
        fit = nil
      }
    }
    let isBoth = fit != nil
    fit = fit ?? self.fit(rows, from: before, fixed: before.fixed)
    guard let fit else {
      report.remarks.append("durations do not grow with size: nothing is learned")
      return
    }
    report.result = result(fit, isBoth: isBoth)
    report.errorBefore = Self.median(
      rows.compactMap { row in before.seconds(row).map { $0 / row.seconds - 1 } })
    report.errorAfter = Self.median(heldOut(rows, fit, fixed: isBoth ? nil : before.fixed))
  }

  /// Why rate and fixed part cannot be told apart; `nil` if they can.
  private func reasonAgainstBoth(_ rows: [HistoryRow]) -> String? {
    let alone = rows.count { $0.transferSeconds != nil }
    guard alone == 0 else {
      return "\(alone) of \(rows.count) tell the transfer alone: the platform's fixed part is kept"
    }
    guard rows.count >= Self.fewestForBoth else {
      return "\(rows.count) of the \(Self.fewestForBoth) migrations that tell rate and fixed part apart: "
        + "the platform's fixed part is kept"
    }
    let sizes = rows.map { row in
      Double(
        (key.mode == .block ? row.disk ?? .zero : row.transferred ?? row.memoryTouched ?? row.memory).bytes)
    }.sorted()
    let ratio = sizes[sizes.count - 3] / max(sizes[2], 1)
    guard ratio < Self.sizeRatio else { return nil }
    return
      "sizes do not differ by a factor of \(Self.sizeRatio) three times at either end, which does not tell "
      + "rate and fixed part apart: the platform's fixed part is kept"
  }

  private struct Fit {
    let line: RobustLine
    let points: [RobustLine.Point]
  }

  /// The line at which the forecasts that give the bytes and the forecasts that follow agree.
  private func fit(_ rows: [HistoryRow], from start: TransportModel, fixed: Double?) -> Fit? {
    var model = start
    var fit: Fit?
    for _ in 0..<Self.iterations {
      let points = rows.map(model.point)
      guard let line = RobustLine(points, fixed: fixed) else { return nil }
      fit = Fit(line: line, points: points)
      let isSame = abs(line.rate / model.rate - 1) < 1e-6 && abs(line.fixed - model.fixed) < 1e-4
      model.rate = line.rate
      model.fixed = max(0, line.fixed)
      if isSame { break }
    }
    return fit
  }

  private func result(_ fit: Fit, isBoth: Bool) -> CalibratedTransport {
    let line = fit.line
    let spread = ResidualSpread(line, fit.points, isBoth: isBoth)
    let residuals = fit.points.map { $0.seconds / max(line.seconds($0.bytes), 1e-6) - 1 }
    let outliers = residuals.count { abs($0) > Self.outlierSigmas * max(line.scale, 0.005) }
    return CalibratedTransport(
      platform: key.platform, transport: key.transport, mode: key.mode, learned: isBoth ? .both : .rate,
      rate: DataRate(bytesPerSecond: line.rate),
      rateError: DataRate(bytesPerSecond: line.rate * line.relativeRateError), rateSigma: spread.rate,
      fixed: Duration(clampingSeconds: line.fixed), fixedError: Duration(clampingSeconds: line.fixedError),
      fixedSigma: Duration(clampingSeconds: spread.fixed), rows: fit.points.count, outliers: outliers)
  }

  /// Relative errors of rows that are forecast by what the others teach: every tenth at a time.
  private func heldOut(_ rows: [HistoryRow], _ fit: Fit, fixed: Double?) -> [Double] {
    let folds = min(rows.count, Self.folds)
    return (0..<folds).flatMap { fold -> [Double] in
      let others = fit.points.indices.filter { $0 % folds != fold }.map { fit.points[$0] }
      guard let line = RobustLine(others, fixed: fixed) else { return [] }
      return fit.points.indices.filter { $0 % folds == fold }.map { index in
        let point = fit.points[index]
        return (line.seconds(point.bytes) - point.seconds) / rows[index].seconds
      }
    }
  }

  private static func median(_ errors: [Double]) -> Double? { Quantile.of(errors.map(abs).sorted(), 0.5) }
}
