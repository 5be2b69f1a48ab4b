public import EvacuationModel
import Quantities

/// Reads JSON lines as `evac store export` writes them.
public enum StoreLinesReader {
  /// Reads a whole export (`evac.store/1`). `path` is what findings call the file; their lines are the file's.
  ///
  /// Each text must have the digest that its line states; `sha256` works it out, in hexadecimal.
  public static func read(
    _ bytes: [UInt8], path: String, sha256: ([UInt8]) -> String
  ) -> Reading<[StoreEntry]> {
    var entries: [StoreEntry] = []
    var findings: [Finding] = []
    var isFirst = true
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      guard line.contains(where: { !SourceText.isSpace($0) }) else { continue }
      let place = LinePlace(path: path, number: index + 1)
      if isFirst {
        isFirst = false
        if SourceReader.read(Array(line), path: path, body: header).value == nil {
          findings.append(
            Finding(
              .wrongFormat, path: path, place: "\(place.number)", message: "this is not a store's export",
              help: "give what `evac store export` wrote"))
          break
        }
      } else {
        let reading = SourceReader.read(Array(line), path: path) { entry($0, sha256: sha256) }
        findings += place.moved(reading.findings)
        if let entry = reading.value { entries.append(entry) }
      }
    }
    if isFirst {
      findings.append(
        Finding(
          .emptyFile, path: path, message: "the file is empty", help: "give what `evac store export` wrote"))
    }
    return Reading(value: entries, findings: findings)
  }

  private static func header(_ root: SourceValue) -> Bool? {
    FileFormat.store.isFormat(of: root) ? true : nil
  }

  private static func entry(_ root: SourceValue, sha256: ([UInt8]) -> String) -> StoreEntry? {
    let entry = root.plain { fields -> StoreEntry? in
      let kinds = StoredText.Kind.allCases.map(\.rawValue) + ["plan", "outcome"]
      guard let kind = fields.required("entry", example: "plan")?.word(among: kinds) else { return nil }
      return switch kind {
      case "plan": plan(fields, sha256: sha256)
      case "outcome": outcome(fields)
      default:
        StoredText.Kind(rawValue: kind).flatMap { kind in
          digested(fields, sha256: sha256).map {
            .text(StoredText(kind: kind, digest: $0.digest, text: $0.text))
          }
        }
      }
    }
    return entry ?? nil
  }

  private static func digested(
    _ fields: Fields, sha256: ([UInt8]) -> String
  ) -> (digest: String, text: String)? {
    guard let digest = fields.required("digest", example: "…")?.string(),
      let text = fields.required("text", example: "…")?.string()
    else { return nil }
    guard sha256(Array(text.utf8)) == digest else {
      fields.report(
        .storeConflict, "the text has another SHA-256 than its `digest`",
        help: "the file was changed or damaged; export again")
      return nil
    }
    return (digest, text)
  }

  private static func plan(_ fields: Fields, sha256: ([UInt8]) -> String) -> StoreEntry? {
    guard let (digest, text) = digested(fields, sha256: sha256),
      let createdAt = fields.required("created_at", example: "2026-12-05T22:00:00Z")?.instant()
    else { return nil }
    let reading = PlanReader.read(Array(text.utf8), path: "text")
    guard let plan = reading.value else {
      for finding in reading.findings where finding.severity == .error {
        fields.report(finding.code, "the plan at \(finding.place): \(finding.message)", help: finding.help)
      }
      return nil
    }
    return .plan(
      StoredPlan(
        plan, text: text, digest: digest, createdAt: createdAt, calibration: fields["calibration"]?.string()))
  }

  private static func outcome(_ fields: Fields) -> StoreEntry? {
    guard let plan = fields.required("plan", example: "…")?.string(),
      let sequence = fields.required("sequence", example: "1")?.int(in: 1...PlanReader.mostCounted),
      let step = fields.required("step", example: "m001")?.name(),
      let at = fields.required("at", example: "2026-12-05T22:00:00Z")?.instant(), let result = result(fields)
    else { return nil }
    return .outcome(
      plan: plan, sequence: sequence,
      RecordedOutcome(
        step: PlannedMigration.ID(step), result: result, took: fields.optionalSeconds("took_seconds"),
        transfer: fields.optionalSeconds("transfer_seconds"),
        downtime: fields.optionalSeconds("downtime_seconds"),
        transferred: fields["transferred_bytes"] == nil ? nil : fields.bytes("transferred_bytes"), at: at,
        note: fields.text("note")))
  }

  private static func result(_ fields: Fields) -> RecordedOutcome.Result? {
    let words = ["started", "done", "failed", "skipped"]
    switch fields.required("result", example: "done")?.word(among: words) {
    case "started": return .started
    case "done": return .done
    case "skipped": return .skipped
    case "failed":
      guard let kind: FailureKind = fields.required("kind", example: "timeout")?.choice() else { return nil }
      return .failed(reason: fields.text("reason"), kind: kind)
    default: return nil
    }
  }
}

/// A line of a file whose lines are read by themselves.
private struct LinePlace {
  let path: String
  let number: Int

  /// Findings of the line read alone, which believes to be the first one.
  func moved(_ findings: [Finding]) -> [Finding] {
    findings.map { finding in
      var finding = finding
      finding.place = finding.place.hasPrefix("1:") ? "\(number):\(finding.place.dropFirst(2))" : "\(number)"
      return finding
    }
  }
}
