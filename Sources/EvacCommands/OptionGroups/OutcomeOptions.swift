import ArgumentParser
import EvacuationModel
import InventoryImport
import Quantities

/// Outcomes on the command line.
struct OutcomeOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A step that is done, also as m003=41s; repeat for several.", valueName: "step"))
  var done: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("How long it took; once for each --done, in their order.", valueName: "time"))
  var took: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("A step that failed, also as m004=REASON; repeat for several.", valueName: "step"))
  var failed: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Why; once for each --failed, in their order, or once for all.", valueName: "text"))
  var reason: [String] = []

  @Option(
    help: ArgumentHelp(
      "What kind of failure, where the reason does not say it: timeout, no_room, host_down or other.",
      valueName: "kind"))
  var kind: String?

  @Option(name: .long, help: ArgumentHelp("A step that is under way; repeat for several.", valueName: "step"))
  var started: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("A step that nobody will do; repeat for several.", valueName: "step"))
  var skipped: [String] = []

  @Option(help: ArgumentHelp("When it was, ISO 8601 with a zone; by default now.", valueName: "instant"))
  var at: String?

  @Option(help: ArgumentHelp("A remark to keep with it.", valueName: "text"))
  var note: String?

  /// Whether no step is named.
  var isEmpty: Bool { done.isEmpty && failed.isEmpty && started.isEmpty && skipped.isEmpty }

  /// What is reported, or everything that is wrong with the options.
  func reported() throws(Refusal) -> [ReportedOutcome] {
    var findings: [Finding] = []
    let at = instant(&findings)
    let kind = kind(&findings)
    var outcomes = started.map { report($0, .started, "--started", at) }
    let allReasons = failed.count > 1 && reason.count == 1 ? failed.map { _ in reason[0] } : reason
    let reasons = paired(failed, "--failed", with: allReasons, "--reason", &findings)
    // A time belongs to what is done, unless nothing is.
    let times = paired(reasons.map(\.name), "--failed", with: done.isEmpty ? took : [], "--took", &findings)
    for ((step, reason), (_, time)) in zip(reasons, times) {
      let reason = reason ?? ""
      outcomes.append(
        report(
          step, .failed(reason: reason, kind: kind ?? FailureKind(reason: reason)), "--failed", at,
          took: time.flatMap { duration($0, &findings) }))
    }
    for (step, time) in paired(done, "--done", with: done.isEmpty ? [] : took, "--took", &findings) {
      outcomes.append(report(step, .done, "--done", at, took: time.flatMap { duration($0, &findings) }))
    }
    outcomes += skipped.map { report($0, .skipped, "--skipped", at) }
    guard findings.isEmpty else { throw Refusal(findings: findings) }
    return outcomes
  }

  private func report(
    _ step: String, _ result: RecordedOutcome.Result, _ option: String, _ at: Instant?, took: Duration? = nil
  ) -> ReportedOutcome {
    ReportedOutcome(
      step: PlannedMigration.ID(step), result: result, took: took, at: at, note: note ?? "", path: option)
  }

  /// Each of `names` with its value: the one behind its `=`, else the one at its place in `values`.
  private func paired(
    _ names: [String], _ option: String, with values: [String], _ other: String, _ findings: inout [Finding]
  ) -> [(name: String, value: String?)] {
    if !values.isEmpty, values.count != names.count {
      findings.append(
        Finding(
          .badRequest, path: other, message: "\(values.count) of them for \(names.count) \(option)",
          help: "give one for each, in the same order, or write \(option) \(names.first ?? "m003")=…"))
    }
    return names.enumerated().map { index, name in
      let parts = name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : index < values.count ? values[index] : nil)
    }
  }

  private func duration(_ text: String, _ findings: inout [Finding]) -> Duration? {
    do throws(QuantityError) {
      return try Duration(parsing: text)
    } catch {
      findings.append(Finding(.badQuantity, path: "--took", message: error.message, help: error.remedy))
      return nil
    }
  }

  private func instant(_ findings: inout [Finding]) -> Instant? {
    guard let at else { return nil }
    if let instant = Instant(iso8601: at) { return instant }
    findings.append(
      Finding(
        .badQuantity, path: "--at", message: "\"\(at)\" is not a moment with its zone",
        help: "write it as in 2026-12-05T22:00:00+01:00"))
    return nil
  }

  private func kind(_ findings: inout [Finding]) -> FailureKind? {
    guard let kind else { return nil }
    if let known = FailureKind(rawValue: kind) { return known }
    findings.append(
      Finding(
        .badChoice, path: "--kind", place: kind, message: "is no kind of failure",
        help: Suggestion.help(for: kind, among: FailureKind.allCases.map(\.rawValue))))
    return nil
  }
}
