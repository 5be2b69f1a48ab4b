import EvacuationModel
import Quantities

extension PlanReader {
  static func forecast(_ fields: Fields, _ mode: MigrationMode, _ bandwidth: DataRate) -> MigrationForecast {
    let outcome = outcome(fields, mode)
    let duration = fields.optionalSeconds("duration_seconds")
    let downtime = fields.seconds("downtime_seconds")
    var forecast = MigrationForecast(
      mode: mode, outcome: outcome, completes: fields["completes"]?.bool() ?? completes(outcome, duration),
      duration: duration, durationP10: fields.optionalSeconds("duration_p10_seconds"),
      durationP50: fields.optionalSeconds("duration_p50_seconds"),
      durationP90: fields.optionalSeconds("duration_p90_seconds"), downtime: downtime,
      downtimeP10: fields.optionalSeconds("downtime_p10_seconds"),
      downtimeP50: fields.optionalSeconds("downtime_p50_seconds"),
      downtimeP90: fields.optionalSeconds("downtime_p90_seconds"),
      probabilityOfNotConverging: fields.optionalRatio("probability_of_not_converging"),
      bytesTransferred: fields.bytes("bytes_transferred"), roundCount: rounds(fields),
      phases: fields["phases"]?.plain(phases) ?? MigrationPhases(), bandwidth: bandwidth,
      pause: fields["pause"]?.plain(pause), remedies: fields["remedies"]?.plain(remedies))
    // Not told is as forecast; null is without an end in so many of its cases.
    if fields.isNull("duration_p10_seconds") { forecast.durationP10 = nil }
    if fields.isNull("duration_p50_seconds") { forecast.durationP50 = nil }
    if fields.isNull("duration_p90_seconds") { forecast.durationP90 = nil }
    return forecast
  }

  private static func outcome(_ fields: Fields, _ mode: MigrationMode) -> ConvergenceOutcome {
    let throttle = fields.optionalRatio("throttle") ?? .zero
    let outcomes: [ConvergenceOutcome] = [
      .converges, .convergesThrottled(throttle), .needsPostCopy, .timesOut, .neverConverges, .notApplicable,
    ]
    let word = fields.required("outcome", example: "converges")?.word(among: outcomes.map(\.word))
    return outcomes.first { $0.word == word } ?? .notApplicable
  }

  private static func completes(_ outcome: ConvergenceOutcome, _ duration: Duration?) -> Bool {
    outcome != .neverConverges && outcome != .timesOut && duration != nil
  }

  /// A count in a plan, the rounds themselves in a forecast.
  private static func rounds(_ fields: Fields) -> Int {
    guard let value = fields["rounds"] else { return 0 }
    return value.kind == .sequence ? value.list().count : value.int(in: 0...mostCounted) ?? 0
  }

  private static func phases(_ fields: Fields) -> MigrationPhases {
    MigrationPhases(
      before: fields.seconds("before_seconds"), disks: fields.seconds("disks_seconds"),
      memory: fields.seconds("memory_seconds"), after: fields.seconds("after_seconds"),
      firstPass: fields.seconds("first_pass_seconds"))
  }

  private static func pause(_ fields: Fields) -> PauseParts {
    PauseParts(
      lastRound: fields.seconds("last_round_seconds"),
      socketBuffers: fields.seconds("socket_buffers_seconds"), device: fields.seconds("device_seconds"),
      poll: fields.seconds("poll_seconds"), handOver: fields.seconds("hand_over_seconds"),
      resume: fields.seconds("resume_seconds"), mirrors: fields.seconds("mirrors_seconds"))
  }

  private static func remedies(_ fields: Fields) -> ConvergenceRemedies {
    ConvergenceRemedies(
      pauseNeeded: fields.optionalSeconds("pause_needed_seconds"),
      bandwidthNeeded: fields.optionalRate("bandwidth_needed_bytes_per_second"),
      throttleNeeded: fields.optionalRatio("throttle_needed"),
      postCopyDuration: fields.seconds("post_copy_duration_seconds"),
      postCopyDowntime: fields.seconds("post_copy_downtime_seconds"))
  }
}
