import EvacuationModel
import Quantities

/// `vm_migrations.csv` of the OSIC benchmark as a history: Nova at Newton, guests whose memory is all touched and hardly
/// written, half of their disks filled.
enum OSICHistory {
  static func row(_ row: CSVRow, number: Int) throws(SkipReason) -> HistoryRow {
    if row.text("duplicate_of") != nil { throw SkipReason("a copy of another row") }
    guard let outcome = row.text("outcome"), outcome.hasPrefix("success") else {
      throw SkipReason("it did not complete")
    }
    // In January memory was not filled yet, in March it grew while the test ran.
    guard row.text("campaign")?.hasPrefix("feb") == true else {
      throw SkipReason("how much of its memory was touched is not known")
    }
    guard let memory = row.number("ram_gib"), memory > 0, let seconds = row.number("duration_s"), seconds > 0
    else { throw SkipReason("no number in ram_gib or duration_s") }
    let isBlock = row.text("storage") == "block"
    let transport = row.text("tunnelled") == "on" ? "tunnelled" : "direct"
    let mode = isBlock ? MigrationMode.block : .live
    let setup = HistorySetup(
      platform: .nova, release: PlatformRelease("newton", of: .nova), transport: transport)
    let disk = row.number("disk_gib").map { ByteCount.gibibytes($0 / 2) }
    guard !isBlock || disk ?? .zero > .zero else { throw SkipReason("no number in disk_gib") }
    let memoryBytes = ByteCount.gibibytes(min(memory, 1e6))
    return HistoryRow(
      id: "row \(number)", setup: setup, mode: mode, group: "nova/\(mode.rawValue)/\(transport)",
      seconds: seconds, memory: memoryBytes, memoryTouched: memoryBytes, disk: isBlock ? disk : nil,
      activity: MemoryActivity(intensity: .idle),
      concurrent: Int(min(max(row.number("batch_size") ?? 1, 1), 1e6)))
  }
}
