public import EvacuationModel
import MigrationSimulation
import Quantities

/// Forecasts guests before anybody has asked for a plan: each alone on the best path away from its host.
public struct InventoryForecast: Sendable {
  /// One guest's forecast.
  public struct Entry: Hashable, Sendable {
    /// Whose.
    public let vm: VirtualMachine.ID
    /// The way that a plan would choose; where none is permitted, the way it would run by itself.
    public let forecast: MigrationForecast
    /// Why, in numbers.
    public let reasons: [String]
  }

  private let cluster: Cluster
  private let forecaster: MigrationForecaster
  private let seed: UInt64
  private let recordsRounds: Bool

  /// Forecasts for the guests of `inventory` under `policy`, with bands from draws that follow from `seed`.
  public init(inventory: Inventory, policy: Policy, seed: UInt64 = 0, recordingRounds: Bool = true) {
    self.seed = seed
    recordsRounds = recordingRounds
    cluster = Cluster(inventory, policy: policy, drain: [])
    forecaster = MigrationForecaster(policy: policy, inventory: inventory)
  }

  /// The forecast of every guest in `names`, or of all if that is empty, in the inventory's order. They come one by
  /// one, so that nobody has to hold them all.
  public func forEach<Failure: Error>(
    in names: Set<VirtualMachine.ID> = [], _ body: (Entry) throws(Failure) -> Void
  ) throws(Failure) {
    let paths = MigrationPaths(cluster)
    var capacities: [Int: DataRate] = [:]
    for vm in cluster.inventory.virtualMachines.indices {
      guard names.isEmpty || names.contains(cluster.vm(vm).id) else { continue }
      let home = cluster.homes[vm]
      let capacity = capacities[home] ?? bestCapacity(from: home, paths: paths)
      capacities[home] = capacity
      try body(entry(cluster.vm(vm), settings: cluster.settings(of: vm), capacity: capacity))
    }
  }

  /// The same as a list.
  public func entries(for names: Set<VirtualMachine.ID> = []) -> [Entry] {
    var entries: [Entry] = []
    forEach(in: names) { entries.append($0) }
    return entries
  }

  /// What the widest path to another host that takes arrivals carries; the host's own NIC if there is none.
  private func bestCapacity(from home: Int, paths: MigrationPaths) -> DataRate {
    guard home >= 0 else { return .zero }
    let nic = cluster.host(home).migrationBandwidth * cluster.policy.network.usableShare
    var best = DataRate.zero
    for host in cluster.inventory.hosts.indices where host != home && cluster.host(host).state == .up {
      best = max(best, paths.capacity(from: home, to: host))
      if best >= nic { break }
    }
    return best > .zero ? best : nic
  }

  private func entry(_ vm: VirtualMachine, settings: MigrationSettings, capacity: DataRate) -> Entry {
    let natural: MigrationMode =
      vm.state == .stopped ? .cold : (forecaster.localDisks(of: vm).isEmpty ? .live : .block)
    let decision = Result { () throws(ModeRefusal) in
      try ModeChooser(forecaster, seed: seed, recordingRounds: recordsRounds)
        .choose(vm, settings: settings, capacity: capacity)
    }
    // Where a plan falls back on a restart, the numbers of the live migration that fails are what is asked for.
    switch decision {
    case .success(let way) where way.mode == natural:
      return Entry(vm: vm.id, forecast: way.forecast, reasons: way.reasons)
    case .success(let way):
      return Entry(
        vm: vm.id, forecast: way.insteadOf ?? plain(vm, natural, settings, capacity),
        reasons: way.reasons + ["a plan would move it \(way.mode.rawValue)"])
    case .failure(let refusal):
      return Entry(
        vm: vm.id, forecast: refusal.forecast ?? plain(vm, natural, settings, capacity),
        reasons: [refusal.message])
    }
  }

  private func plain(
    _ vm: VirtualMachine, _ mode: MigrationMode, _ settings: MigrationSettings, _ capacity: DataRate
  ) -> MigrationForecast {
    let demand = forecaster.demand(for: vm, mode: mode, settings: settings, recordingRounds: recordsRounds)
    return MigrationForecaster.forecast(demand, bandwidth: capacity, seed: seed)
  }
}
