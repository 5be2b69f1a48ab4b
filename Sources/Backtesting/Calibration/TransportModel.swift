import EvacuationModel
import MigrationSimulation
import Quantities

/// The rate and the fixed part of one way of migrating, and the forecasts that follow from them.
struct TransportModel {
  let mode: MigrationMode
  /// Bytes per second.
  var rate: Double
  /// Seconds.
  var fixed: Double
  /// What is known of live migrations over the same transport, on which a block migration builds.
  var live: CalibratedTransport?

  /// What `setup`'s platform has by itself.
  init(_ setup: HistorySetup, mode: MigrationMode, live: CalibratedTransport?) {
    self.mode = mode
    self.live = live
    let network = setup.defaultPolicy.network
    rate = (mode == .block ? live?.rate ?? network.streamRate : network.streamRate).bytesPerSecond
    fixed = (mode == .block ? network.fixedTime.block : network.fixedTime.around).seconds
  }

  private func policy(for setup: HistorySetup) -> Policy {
    var policy = setup.defaultPolicy
    if let live {
      policy.network.streamRate = live.rate
      policy.network.fixedTime = policy.network.fixedTime.with(around: live.fixed)
    }
    if mode == .block {
      policy.network.diskRate = DataRate(bytesPerSecond: rate)
      policy.network.fixedTime.block = Duration(clampingSeconds: fixed)
    } else {
      policy.network.streamRate = DataRate(bytesPerSecond: rate)
      policy.network.fixedTime = policy.network.fixedTime.with(around: Duration(clampingSeconds: fixed))
    }
    return policy
  }

  /// Seconds that `row` takes by this model; `nil` if it does not arrive.
  func seconds(_ row: HistoryRow) -> Double? {
    let forecast = MigrationForecaster.run(row.demand(under: policy(for: row.setup)), bandwidth: row.path)
    return forecast.completes ? forecast.duration?.seconds : nil
  }

  /// The row as a point of the line. What the model knows besides rate and fixed part (the pause's own parts, the memory
  /// of a block migration) is taken off its duration; what is sent again because it was dirtied is in the bytes.
  func point(_ row: HistoryRow) -> RobustLine.Point {
    let demand = row.demand(under: policy(for: row.setup))
    let forecast = MigrationForecaster.run(demand, bandwidth: row.path)
    let sent = mode == .block ? row.disk : row.transferred
    guard forecast.completes, let total = forecast.duration?.seconds else {
      return RobustLine.Point(bytes: Double((sent ?? demand.firstCopy).bytes), seconds: row.seconds)
    }
    let own = Double((mode == .block ? row.disk ?? .zero : forecast.bytesTransferred).bytes)
    let besides = total - fixed - own / rate
    return RobustLine.Point(
      bytes: sent.map { Double($0.bytes) } ?? own, seconds: whole(row, forecast) - besides)
  }

  /// What `row` took; of a transfer alone, with what this model has around it.
  private func whole(_ row: HistoryRow, _ forecast: MigrationForecast) -> Double {
    row.transferSeconds.map { $0 + (forecast.phases.before + forecast.phases.after).seconds } ?? row.seconds
  }

  /// Whether `row` was held back by its path or a limit, so that it tells nothing of the rate: it attained nine tenths
  /// of it.
  func isHeldBack(_ row: HistoryRow) -> Bool {
    let most = min(row.path, row.bandwidthLimit ?? .unlimited)
    guard most < .unlimited else { return false }
    let demand = row.demand(under: policy(for: row.setup))
    let bytes = Double((row.transferred ?? demand.firstCopy).bytes)
    let around = (live?.fixed.seconds ?? 0) + fixed
    return bytes > 0.9 * most.bytesPerSecond
      * (row.seconds > 1.1 * around ? row.seconds - around : row.seconds)
  }
}
