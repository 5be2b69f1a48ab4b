import EvacuationModel
import Quantities

/// A forecast's keys; `rounds` is their number in a plan, and a list of them where forecasts are all there is.
enum ForecastObject {
  static func fields(
    _ forecast: MigrationForecast, rounds: JSONValue
  ) -> [(key: String, value: JSONValue)] {
    var fields: [(key: String, value: JSONValue)] = [
      ("bytes_transferred", .integer(forecast.bytesTransferred.bytes)),
      ("completes", .bool(forecast.completes)),
      ("downtime_p10_seconds", seconds(forecast.downtimeP10)),
      ("downtime_p50_seconds", seconds(forecast.downtimeP50)),
      ("downtime_p90_seconds", seconds(forecast.downtimeP90)),
      ("downtime_seconds", seconds(forecast.downtime)),
      ("duration_p10_seconds", seconds(forecast.durationP10)),
      ("duration_p50_seconds", seconds(forecast.durationP50)),
      ("duration_p90_seconds", seconds(forecast.durationP90)),
      ("duration_seconds", seconds(forecast.duration)),
      ("outcome", .string(forecast.outcome.word)),
      ("phases", phases(forecast.phases)),
      ("probability_of_not_converging", .number(JSONNumber(forecast.probabilityOfNotConverging))),
      ("rounds", rounds),
    ]
    if let pause = forecast.pause { fields.append(("pause", self.pause(pause))) }
    if let remedies = forecast.remedies { fields.append(("remedies", self.remedies(remedies))) }
    if let throttle = forecast.outcome.throttle {
      fields.append(("throttle", .number(JSONNumber(throttle))))
    }
    return fields
  }

  /// One pass, or a run of like passes.
  static func round(_ round: MigrationRound) -> JSONValue {
    .object([
      ("dirtied_bytes", .integer(round.dirtied.bytes)), ("duration_seconds", seconds(round.duration)),
      ("remaining_bytes", .integer(round.remaining.bytes)), ("repeats", .integer(Int64(round.repeats))),
      ("round", .integer(Int64(round.round))), ("sent_bytes", .integer(round.sent.bytes)),
      ("start_seconds", seconds(round.start)), ("throttle", .number(JSONNumber(round.throttle))),
    ])
  }

  /// Where the time goes.
  private static func phases(_ phases: MigrationPhases) -> JSONValue {
    .object([
      ("after_seconds", seconds(phases.after)), ("before_seconds", seconds(phases.before)),
      ("disks_seconds", seconds(phases.disks)), ("first_pass_seconds", seconds(phases.firstPass)),
      ("memory_seconds", seconds(phases.memory)),
    ])
  }

  /// What the pause consists of.
  private static func pause(_ pause: PauseParts) -> JSONValue {
    .object([
      ("device_seconds", seconds(pause.device)), ("hand_over_seconds", seconds(pause.handOver)),
      ("last_round_seconds", seconds(pause.lastRound)), ("mirrors_seconds", seconds(pause.mirrors)),
      ("poll_seconds", seconds(pause.poll)), ("resume_seconds", seconds(pause.resume)),
      ("socket_buffers_seconds", seconds(pause.socketBuffers)),
    ])
  }

  /// What would help; `null` where nothing of the kind does.
  private static func remedies(_ remedies: ConvergenceRemedies) -> JSONValue {
    .object([
      (
        "bandwidth_needed_bytes_per_second",
        .optional(remedies.bandwidthNeeded.map { JSONNumber($0) })
      ),
      ("pause_needed_seconds", seconds(remedies.pauseNeeded)),
      ("post_copy_downtime_seconds", seconds(remedies.postCopyDowntime)),
      ("post_copy_duration_seconds", seconds(remedies.postCopyDuration)),
      ("throttle_needed", .optional(remedies.throttleNeeded.map { JSONNumber($0) })),
    ])
  }

  private static func seconds(_ duration: Duration?) -> JSONValue {
    .optional(duration.map { JSONNumber($0) })
  }
}

extension ConvergenceOutcome {
  /// How much the guest is slowed; `nil` for every other outcome.
  var throttle: Ratio? {
    if case .convergesThrottled(let ratio) = self { ratio } else { nil }
  }
}
