public import EvacuationModel
import Quantities

/// Where a plan is, as a document.
public enum StatusJSON {
  /// `{"format": "evac.status/1", "plan": ID, "steps": [...], "may_start": [...], …}`; the plan's steps in its order. `pace` is
  /// what forecasts are multiplied by, `behind_seconds` is negative where it is ahead, `replaced_by` is the id of the plan that
  /// is carried out instead.
  public static func encode(_ status: PlanStatus, plan id: String, replacedBy newer: String?) throws -> String
  {
    let counts = PlanStatus.State.allCases.map {
      ($0.rawValue, JSONValue.integer(Int64(status.count($0))))
    }
    return try JSONText.write(
      JSONValue.object([
        ("format", .string("evac.status/1")), ("plan", .string(id)), ("now", moment(status.now)),
        ("status", .string(status.status.rawValue)), ("replaced_by", newer.map { .string($0) } ?? .null),
        ("counts", .object(counts)),
        ("begun_at", moment(status.begun)), ("pace", .object(pace(status.pace))),
        ("planned_end_at", moment(status.plannedEnd)), ("expected_end_at", moment(status.expectedEnd)),
        ("expected_end_p90_at", moment(status.expectedEndP90)),
        ("behind_seconds", .number(JSONNumber(status.delay))), ("window_ends_at", moment(status.windowEnd)),
        ("holds_window", status.holdsWindow.map { .bool($0) } ?? .null),
        ("may_start", .array(status.steps.filter(\.mayStart).map { .string($0.step.id.name) })),
        ("steps", .array(status.steps.map { .object(step($0)) })),
      ]))
  }

  private static func pace(_ pace: Pace) -> [(String, JSONValue)] {
    [("factor", .number(JSONNumber(seconds: pace.factor))), ("measured", .integer(Int64(pace.measured)))]
      + Pace.Band.allCases.map { ($0.rawValue, .integer(Int64(pace.bands[$0] ?? 0))) }
  }

  private static func step(_ step: PlanStatus.Step) -> [(String, JSONValue)] {
    [
      ("id", .string(step.step.id.name)), ("vm", .string(step.step.vm.name)),
      ("state", .string(step.state.rawValue)), ("band", step.band.map { .string($0.rawValue) } ?? .null),
      ("took_seconds", step.outcome?.took.map { .number(JSONNumber($0)) } ?? .null),
      ("transfer_seconds", step.outcome?.transfer.map { .number(JSONNumber($0)) } ?? .null),
      ("forecast_p10_seconds", step.step.forecast.durationP10.map { .number(JSONNumber($0)) } ?? .null),
      ("forecast_p90_seconds", step.step.forecast.durationP90.map { .number(JSONNumber($0)) } ?? .null),
      ("start_at", moment(step.start)), ("end_at", moment(step.end)), ("overdue", .bool(step.isOverdue)),
    ]
  }

  /// To the millisecond, as outcomes are kept.
  private static func moment(_ instant: Instant?) -> JSONValue {
    instant.flatMap {
      Instant(milliseconds: $0.milliseconds, utcOffsetSeconds: $0.utcOffsetSeconds).iso8601
    }.map { .string($0) } ?? .null
  }
}
