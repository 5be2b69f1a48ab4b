import EvacuationModel
import Glibc
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
    let free = rows.filter { !before.isHeldBack($0) }
    report.result.rows = free.count
    if free.count < rows.count {
      report.remarks.append("\(rows.count - free.count) were held back by their path or a limit and left out")
    }
    guard free.count >= Self.fewest else {
      report.remarks.append("\(free.count) of \(Self.fewest) migrations are left: nothing is learned")
      return report
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
    let spread = Spread(line, fit.points, isBoth: isBoth)
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

/// What the residuals say of the next migration.
private struct Spread {
  /// Standard deviation of the logarithm of the rate.
  let rate: Double
  /// Standard deviation of the fixed part in seconds.
  let fixed: Double

  /// P10 to P90 of a normal distribution in standard deviations.
  private static let width = 2.563

  /// The fixed part's scatter is the same for small and large migrations, the rate's grows with the size: the smaller
  /// and the larger half give two equations for the two. Standard errors are added.
  init(_ line: RobustLine, _ points: [RobustLine.Point], isBoth: Bool) {
    let ordered = points.sorted { ($0.bytes, $0.seconds) < ($1.bytes, $1.seconds) }
    guard isBoth else {
      let relative = points.map { $0.seconds - line.seconds($0.bytes) }
      let transfer = points.map { max($0.bytes * line.perByte, 1e-6) }
      let scatter = Self.deviation(zip(relative, transfer).map { $0 / $1 })
      rate = (scatter * scatter + line.relativeRateError * line.relativeRateError).squareRoot()
      fixed = 0
      return
    }
    // The two clusters that most histories have must not be mixed: they part where the sizes do.
    let middle = (ordered[2].bytes * ordered[ordered.count - 3].bytes).squareRoot()
    let small = Half(ordered.filter { $0.bytes < middle }, line)
    let large = Half(ordered.filter { $0.bytes >= middle }, line)
    let byRate = max(0, large.variance - small.variance) / max(large.square - small.square, 1e-9)
    let byFixed = max(0, small.variance - byRate * small.square)
    rate = (byRate + line.relativeRateError * line.relativeRateError).squareRoot()
    fixed = (byFixed + line.fixedError * line.fixedError).squareRoot()
  }

  private struct Half {
    let variance: Double
    let square: Double

    init(_ points: [RobustLine.Point], _ line: RobustLine) {
      let deviation = Spread.deviation(points.map { $0.seconds - line.seconds($0.bytes) })
      variance = deviation * deviation
      let transfer = points.map { $0.bytes * line.perByte }
      square = transfer.reduce(0) { $0 + $1 * $1 } / Double(max(1, points.count))
    }
  }

  private static func deviation(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return ((Quantile.of(sorted, 0.9) ?? 0) - (Quantile.of(sorted, 0.1) ?? 0)) / width
  }
}
