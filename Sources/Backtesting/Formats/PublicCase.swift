import EvacuationModel
import MigrationSimulation
import Quantities

/// One line of `cases.csv`: a migration somebody reported, with whatever was told about it.
struct PublicCase {
  let row: CSVRow
  let touched: Double
  let memory: Double
  let bandwidth: DataRate

  /// Reads `row`, or says what it lacks.
  static func read(_ row: CSVRow) -> Result<Self, SkipReason> {
    guard let touched = row.number("nonzero_bytes_first_pass") ?? sweepGuest(row), touched > 0 else {
      return .failure(SkipReason("how much memory was touched is not told"))
    }
    guard let memory = memory(row, touched: touched) else {
      return .failure(SkipReason("neither ram_total_bytes nor zero_bytes: how many zero pages is not known"))
    }
    guard let bandwidth = bandwidth(row) else {
      return .failure(SkipReason("neither a measured throughput nor a cap nor a known link"))
    }
    let isOutcome = row.text("role") == "outcome"
    if isOutcome, row.number("dirty_rate_Bps") == nil, row.number("working_set_bytes") == nil {
      return .failure(SkipReason("nothing is told about how it writes"))
    }
    return .success(Self(row: row, touched: touched, memory: memory, bandwidth: bandwidth))
  }

  /// The guests of the CS695 sweep: an idle system, the writing program, and what that has written so far.
  private static func sweepGuest(_ row: CSVRow) -> Double? {
    guard row.text("source")?.contains("CS695") ?? false, let rate = row.number("dirty_rate_Bps"),
      let size = row.number("working_set_bytes"), size > 0
    else { return nil }
    let writes = DirtyCurve(
      classes: [(size, max(0, rate) / size)], touched: ByteCount(rounding: size))
    return PublicCaseConstants.idleGuest + PublicCaseConstants.writerBytes
      + writes.dirtied(in: PublicCaseConstants.writerLead)
  }

  private static func memory(_ row: CSVRow, touched: Double) -> Double? {
    if let zeros = row.number("zero_bytes") { return touched + max(0, zeros) }
    return row.number("ram_total_bytes").map { max($0, touched) }
  }

  private static func bandwidth(_ row: CSVRow) -> DataRate? {
    let link = row.text("link").flatMap { text -> DataRate? in
      if text.hasPrefix("10 G") { return PublicCaseConstants.tenGigabitLink }
      return text.hasPrefix("1 G") ? PublicCaseConstants.gigabitLink : nil
    }
    let cap = row.number("bandwidth_cap_Bps").map { DataRate(bytesPerSecond: $0) }
    let known = row.number("measured_throughput_Bps").map { DataRate(bytesPerSecond: $0) } ?? link
    return [cap, known].compactMap(\.self).min().flatMap { $0.bytesPerSecond > 0 ? $0 : nil }
  }
}
