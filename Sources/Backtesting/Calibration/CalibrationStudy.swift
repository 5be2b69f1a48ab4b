public import EvacuationModel

/// What a history teaches, transport by transport.
public struct CalibrationStudy: Sendable {
  /// By platform, transport and mode.
  public let reports: [TransportReport]
  /// Migrations that nothing can be learned from, with the reason.
  public let excluded: [SkippedCase]

  /// Learns from `history`. Block migrations build on what the live ones over the same transport taught.
  public init(_ history: History) {
    var usable: [HistoryRow] = []
    var excluded = history.skipped
    for row in history.rows {
      if let reason = Self.reason(against: row) {
        excluded.append(SkippedCase(id: row.id, reason: reason))
      } else {
        usable.append(row)
      }
    }
    let groups = Dictionary(grouping: usable, by: TransportKey.init)
    var reports: [TransportReport] = []
    for key in groups.keys.sorted(by: { $0.order < $1.order }) {
      let live = reports.first { report in
        key.mode == .block && report.result.learned != .nothing && report.result.mode == .live
          && report.result.platform == key.platform && report.result.transport == key.transport
      }
      reports.append(
        TransportLearner(key: key, rows: groups[key] ?? [], live: live?.result).report())
    }
    self.reports = reports
    self.excluded = excluded
  }

  private static func reason(against row: HistoryRow) -> String? {
    if row.outcome != .completed { return "it did not complete" }
    if row.mode == .cold { return "a cold migration: its time depends on shutting down and booting" }
    if row.concurrent > 1 { return "others ran at the same time and shared what there was" }
    return nil
  }

  /// The calibration as a file holds it.
  public func calibration(source: Calibration.Source) -> Calibration {
    Calibration(transports: reports.map(\.result), source: source)
  }
}
