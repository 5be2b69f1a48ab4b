import EvacuationModel
import Quantities

/// The step that carries out one migration of the plan.
enum MigrationStep {
  static func step(
    _ migration: PlannedMigration, _ commands: any PlatformCommands, alone: Bool
  ) -> RunbookStep {
    let own = commands.instructions(for: migration, alone: alone)
    let mode = migration.mode.rawValue
    return RunbookStep(
      "\(migration.id): \(migration.vm) from \(migration.source) to \(migration.destination), \(mode)",
      migration: RunbookMigration(migration), why: why(migration),
      warnings: outcomeWarnings(migration) + own.warnings, commands: own.commands, then: own.then,
      watch: own.watch,
      doneWhen: own.doneWhen, verify: own.verify, worry: WorryRule.limit(for: migration), levers: own.levers,
      abort: own.abort, rollback: own.rollback)
  }

  private static func why(_ migration: PlannedMigration) -> [String] {
    guard !migration.dependsOn.isEmpty else { return migration.reasons }
    return ["After \(migration.dependsOn.map(\.name).joined(separator: ", ")) only."] + migration.reasons
  }

  private static func outcomeWarnings(_ migration: PlannedMigration) -> [String] {
    switch migration.forecast.outcome {
    case .timesOut where !migration.forecast.completes:
      ["The forecast says that the platform gives up on it: have a lever ready."]
    case .timesOut: ["The forecast says that it ends only because the platform forces it at its timeout."]
    case .neverConverges: ["The forecast says that it does not end by itself: have a lever ready."]
    case .convergesThrottled(let throttle): ["Its CPUs are slowed by up to \(throttle) meanwhile."]
    case .converges, .needsPostCopy, .notApplicable: []
    }
  }
}
