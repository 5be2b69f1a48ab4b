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
  let reasons: [String]
  /// What the guest would have done running, where it is shut down instead.
  let insteadOf: MigrationForecast?

  /// The least share of a path of `capacity` with which it still ends as forecast.
  ///
  /// A prescribed duration was measured with the cap that the policy sets, so it keeps that share. Otherwise a
  /// tenth more than the search finds, so that a guest does not sit at the very edge of convergence.
  func leastBandwidth(of capacity: DataRate, maxDowntime: Duration?) -> DataRate {
    guard mode != .cold else { return .zero }
    if demand.prescribed != nil {
      return demand.cap.bytesPerSecond.isInfinite ? .zero : min(demand.cap, capacity)
    }
    let least = ConvergenceSearch(demand: demand, bandwidth: capacity).leastBandwidth(
      maxDowntime: maxDowntime)
    return min(min(capacity, demand.cap), (least ?? capacity) * 1.1)
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
