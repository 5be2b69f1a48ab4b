import EvacuationModel
import Quantities

/// A site's own migrations, one a line. docs/backtest.md has the columns.
public struct History: Sendable {
  let rows: [HistoryRow]
  /// Lines that are no migration that can be judged, with the reason.
  public let skipped: [SkippedCase]
  /// Columns that the format does not have.
  public let unknownColumns: [String]

  /// Reads `text`, which is of the documented format `generic`, or the table of guests of `osic`.
  public init(text: String, format: BacktestFormat = .generic) throws(Backtest.Problem) {
    let lines = try CSVRow.all(in: text, required: format.requiredColumns)
    guard format != .osic else {
      self.init(lines, unknownColumns: [], reading: OSICHistory.row)
      return
    }
    let columns = lines.first?.columns ?? []
    let missing = HistoryColumns.missing(from: columns)
    guard missing.isEmpty else { throw .missingColumns(missing) }
    self.init(lines, unknownColumns: columns.filter { !HistoryColumns.known.contains($0) }) {
      line, _ throws(SkipReason) in try HistoryRow(line)
    }
  }

  private init(
    _ lines: [CSVRow], unknownColumns: [String], reading: (CSVRow, Int) throws(SkipReason) -> HistoryRow
  ) {
    var rows: [HistoryRow] = []
    var skipped: [SkippedCase] = []
    for (index, line) in lines.enumerated() {
      do throws(SkipReason) {
        rows.append(try reading(line, index + 1))
      } catch {
        skipped.append(SkippedCase(id: line.text("id") ?? "row \(index + 1)", reason: error.text))
      }
    }
    self.rows = rows
    self.skipped = skipped
    self.unknownColumns = unknownColumns
  }

  /// The columns of the format `generic`, sorted.
  public static var columns: [String] { HistoryColumns.known.sorted() }

  /// How many lines it has, those that were skipped included.
  public var lineCount: Int { rows.count + skipped.count }

  /// Under what its migrations ran, each once, in the order of their first.
  public var setups: [HistorySetup] {
    var seen: Set<HistorySetup> = []
    return rows.map(\.setup).filter { seen.insert($0).inserted }
  }
}

/// The columns of the format `generic`.
enum HistoryColumns {
  private static let quantities: KeyValuePairs<String, HistoryCells.Kind> = [
    "memory": .amount, "duration": .time, "transfer": .time, "downtime": .time, "memory_touched": .amount,
    "disk_copied": .amount, "disk_write_rate": .rate, "dirty_rate": .rate, "dirty_rate_period": .time,
    "dirty_rate_2": .rate, "dirty_rate_2_period": .time, "working_set": .amount, "bandwidth": .rate,
    "bandwidth_limit": .rate, "downtime_limit": .time, "transferred": .amount,
  ]
  private static let words = [
    "id", "platform", "platform_version", "mode", "transport", "group", "outcome", "write_intensity",
    "cpu_use", "auto_converge", "post_copy", "concurrent",
  ]

  static let known = Set(words + quantities.flatMap { HistoryCells.names($0.key, $0.value) })

  /// Those of `memory` and `duration` that are not there in any unit; `transfer` will do for a duration.
  static func missing(from columns: [String]) -> [String] {
    let missing = quantities.prefix(3).filter { name, kind in
      !HistoryCells.names(name, kind).contains { columns.contains($0) }
    }.map(\.key)
    return missing.filter { $0 == "memory" || $0 == "duration" && missing.contains("transfer") }
  }
}
