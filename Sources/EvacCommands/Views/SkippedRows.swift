import Backtesting
import RunbookExport

/// Rows that were left out, by reason.
enum SkippedRows {
  /// How many there are.
  static func title(_ skipped: [SkippedCase]) -> String {
    skipped.count == 1 ? "1 row left out" : "\(skipped.count) rows left out"
  }

  /// A line a reason: how many, why, and the first of them.
  static func lines(_ skipped: [SkippedCase]) -> [String] {
    let reasons = Dictionary(grouping: skipped, by: \.reason)
    return reasons.keys.sorted().map { reason in
      let ids = (reasons[reason] ?? []).map(\.id)
      let names = ids.prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", …" : "")
      return VisibleText.of("  \(ids.count)  \(reason): \(names)")
    }
  }
}
