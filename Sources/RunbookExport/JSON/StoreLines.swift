public import EvacuationModel
import Quantities

/// What a store keeps as JSON lines: one document a line, so that files can be compared, split and read piece by piece.
public enum StoreLines {
  /// The line with the format, then an entry a line. Equal stores give equal bytes.
  public static func encode(_ entries: [StoreEntry]) -> String {
    var text = #"{"format":"evac.store/1"}"# + "\n"
    for entry in entries {
      write(fields(of: entry), to: &text)
      text += "\n"
    }
    return text
  }

  private static func fields(of entry: StoreEntry) -> [(key: String, value: JSONValue)] {
    switch entry {
    case .text(let stored):
      [
        ("digest", .string(stored.digest)), ("entry", .string(stored.kind.rawValue)),
        ("text", .string(stored.text)),
      ]
    case .plan(let plan):
      [
        ("calibration", plan.calibration.map { .string($0) } ?? .null),
        ("created_at", .string(plan.record.createdAt.iso8601 ?? "")),
        ("digest", .string(plan.record.digest)), ("entry", .string("plan")), ("text", .string(plan.text)),
      ]
    case .outcome(let plan, let sequence, let outcome):
      [
        ("entry", .string("outcome")), ("plan", .string(plan)), ("sequence", .integer(Int64(sequence))),
      ] + OutcomeObject.fields(outcome)
    }
  }

  /// On one line; what is null is left out.
  private static func write(_ fields: [(key: String, value: JSONValue)], to text: inout String) {
    var separator = "{"
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      if case .null = value { continue }
      text += "\(separator)\"\(key)\":"
      value.write(to: &text, indentation: 0)
      separator = ","
    }
    text += "}"
  }
}

/// What became of a step, in whatever document it stands.
enum OutcomeObject {
  static func fields(_ outcome: RecordedOutcome) -> [(key: String, value: JSONValue)] {
    var fields: [(key: String, value: JSONValue)] = [
      ("at", .string(outcome.at.iso8601 ?? "")),
      ("downtime_seconds", .optional(outcome.downtime.map { JSONNumber($0) })),
      ("note", .string(outcome.note)), ("result", .string(outcome.result.name)),
      ("step", .string(outcome.step.name)),
      ("took_seconds", .optional(outcome.took.map { JSONNumber($0) })),
      ("transfer_seconds", .optional(outcome.transfer.map { JSONNumber($0) })),
      ("transferred_bytes", outcome.transferred.map { .integer($0.bytes) } ?? .null),
    ]
    if case .failed(let reason, let kind) = outcome.result {
      fields += [("kind", .string(kind.rawValue)), ("reason", .string(reason))]
    }
    return fields
  }
}
