public import EvacuationModel
public import Quantities

/// Makes plans by hand, for tests of whatever reads plans: each step's numbers agree with each other, and
/// `plan()` derives waves, completeness and summary from the steps.
///
/// Change a step with `change(_:_:)` before `plan()` and the summary follows; change the plan afterwards
/// and it does not.
public struct PlanBuilder: Sendable {
  /// The cluster.
  public var inventory: Inventory
  /// The policy it is made under.
  public var policy: Policy
  /// What is asked.
  public var request: EvacuationRequest
  /// The steps so far.
  public var steps: [PlannedMigration] = []
  /// Who stays.
  public var unplaced: [UnplacedVirtualMachine] = []

  /// A builder without steps.
  public init(inventory: Inventory, policy: Policy? = nil, drain: [Host.ID]) {
    self.inventory = inventory
    self.policy = policy ?? Policy(name: "test", platform: inventory.platform)
    self.request = EvacuationRequest(drain: drain)
  }

  /// Adds a step for `vm` with the next free id; the duration follows from its memory and local disks.
  ///
  /// - Parameters:
  ///   - start: seconds since the plan's start.
  ///   - bandwidth: the guaranteed share; a step that transfers nothing gets none.
  /// - Returns: the end in seconds since the plan's start; `start` if the inventory has no such guest.
  @discardableResult
  public mutating func move(
    _ vm: VirtualMachine.ID, to destination: Host.ID, _ mode: MigrationMode = .live, at start: Double,
    batch: Int, after dependsOn: [PlannedMigration.ID] = [],
    bandwidth: DataRate = .megabytesPerSecond(400)
  ) -> Double {
    guard let guest = inventory.virtualMachines.first(where: { $0.id == vm }) else { return start }
    return add(
      guest, to: destination, mode, at: start, batch: batch, after: dependsOn, bandwidth: bandwidth)
  }

  /// As `move(_:to:_:at:batch:after:bandwidth:)`, for a guest that is at hand.
  @discardableResult
  public mutating func add(
    _ guest: VirtualMachine, to destination: Host.ID, _ mode: MigrationMode, at start: Double, batch: Int,
    after dependsOn: [PlannedMigration.ID] = [], bandwidth: DataRate = .megabytesPerSecond(400)
  ) -> Double {
    let forecast = forecast(of: guest, mode, bandwidth: bandwidth)
    let end = start + (forecast.duration?.seconds ?? 0)
    let copied = mode == .live ? [] : localDisks(of: guest)
    let digits = String(steps.count + 1)
    steps.append(
      PlannedMigration(
        id: .init("m" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits), batch: batch,
        vm: guest.id,
        guest: PlannedGuest(
          platformID: guest.platformID, state: guest.state, memory: guest.memory,
          copiedDisks: copied.map(\.name)),
        mode: mode, source: guest.host, destination: destination, start: PlanTime(seconds: start),
        end: PlanTime(seconds: end), dependsOn: dependsOn, bandwidth: forecast.bandwidth,
        forecast: forecast, reasons: ["placed by hand"]))
    return end
  }

  /// Notes that `vm` stays.
  public mutating func leave(_ vm: VirtualMachine.ID, on host: Host.ID) {
    unplaced.append(
      UnplacedVirtualMachine(
        vm: vm, host: host, refusals: [], message: "\(vm) cannot leave \(host): no host has room"))
  }

  /// Changes the steps named `id`.
  public mutating func change(_ id: PlannedMigration.ID, _ body: (inout PlannedMigration) -> Void) {
    for index in steps.indices where steps[index].id == id { body(&steps[index]) }
  }

  /// Changes the guest named `id`.
  public mutating func changeGuest(_ id: VirtualMachine.ID, _ body: (inout VirtualMachine) -> Void) {
    for index in inventory.virtualMachines.indices where inventory.virtualMachines[index].id == id {
      body(&inventory.virtualMachines[index])
    }
  }

  /// Changes the host named `id`.
  public mutating func changeHost(_ id: Host.ID, _ body: (inout Host) -> Void) {
    for index in inventory.hosts.indices where inventory.hosts[index].id == id {
      body(&inventory.hosts[index])
    }
  }

  private func localDisks(of guest: VirtualMachine) -> [VirtualDisk] {
    let local = inventory.datastores.filter { $0.kind == .local }.map(\.id)
    return guest.disks.filter { local.contains($0.datastore) }
  }

  /// A tenth of the memory is sent twice; fixed times are the policy's.
  private func forecast(
    of guest: VirtualMachine, _ mode: MigrationMode, bandwidth: DataRate
  ) -> MigrationForecast {
    let disks = mode == .live ? .zero : localDisks(of: guest).map(\.allocated).sum()
    let memory = mode == .cold ? .zero : guest.memory * 1.1
    let bytes = disks + memory
    let fixed = policy.network.fixedTime
    let running = guest.state == .running
    var phases = MigrationPhases(before: fixed.before, after: fixed.after)
    if mode == .cold, running {
      phases.before += policy.cold.shutdown
      phases.after += policy.cold.boot
    }
    phases.disks = Duration(clampingSeconds: Double(disks.bytes) / bandwidth.bytesPerSecond)
    phases.memory = Duration(clampingSeconds: Double(memory.bytes) / bandwidth.bytesPerSecond)
    phases.firstPass = Duration(clampingSeconds: phases.memory.seconds / 1.1)
    let duration = phases.before + phases.disks + phases.memory + phases.after
    let downtime: Duration =
      switch mode {
      case .live: .milliseconds(300)
      case .block: .milliseconds(400)
      case .cold: running ? duration : .zero
      }
    return MigrationForecast(
      mode: mode, outcome: mode == .cold ? .notApplicable : .converges, completes: true, duration: duration,
      durationP10: Duration(clampingSeconds: duration.seconds * 0.9),
      durationP90: Duration(clampingSeconds: duration.seconds * 1.2), downtime: downtime,
      bytesTransferred: bytes, roundCount: mode == .cold ? 0 : 2, phases: phases,
      bandwidth: bytes == .zero ? .zero : bandwidth)
  }
}
