import EvacuationModel
import Quantities

extension PlanReader {
  static func outlook(_ fields: Fields) -> WindowOutlook {
    func time(_ key: String) -> PlanTime? {
      fields.optionalSeconds(key).map { PlanTime(seconds: $0.seconds) }
    }
    return WindowOutlook(
      trials: fields.count("trials"), endP50: fields.optionalSeconds("end_p50_seconds"),
      endP90: fields.optionalSeconds("end_p90_seconds"),
      endAtConfidence: fields.optionalSeconds("end_at_confidence_seconds"),
      probability: fields.optionalRatio("probability") ?? Ratio(0), latestStart: time("latest_start_seconds"),
      pointOfNoReturn: time("point_of_no_return_seconds"), turnBackBy: time("turn_back_by_seconds"),
      meanNotCompleted: fields["migrations_not_completed_mean"]?.number() ?? 0,
      left: fields.list("left").compactMap { value in
        value.plain { left in
          LeftHost(
            host: Host.ID(left.text("host")), guests: left.count("guests"), reason: left.text("reason"))
        }
      })
  }
}
