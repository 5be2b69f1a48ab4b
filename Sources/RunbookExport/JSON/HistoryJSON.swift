public import EvacuationModel
import Quantities

/// The plans of a store as a document.
public enum HistoryJSON {
  /// `{"format": "evac.history/1", "plans": [...]}` in the order given. `status` is `planned`, `under_way` or `done`.
  public static func encode(_ plans: [(record: PlanRecord, outcomes: [RecordedOutcome])]) throws -> String {
    try JSONText.write(
      JSONValue.object([
        ("format", .string("evac.history/1")), ("plans", .array(plans.map { plan($0.record, $0.outcomes) })),
      ]))
  }

  private static func plan(_ record: PlanRecord, _ outcomes: [RecordedOutcome]) -> JSONValue {
    let progress = PlanProgress(outcomes)
    return .object([
      ("id", .string(record.id)), ("sha256", .string(record.digest)),
      ("created_at", .string(record.createdAt.iso8601 ?? "")), ("inventory", .string(record.inventory)),
      ("policy", .string(record.policy)), ("drain", .array(record.drain.map { .string($0) })),
      ("replaces", record.replaces.map { .string(String($0.prefix(12))) } ?? .null),
      ("rolling", record.rolling.map { .string($0) } ?? .null),
      ("makespan_seconds", .number(JSONNumber(record.makespan))),
      ("completeness", .string(record.completeness.rawValue)),
      ("status", .string(progress.status(ofSteps: record.steps).rawValue)),
      ("steps", .integer(Int64(record.steps))),
      ("done", .integer(Int64(progress.count("done")))),
      ("failed", .integer(Int64(progress.count("failed")))),
    ])
  }
}

/// What was recorded by one command, as a document.
public enum RecordJSON {
  /// `{"format": "evac.record/1", "plan": ID, "recorded": [...], "status": …}`.
  public static func encode(
    plan id: String, recorded: [RecordedOutcome], status: PlanProgress.Status
  ) throws -> String {
    try JSONText.write(
      JSONValue.object([
        ("format", .string("evac.record/1")), ("plan", .string(id)),
        ("recorded", .array(recorded.map { .object(OutcomeObject.fields($0)) })),
        ("status", .string(status.rawValue)),
      ]))
  }
}
