import EvacuationModel
import MigrationSimulation
import Quantities

/// How one virtual machine moves over a path of a given capacity, and why.
///
/// A class, because searches copy moves by the million and never change this part of them.
final class ModeDecision: Sendable {
  let mode: MigrationMode
  let usesPostCopy: Bool
  let demand: MigrationDemand
  /// Alone on the path.
  let forecast: MigrationForecast
  let reasons: [String]
  /// What the guest would have done running, where it is shut down instead.
  let insteadOf: MigrationForecast?
  /// Whether nobody may take anything of its path from it.
  let goesAlone: Bool

  init(
    mode: MigrationMode, usesPostCopy: Bool, demand: MigrationDemand, forecast: MigrationForecast,
    reasons: [String], insteadOf: MigrationForecast?, goesAlone: Bool = false
  ) {
    self.mode = mode
    self.usesPostCopy = usesPostCopy
    self.demand = demand
    self.forecast = forecast
    self.reasons = reasons
    self.insteadOf = insteadOf
    self.goesAlone = goesAlone
  }

  /// The same as `settings` treat the guest beyond its mode.
  func following(_ settings: MigrationSettings) -> ModeDecision {
    guard settings.goesAlone || !settings.reasons.isEmpty else { return self }
    return ModeDecision(
      mode: mode, usesPostCopy: usesPostCopy, demand: demand, forecast: forecast,
      reasons: settings.reasons + reasons, insteadOf: insteadOf, goesAlone: settings.goesAlone)
  }

  /// The same with further reasons before its own.
  func because(_ further: [String]) -> ModeDecision {
    ModeDecision(
      mode: mode, usesPostCopy: usesPostCopy, demand: demand, forecast: forecast, reasons: further + reasons,
      insteadOf: insteadOf, goesAlone: goesAlone)
  }
}

/// Why a virtual machine cannot move at all over a path, in a sentence with numbers, and whether a faster path
/// would help.
struct ModeRefusal: Error, Sendable {
  let message: String
  let bandwidthNeeded: DataRate?
  /// What it would do running, if that was tried.
  let forecast: MigrationForecast?
  /// Whether no path at all would do.
  let isFinal: Bool
}
