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
    help: ArgumentHelp(
      "How long it took; once for each --done without a time, in their order.", valueName: "time"))
  var took: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A step that failed, also as m004=REASON, or m004=800s for how long it ran; repeat for several.",
      valueName: "step"))
  var failed: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Why; once for each --failed without a reason, in their order, or once for all.", valueName: "text"))
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
    outcomes += failures(at, kind, &findings)
    let ended = named(done)
    for (step, time) in zip(
      ended, paired(ended, "--done", with: done.isEmpty ? [] : took, "--took", &findings))
    {
      outcomes.append(
        report(
          step.step, .done, "--done", at,
          took: time.flatMap {
            duration($0, step.value == nil ? "--took" : "--done", step.step, &findings)
          }))
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

  /// What failed. Behind a step's `=` stands why, or for how long it ran: a time is no reason.
  private func failures(
    _ at: Instant?, _ kind: FailureKind?, _ findings: inout [Finding]
  ) -> [ReportedOutcome] {
    let steps = named(failed)
    let said = steps.map { $0.value.map(Self.isTime) }
    let why = zip(steps, said).map { (step: $0.step, value: $1 == false ? $0.value : nil) }
    let long = zip(steps, said).map { (step: $0.step, value: $1 == true ? $0.value : nil) }
    let open = why.count { $0.value == nil }
    let all = open > 1 && reason.count == 1 ? why.filter { $0.value == nil }.map { _ in reason[0] } : reason
    let reasons = paired(why, "--failed", with: all, "--reason", &findings)
    // A time belongs to what is done, unless nothing is.
    let times = paired(long, "--failed", with: done.isEmpty ? took : [], "--took", &findings)
    return steps.indices.map { index in
      let reason = reasons[index] ?? ""
      return report(
        steps[index].step, .failed(reason: reason, kind: kind ?? FailureKind(reason: reason)), "--failed", at,
        took: times[index].flatMap {
          duration($0, steps[index].value == nil ? "--took" : "--failed", steps[index].step, &findings)
        })
    }
  }

  /// Whether `text` is meant as a time: one with its unit, or a bare number, of which `duration` says what it lacks.
  private static func isTime(_ text: String) -> Bool {
    Double(text) != nil || (try? Duration(parsing: text)) != nil
  }

  /// Steps, each with what stands behind its `=`.
  private func named(_ names: [String]) -> [(step: String, value: String?)] {
    names.map { name in
      let parts = name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : nil)
    }
  }

  /// The value of each of `steps`: its own, else the next of `values`, of which there is one for each that has none.
  private func paired(
    _ steps: [(step: String, value: String?)], _ option: String, with values: [String], _ other: String,
    _ findings: inout [Finding]
  ) -> [String?] {
    let open = steps.count { $0.value == nil }
    if !values.isEmpty, values.count != open {
      let without = open < steps.count ? " without one of its own" : ""
      findings.append(
        Finding(
          .badRequest, path: other, message: "\(values.count) of them for \(open) \(option)\(without)",
          help:
            "give one for each, in the same order, or write \(option) \(steps.first?.step ?? "m003")=… and leave \(other) out"
        ))
    }
    var rest = values[...]
    return steps.map { $0.value ?? rest.popFirst() }
  }

  private func duration(
    _ text: String, _ option: String, _ step: String, _ findings: inout [Finding]
  ) -> Duration? {
    do throws(QuantityError) {
      return try Duration(parsing: text)
    } catch {
      findings.append(
        Finding(.badQuantity, path: option, place: step, message: error.message, help: error.remedy))
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
    if let known = FailureKind(rawValue: kind) {
      if failed.isEmpty {
        findings.append(
          Finding(
            .badRequest, path: "--kind", place: kind, message: "says why something failed, and nothing did",
            help: "name the step with --failed, or leave --kind out"))
      }
      return known
    }
    findings.append(
      Finding(
        .badChoice, path: "--kind", place: kind, message: "is no kind of failure",
        help: Suggestion.help(for: kind, among: FailureKind.allCases.map(\.rawValue))))
    return nil
  }
}
