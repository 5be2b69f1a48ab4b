import EvacuationModel
import Quantities

extension PlanReader {
  static func step(_ fields: Fields) -> PlannedMigration {
    let mode: MigrationMode = fields.required("mode", example: "live")?.choice() ?? .live
    let bandwidth = fields.optionalRate("bandwidth_bytes_per_second") ?? .zero
    let start = fields.time("start_seconds")
    let end = fields.time("end_seconds")
    return PlannedMigration(
      id: .init(fields.required("id", example: "m001")?.name() ?? ""),
      wave: fields["wave"]?.int(in: 1...mostCounted) ?? 1,
      batch: fields["batch"]?.int(in: 1...mostCounted) ?? 1,
      vm: .init(fields.required("vm", example: "db-01")?.name() ?? ""),
      guest: fields["guest"]?.plain(guest) ?? PlannedGuest(memory: .zero), mode: mode,
      usesPostCopy: fields.flag("post_copy"), usesAutoConverge: fields.flag("auto_converge"),
      source: Host.ID(fields.required("source", example: "compute-01")?.name() ?? ""),
      destination: Host.ID(fields.required("destination", example: "compute-07")?.name() ?? ""),
      start: start, end: end, dependsOn: fields["depends_on"]?.strings().map { .init($0) } ?? [],
      bandwidth: bandwidth,
      forecast: fields["forecast"]?.plain { forecast($0, mode, bandwidth) }
        ?? MigrationForecast(
          mode: mode, outcome: mode == .cold ? .notApplicable : .converges, completes: true,
          duration: end - start, downtime: .zero, bytesTransferred: .zero, bandwidth: bandwidth),
      reasons: fields.texts("reasons"))
  }

  private static func guest(_ fields: Fields) -> PlannedGuest {
    PlannedGuest(
      platformID: fields["id"]?.string(), state: fields["state"]?.choice() ?? .running,
      memory: fields.bytes("memory_bytes"), copiedDisks: fields.texts("copied_disks"),
      downtimeLimit: fields.optionalSeconds("downtime_limit_seconds"),
      bandwidthLimit: fields.optionalRate("bandwidth_limit_bytes_per_second"))
  }
}
