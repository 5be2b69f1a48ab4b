import EvacuationModel
import MigrationSimulation
import Quantities

/// How one virtual machine moves over a path of a given capacity, and why.
struct ModeDecision: Sendable {
  let mode: MigrationMode
  let usesPostCopy: Bool
  let demand: MigrationDemand
  /// Alone on the path.
  let forecast: MigrationForecast
  var reasons: [String]
  /// What the guest would have done running, where it is shut down instead.
  let insteadOf: MigrationForecast?
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
