import EvacuationModel
import Quantities

/// The outlook of a plan in its window.
struct WindowObject: Encodable {
  let trials: Int
  let endP50Seconds: Nullable<JSONNumber>
  let endP90Seconds: Nullable<JSONNumber>
  let endAtConfidenceSeconds: Nullable<JSONNumber>
  let probability: JSONNumber
  let latestStartSeconds: Nullable<JSONNumber>
  let latestStart: Nullable<String>
  let pointOfNoReturnSeconds: Nullable<JSONNumber>
  let pointOfNoReturn: Nullable<String>
  let turnBackBySeconds: Nullable<JSONNumber>
  let turnBackBy: Nullable<String>
  let migrationsNotCompletedMean: JSONNumber
  let left: [LeftObject]

  struct LeftObject: Encodable {
    let host: String
    let guests: Int
    let reason: String
  }

  init(_ outlook: WindowOutlook, start: Instant?) {
    func number(_ time: Duration?) -> Nullable<JSONNumber> { Nullable(time.map { JSONNumber($0) }) }
    func number(_ time: PlanTime?) -> Nullable<JSONNumber> {
      Nullable(time.map { JSONNumber(seconds: $0.seconds) })
    }
    func clock(_ time: PlanTime?) -> Nullable<String> {
      Nullable(
        time.flatMap { time in start?.advanced(by: PlanTime(seconds: time.seconds.rounded())).iso8601 })
    }
    trials = outlook.trials
    endP50Seconds = number(outlook.endP50)
    endP90Seconds = number(outlook.endP90)
    endAtConfidenceSeconds = number(outlook.endAtConfidence)
    probability = JSONNumber(outlook.probability)
    latestStartSeconds = number(outlook.latestStart)
    latestStart = clock(outlook.latestStart)
    pointOfNoReturnSeconds = number(outlook.pointOfNoReturn)
    pointOfNoReturn = clock(outlook.pointOfNoReturn)
    turnBackBySeconds = number(outlook.turnBackBy)
    turnBackBy = clock(outlook.turnBackBy)
    migrationsNotCompletedMean = JSONNumber(seconds: outlook.meanNotCompleted)
    left = outlook.left.map { LeftObject(host: $0.host.name, guests: $0.guests, reason: $0.reason) }
  }
}
