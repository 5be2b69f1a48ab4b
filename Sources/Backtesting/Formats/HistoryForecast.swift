public import EvacuationModel
import MigrationSimulation
import Quantities

extension HistoryRow {
  private static let pool = Datastore.ID("local")

  /// The guest as an inventory would have it.
  private var guest: VirtualMachine {
    var guest = VirtualMachine(
      id: VirtualMachine.ID(id), host: Host.ID("source"), vcpus: 1, memory: memory,
      memoryTouched: memoryTouched, memoryActivity: activity, migrationBandwidthLimit: bandwidthLimit)
    if let disk, mode != .live {
      guest.disks = [
        VirtualDisk(name: "disk", datastore: Self.pool, size: disk, writeRate: diskWriteRate ?? .zero)
      ]
    }
    return guest
  }

  /// What `policy` and what is known of the migration ask for.
  func demand(under policy: Policy) -> MigrationDemand {
    var policy = policy
    policy.network.transport = setup.transport
    if let downtimeLimit { policy.precopy.downtimeLimit = .fixed(downtimeLimit) }
    if let autoConverge {
      policy.precopy.autoConverge = autoConverge ? policy.precopy.autoConverge ?? AutoConverge() : nil
    }
    if let postCopy { policy.precopy.postCopy = postCopy ? policy.precopy.postCopy ?? PostCopyPolicy() : nil }
    let guest = guest
    let inventory = Inventory(
      name: "history", platform: setup.platform, release: setup.release,
      datastores: [Datastore(id: Self.pool, kind: .local)], virtualMachines: [guest])
    return MigrationForecaster(policy: policy, inventory: inventory).demand(
      for: guest, mode: mode, settings: policy.settings(for: guest), switchingToPostCopy: postCopy ?? false)
  }

  /// What it had of the path: its share, if others ran at the same time.
  var path: DataRate { bandwidth.map { $0 * (1 / Double(concurrent)) } ?? .unlimited }

  /// What a user would have been told beforehand.
  func forecast(under policy: Policy) -> CaseForecast {
    CaseForecast(MigrationForecaster.forecast(demand(under: policy), bandwidth: path))
  }

  var measured: MeasuredOutcome {
    let completed = outcome == .completed
    return MeasuredOutcome(
      seconds: completed ? seconds : nil, downtimeSeconds: completed ? downtimeSeconds : nil,
      converged: completed)
  }

  /// What is particular about it.
  var circumstances: String {
    var parts = ["\(memory.description) of memory"]
    if let disk, mode != .live { parts.append("\(disk.description) of disks") }
    if let rate = activity.dirtyRates.first?.rate { parts.append("dirties \(rate.description)") }
    if let bandwidth { parts.append("path \(bandwidth.description)") }
    if concurrent > 1 { parts.append("\(concurrent) at once") }
    return parts.joined(separator: ", ")
  }
}

extension Backtest {
  /// Forecasts every migration of `history` under the policy of its setup, by default the platform's own.
  ///
  /// Those of which only the transfer is known are skipped: forecasts are of the whole.
  public init(history: History, policies: [HistorySetup: Policy] = [:]) {
    let partial = history.rows.filter { $0.transferSeconds != nil }.map {
      SkippedCase(id: $0.id, reason: "only its transfer's time is known")
    }
    self.init(
      cases: history.rows.filter { $0.transferSeconds == nil }.map { row in
        BacktestCase(
          id: row.id, group: row.group, measured: row.measured,
          forecast: row.forecast(under: policies[row.setup] ?? row.setup.defaultPolicy),
          circumstances: row.circumstances)
      }, skipped: history.skipped + partial)
  }
}
