import EvacuationModel
import MigrationSimulation
import Quantities
import Synchronization

/// Forecasts that have been made, by everything that they follow from: like guests share them, and so do plans of one
/// run that ask alike.
///
/// A forecast is a pure function, so that who finds one here has exactly what it would have computed, whoever was
/// first. Several threads may use one memo.
public final class ForecastMemo: Sendable {
  /// No more are kept: some tens of megabytes.
  private static let most = 20_000

  private struct Question: Hashable {
    let demand: MigrationDemand
    let bandwidth: DataRate
    let seed: UInt64
  }

  private struct Need: Hashable {
    let demand: MigrationDemand
    let bandwidth: DataRate
    let maxDowntime: Duration?
  }

  private let forecasts = Mutex<[Question: MigrationForecast]>([:])
  private let needs = Mutex<[Need: DataRate?]>([:])

  /// An empty memo.
  public init() {}

  /// What `demand` does alone on a path that carries `bandwidth`, with a band that follows from `seed`.
  func forecast(_ demand: MigrationDemand, bandwidth: DataRate, seed: UInt64) -> MigrationForecast {
    let question = Question(demand: demand, bandwidth: bandwidth, seed: seed)
    if let known = forecasts.withLock({ $0[question] }) { return known }
    // Nobody waits while this one is made; at worst two make the same.
    let forecast = MigrationForecaster.forecast(demand, bandwidth: bandwidth, seed: seed)
    forecasts.withLock { if $0.count < Self.most { $0[question] = forecast } }
    return forecast
  }

  /// The least bandwidth at which `demand` completes as `ConvergenceSearch` finds it.
  func leastBandwidth(
    of demand: MigrationDemand, bandwidth: DataRate, maxDowntime: Duration?
  ) -> DataRate? {
    let need = Need(demand: demand, bandwidth: bandwidth, maxDowntime: maxDowntime)
    if let known = needs.withLock({ $0[need] }) { return known }
    let least = ConvergenceSearch(demand: demand, bandwidth: bandwidth).leastBandwidth(
      maxDowntime: maxDowntime)
    needs.withLock { if $0.count < Self.most { $0.updateValue(least, forKey: need) } }
    return least
  }
}
