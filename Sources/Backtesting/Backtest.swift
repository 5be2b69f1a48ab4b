/// Forecasts held against what was measured.
public struct Backtest: Sendable {
  /// Why a text is no file of measurements.
  public enum Problem: Error, Hashable, Sendable {
    /// It is no CSV: what the parser says.
    case notCSV(String)
    /// Columns without which the format cannot be read.
    case missingColumns([String])
    /// A header and nothing below it.
    case empty
  }

  /// The cases in the order of the file.
  public let cases: [BacktestCase]
  /// Rows that are no case, with the reason.
  public let skipped: [SkippedCase]

  /// Forecasts every row of `text`. `companion` is the text of the file that the format names as such, if there is one.
  public init(
    text: String, format: BacktestFormat, dirtyInput: DirtyInput = .true, companion: String? = nil
  ) throws(Problem) {
    guard format != .generic else {
      self.init(history: try History(text: text))
      return
    }
    let rows = try CSVRow.all(in: text, required: format.requiredColumns)
    let table = Self.table(rows, format: format, dirtyInput: dirtyInput, companion: companion)
    self.init(cases: table.cases, skipped: table.skipped)
  }

  init(cases: [BacktestCase], skipped: [SkippedCase]) {
    self.cases = cases
    self.skipped = skipped
  }

  private static func table(
    _ rows: [CSVRow], format: BacktestFormat, dirtyInput: DirtyInput, companion: String?
  ) -> CaseTable {
    switch format {
    case .qemuLab: QEMULab.read(rows, dirtyInput: dirtyInput)
    case .osic: OSIC.read(rows, companion: companion)
    case .grid5000: Grid5000.read(rows, companion: companion)
    case .qmp: PostgreSQL.read(rows, companion: companion)
    case .publicCases: PublicCases.read(rows, companion: companion)
    case .qemuLabBlock: QEMULabBlock.read(rows, dirtyInput: dirtyInput)
    case .qemuLabConcurrent: QEMULabConcurrent.read(rows, companion: companion)
    default: CaseTable()
    }
  }

  /// The errors of each group, by name, and of all cases together if there are several groups.
  public var groups: [GroupErrors] {
    let names = Set(cases.map(\.group)).sorted()
    let groups = names.map { name in
      GroupErrors(group: name, cases: cases.filter { $0.group == name })
    }
    return names.count > 1 ? groups + [GroupErrors(group: "all", cases: cases)] : groups
  }

  /// The `count` forecasts that are furthest off: wrong outcomes first, then by the duration's error.
  public func worst(_ count: Int) -> [BacktestCase] {
    func badness(_ one: BacktestCase) -> Double {
      one.measured.converged == one.forecast.converges ? abs(one.error ?? 0) : .infinity
    }
    return Array(
      cases.enumerated().filter { badness($0.element) > 0 }
        .sorted { (-badness($0.element), $0.offset) < (-badness($1.element), $1.offset) }
        .prefix(max(0, count)).map(\.element))
  }
}
