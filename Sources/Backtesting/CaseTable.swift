/// What a file of measurements amounts to: each of its rows is a case or is skipped for a reason.
struct CaseTable {
  var cases: [BacktestCase] = []
  var skipped: [SkippedCase] = []

  init() {}

  /// Each row by itself, named by its column `id`.
  init(
    _ rows: [CSVRow],
    reading: (CSVRow) -> Result<
      (group: String, measured: MeasuredOutcome, forecast: CaseForecast, circumstances: String), SkipReason
    >
  ) {
    for (index, row) in rows.enumerated() {
      let id = row.text("id") ?? "row \(index + 1)"
      switch reading(row) {
      case .success(let one):
        cases.append(
          BacktestCase(
            id: id, group: one.group, measured: one.measured, forecast: one.forecast,
            circumstances: one.circumstances))
      case .failure(let reason): skipped.append(SkippedCase(id: id, reason: reason.text))
      }
    }
  }
}

/// Why a row is no case.
struct SkipReason: Error {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Some of `columns` hold no number in `row`.
  init(missing columns: [String], in row: CSVRow) {
    let missing = columns.filter { row.number($0) == nil }
    text =
      missing.isEmpty
      ? "a size or rate that is none" : "no number in \(missing.joined(separator: ", "))"
  }
}
