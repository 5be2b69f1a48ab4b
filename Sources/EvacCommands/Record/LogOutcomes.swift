import EvacuationModel
import LogDiagnosis
import Quantities

/// What logs of migrations say of a plan's steps.
enum LogOutcomes {
  /// The outcomes in the log `path`. Migrations of guests that are not in the plan are passed over.
  static func read(_ path: String, plan: EvacuationPlan) throws(Refusal) -> [ReportedOutcome] {
    let file = try InputFile(path)
    let reading = LogReader.read(file.bytes, path: file.path)
    if reading.findings.contains(where: { $0.severity == .error }) {
      throw Refusal(findings: reading.findings)
    }
    Console.remark(reading.findings)
    let outcomes = reading.series.map(LogDiagnoser.diagnosis).compactMap { diagnosis in
      step(of: diagnosis, in: plan).map { outcome($0, diagnosis, path: file.path) }
    }
    guard !outcomes.isEmpty else {
      throw Refusal(findings: [
        Finding(
          .unknownStep, path: file.path, message: "no migration in it is of a guest of the plan",
          help: "record the step by its name: --done m003 --took 41s")
      ])
    }
    return outcomes
  }

  /// A guest that moves several times is never moved twice by one log's host: the step from there would be the same.
  private static func step(of diagnosis: MigrationDiagnosis, in plan: EvacuationPlan) -> PlannedMigration? {
    guard let vm = diagnosis.vm else { return nil }
    return plan.steps.first { $0.vm.name == vm || $0.guest.platformID == vm }
  }

  /// The log knows the transfer's time, which is not what the step took: the platform prepares and cleans up outside of it.
  private static func outcome(
    _ step: PlannedMigration, _ diagnosis: MigrationDiagnosis, path: String
  ) -> ReportedOutcome {
    ReportedOutcome(
      step: step.id, result: result(diagnosis),
      transfer: diagnosis.ending == nil ? nil : diagnosis.elapsed.map { Duration(clampingSeconds: $0) },
      downtime: diagnosis.ending == .completed ? diagnosis.downtime : nil,
      transferred: diagnosis.ending == .completed ? diagnosis.sent : nil,
      note: "by its log", path: path, place: step.vm.name)
  }

  private static func result(_ diagnosis: MigrationDiagnosis) -> RecordedOutcome.Result {
    switch diagnosis.ending {
    case nil: return .started
    case .completed: return .done
    case .aborted:
      return .failed(reason: reason(diagnosis, "the platform gave up"), kind: .timeout)
    case .cancelled: return .failed(reason: reason(diagnosis, "somebody stopped it"), kind: .other)
    case .failed:
      let reason = reason(diagnosis, "it failed")
      return .failed(reason: reason, kind: FailureKind(reason: reason))
    }
  }

  private static func reason(_ diagnosis: MigrationDiagnosis, _ usual: String) -> String {
    diagnosis.endedBy.isEmpty ? usual : diagnosis.endedBy
  }
}
