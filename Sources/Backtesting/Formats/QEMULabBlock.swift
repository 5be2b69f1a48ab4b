import EvacuationModel
import MigrationSimulation
import Quantities

/// `block.csv` of the QEMU laboratory: drive-mirror over NBD, then memory, then the switch.
enum QEMULabBlock {
  static func read(_ rows: [CSVRow], dirtyInput: DirtyInput) -> CaseTable {
    CaseTable(rows) { row in
      let guest = QEMULabGuest(row: row, input: dirtyInput)
      guard row.text("status") != "failed" else { return .failure(SkipReason("the run failed")) }
      guard var experiment = guest.experiment, let disk = disk(row, wire: guest.wireRate) else {
        return .failure(
          SkipReason(missing: guest.neededColumns + ["disk_mib", "data_frac", "speed_mbs"], in: row))
      }
      experiment.disk = disk
      experiment.switchOver = switchOver(row, wire: guest.wireRate)
      experiment.spread.bandwidthSigma = disk.writeRate > .zero ? 0.04 : 0.012
      // Each part has a time-out of its own; the mirror's is the one that ends it before there is memory.
      let mirrorTimeout = row.number("mirror_timeout_s") ?? .infinity
      let mirror = experiment.mirrorSeconds
      experiment.timeout = row.number("timeout_s").map { Duration(clampingSeconds: $0 + min(mirror, 1e6)) }
      if mirror > mirrorTimeout { experiment.timeout = Duration(clampingSeconds: mirrorTimeout) }
      return .success(
        (row.text("group") ?? "block", measured(row), experiment.caseForecast, circumstances(row)))
    }
  }

  private static func measured(_ row: CSVRow) -> MeasuredOutcome {
    let converged = row.text("converged") == "1"
    return MeasuredOutcome(
      seconds: converged ? row.number("total_s") : nil,
      downtimeSeconds: row.number("real_downtime_ms").map { $0 / 1000 }, converged: converged)
  }

  private static func disk(_ row: CSVRow, wire: DataRate) -> MirroredDisk? {
    guard let size = row.number("disk_mib"), let share = row.number("data_frac"),
      let speed = row.number("speed_mbs")
    else { return nil }
    let writes = (row.number("wr_mbs_attained") ?? row.number("wr_mbs") ?? 0) * 1e6
    let kibibytes = row.number("wr_kib") ?? 64
    let amplified = writes * max(1, QEMULabConstants.clusterKibibytes / max(kibibytes, 1))
    let isLinked = row.number("link_mbs") != nil
    let job = speed > 0 ? DataRate.megabytesPerSecond(speed * QEMULabConstants.jobShare) : .unlimited
    // The job's own speed counts holes as well; the link carries data only.
    let copied = job < wire ? 1 : share
    let attained = min(job, wire) * (isLinked && writes > 0 ? QEMULabConstants.mirrorShareUnderWrites : 1)
    return MirroredDisk(
      size: .mebibytes(size * copied), writeRate: DataRate(bytesPerSecond: amplified), rate: attained,
      isWriteBlocking: row.text("copy_mode") == "write-blocking")
  }

  /// Ending the mirror lies in the pause: what is in flight has to arrive.
  private static func switchOver(_ row: CSVRow, wire: DataRate) -> Duration {
    let isWritten = row.number("wr_mbs") ?? 0 > 0
    guard isWritten else { return .milliseconds(15) }
    let inFlight = row.number("link_mbs") == nil ? 0 : QEMULabConstants.mirrorInFlight / wire.bytesPerSecond
    return Duration(clampingSeconds: 0.05 + inFlight)
  }

  private static func circumstances(_ row: CSVRow) -> String {
    let link = row.text("link_mbs").map { "link \($0) MB/s" } ?? "job at \(row.text("speed_mbs") ?? "?") MB/s"
    let writes = row.text("wr_mbs_attained").map { "writes \($0) MB/s of \(row.text("wr_kib") ?? "?") KiB" }
    return ([link, writes].compactMap(\.self)).joined(separator: ", ")
  }
}
