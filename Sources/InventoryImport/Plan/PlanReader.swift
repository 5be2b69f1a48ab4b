public import EvacuationModel
import Quantities

/// Reads plans as `evac plan --json` writes them.
public enum PlanReader {
  /// Reads a plan (`evac.plan/1`). `path` is what findings call the file.
  ///
  /// Keys that only newer versions write are passed over, and what only runbooks need may be missing.
  public static func read(_ bytes: [UInt8], path: String) -> Reading<EvacuationPlan> {
    SourceReader.read(bytes, path: path) { root in
      guard FileFormat.plan.isFormat(of: root) else { return nil }
      return root.mapping(unknownKeys: .ignored, plan)
    }
  }

  private static func plan(_ fields: Fields) -> EvacuationPlan {
    var plan = EvacuationPlan(
      inventory: digest(fields, "inventory"), policy: digest(fields, "policy"),
      platform: fields["platform"]?.choice() ?? .generic, capturedAt: fields["captured_at"]?.instant(),
      concurrency: fields["concurrency"]?.plain(concurrency) ?? ConcurrencyLimits(),
      request: fields.required("request", example: "{ … }")?.plain(request) ?? EvacuationRequest(drain: []),
      completeness: completeness(fields),
      summary: fields.required("summary", example: "{ … }")?.plain(summary) ?? noSummary,
      waves: fields.list("waves").compactMap { $0.plain(wave) },
      steps: fields.required("steps", example: "[…]")?.list().compactMap { $0.plain(step) } ?? [],
      unplaced: fields.list("unplaced").compactMap { $0.plain(unplaced) },
      shortfalls: fields.list("shortfalls").compactMap { $0.plain(shortfall) ?? nil },
      remarks: fields.list("remarks").compactMap { $0.string() },
      findings: fields.list("findings").compactMap { $0.plain(finding) ?? nil })
    plan.outlook = fields["window"]?.plain(outlook)
    return plan
  }

  private static func digest(_ fields: Fields, _ key: String) -> InputDigest {
    fields.required(key, example: "{ … }")?.plain { digest in
      InputDigest(
        name: digest["name"]?.string() ?? "",
        sha256: digest.required("sha256", example: "…")?.string() ?? "")
    } ?? InputDigest(name: "", sha256: "")
  }

  private static func completeness(_ fields: Fields) -> EvacuationPlan.Completeness {
    let value = fields.required("completeness", example: "complete")
    return value?.word(among: ["complete", "partial", "impossible"]).flatMap {
      EvacuationPlan.Completeness(rawValue: $0)
    } ?? .complete
  }

  private static func concurrency(_ fields: Fields) -> ConcurrencyLimits {
    let base = ConcurrencyLimits()
    return ConcurrencyLimits(
      liveOutboundPerHost: fields["max_concurrent_live_migrations"]?.limit() ?? base.liveOutboundPerHost,
      inboundPerHost: fields["max_incoming_per_host"]?.limit() ?? base.inboundPerHost,
      perCluster: fields["max_concurrent_per_cluster"]?.limit() ?? base.perCluster,
      coldOutboundPerHost: fields["max_concurrent_cold_migrations"]?.limit() ?? base.coldOutboundPerHost,
      batching: fields["batching"]?.choice() ?? base.batching)
  }

  private static func request(_ fields: Fields) -> EvacuationRequest {
    let base = MaintenanceWindow()
    let window = MaintenanceWindow(
      duration: fields.optionalSeconds("window_seconds"), start: fields["window_start"]?.instant(),
      confidence: fields["window_confidence"]?.number().map { Ratio($0) } ?? base.confidence)
    let seed = fields["seed"]?.unsigned() ?? 0
    let drain = fields.required("drain", example: "[compute-01]")?.strings().map { Host.ID($0) } ?? []
    var request =
      fields["rolling"]?.string().map {
        EvacuationRequest(rolling: HostPattern($0), window: window, seed: seed)
      } ?? EvacuationRequest(drain: drain, window: window, seed: seed)
    request.replaces = fields["replaces"]?.string()
    request.restore = fields["restore"]?.plain(restore)
    return request
  }

  private static func restore(_ fields: Fields) -> RestoreRequest {
    RestoreRequest(
      plan: fields["plan"]?.string() ?? "", scope: fields["only"]?.choice() ?? .all,
      homes: fields.list("homes").compactMap { home in
        home.plain { fields in
          RestoreRequest.Home(
            vm: VirtualMachine.ID(fields.required("vm", example: "db-01")?.string() ?? ""),
            host: Host.ID(fields.required("host", example: "compute-01")?.string() ?? ""))
        }
      })
  }

  private static func wave(_ fields: Fields) -> Wave {
    Wave(
      number: fields["wave"]?.int(in: 1...mostCounted) ?? 1,
      hosts: fields["hosts"]?.strings().map { Host.ID($0) } ?? [], start: fields.time("start_seconds"),
      drained: fields.time("drained_seconds"), maintenanceStart: fields.time("maintenance_start_seconds"),
      maintenanceEnd: fields.time("maintenance_end_seconds"))
  }
}
