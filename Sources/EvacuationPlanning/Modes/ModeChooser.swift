import EvacuationModel
import MigrationSimulation
import Quantities

/// Chooses live, block or cold: the least disturbing way that the policy permits and that ends.
///
/// In this order: by itself within the pause that is allowed, auto-converge included where the platform has it
/// on; switching to post-copy; paused for the rest at the platform's timeout where that is its action and a
/// restart is not permitted; shut down.
struct ModeChooser: Sendable {
  private let forecaster: MigrationForecaster
  private let seed: UInt64
  private let recordsRounds: Bool
  private let memo: ForecastMemo

  init(
    _ forecaster: MigrationForecaster, seed: UInt64, recordingRounds: Bool = false,
    memo: ForecastMemo = ForecastMemo()
  ) {
    self.memo = memo
    self.forecaster = forecaster
    self.seed = seed
    recordsRounds = recordingRounds
  }

  /// The way for `vm` on a path that carries `capacity`.
  func choose(_ vm: VirtualMachine, settings: MigrationSettings, capacity: DataRate) throws(ModeRefusal)
    -> ModeDecision
  {
    try way(of: vm, settings: settings, capacity: capacity).following(settings)
  }

  private func way(of vm: VirtualMachine, settings: MigrationSettings, capacity: DataRate)
    throws(ModeRefusal) -> ModeDecision
  {
    guard !settings.modes.isEmpty else { throw .final("the policy says that it is never moved (modes: [])") }
    let local = forecaster.localDisks(of: vm)
    if vm.state == .stopped {
      return try cold(
        vm, settings: settings, capacity: capacity, because: ["is stopped: nothing to keep running"])
    }
    if let device = vm.devices.first {
      return try pinned(vm, by: device, settings: settings, capacity: capacity)
    }
    let natural: MigrationMode = local.isEmpty ? .live : .block
    guard settings.modes.contains(natural) else {
      return try insteadOf(natural, vm, settings: settings, capacity: capacity, attempt: nil)
    }
    let attempt = attempt(vm, natural, settings, capacity)
    if attempt.isAcceptable(settings), attempt.forecast.convergesByItself, !settings.insistsOnPostCopy {
      return attempt.decision(settings: settings)
    }
    if settings.precopy.postCopy != nil {
      let switched = self.attempt(vm, natural, settings, capacity, postCopy: true)
      if switched.isAcceptable(settings) {
        return switched.decision(settings: settings, insteadOf: attempt.forecast)
      }
    }
    // What is left is the platform's own timeout action, hours later: a restart is kinder where it is permitted.
    if attempt.isAcceptable(settings), !settings.modes.contains(.cold) {
      return attempt.decision(settings: settings)
    }
    return try insteadOf(natural, vm, settings: settings, capacity: capacity, attempt: attempt)
  }

  /// A device of the host ties a guest to it. Only a rule that names `cold` for this guest says that the
  /// destination has the same device.
  private func pinned(
    _ vm: VirtualMachine, by device: AttachedDevice, settings: MigrationSettings, capacity: DataRate
  ) throws(ModeRefusal) -> ModeDecision {
    let name = "\(device.kind) \(device.name)".trimmedEnd
    guard settings.modes == [.cold] else {
      throw .final(
        "holds \(name), which ties it to its host: detach it, or let a rule say modes: [cold] if the destination has the same"
      )
    }
    return try cold(
      vm, settings: settings, capacity: capacity, because: ["holds \(name); a rule permits cold"])
  }

  private func insteadOf(
    _ natural: MigrationMode, _ vm: VirtualMachine, settings: MigrationSettings, capacity: DataRate,
    attempt: Attempt?
  ) throws(ModeRefusal) -> ModeDecision {
    let why =
      attempt.map { ModeReasons.refusal($0.forecast, vm: vm, settings: settings, capacity: capacity) }
      ?? "\(natural.rawValue) is not among the permitted modes"
    if settings.modes.contains(.cold) {
      return try cold(
        vm, settings: settings, capacity: capacity, because: [why, "a restart is permitted"],
        insteadOf: attempt?.forecast)
    }
    guard let attempt else {
      throw .final("\(why) (\(settings.modes.map(\.rawValue).joined(separator: ", ")))")
    }
    throw ModeRefusal(
      message: why, bandwidthNeeded: attempt.forecast.remedies?.bandwidthNeeded, forecast: attempt.forecast,
      isFinal: false)
  }

  private func cold(
    _ vm: VirtualMachine, settings: MigrationSettings, capacity: DataRate, because reasons: [String],
    insteadOf: MigrationForecast? = nil
  ) throws(ModeRefusal) -> ModeDecision {
    let attempt = attempt(vm, .cold, settings, capacity)
    guard attempt.forecast.completes else {
      throw ModeRefusal(
        message: "its disks cannot be copied over a path that carries \(capacity)", bandwidthNeeded: nil,
        forecast: insteadOf, isFinal: false)
    }
    return ModeDecision(
      mode: .cold, usesPostCopy: false, demand: attempt.demand, forecast: attempt.forecast,
      reasons: reasons + ModeReasons.cold(attempt.forecast, vm: vm, settings: settings), insteadOf: insteadOf)
  }

  private func attempt(
    _ vm: VirtualMachine, _ mode: MigrationMode, _ settings: MigrationSettings, _ capacity: DataRate,
    postCopy: Bool = false
  ) -> Attempt {
    let demand = forecaster.demand(
      for: vm, mode: mode, settings: settings, switchingToPostCopy: postCopy, recordingRounds: recordsRounds)
    return Attempt(
      vm: vm, mode: mode, demand: demand,
      forecast: memo.forecast(demand, bandwidth: capacity, seed: seed),
      capacity: capacity, switches: postCopy)
  }
}

/// One way of moving a guest, forecast for a path.
private struct Attempt {
  let vm: VirtualMachine
  let mode: MigrationMode
  let demand: MigrationDemand
  let forecast: MigrationForecast
  let capacity: DataRate
  /// Whether it may switch to post-copy.
  let switches: Bool

  func isAcceptable(_ settings: MigrationSettings) -> Bool {
    forecast.completes && settings.maxDowntime.map { forecast.downtime <= $0 } ?? true
  }

  func decision(settings: MigrationSettings, insteadOf plain: MigrationForecast? = nil) -> ModeDecision {
    ModeDecision(
      mode: mode,
      usesPostCopy: forecast.outcome == .needsPostCopy || (switches && settings.insistsOnPostCopy),
      demand: demand, forecast: forecast,
      reasons: ModeReasons.running(
        forecast, vm: vm, insteadOf: plain, settings: settings, capacity: capacity), insteadOf: nil)
  }
}

extension ModeRefusal {
  fileprivate static func final(_ message: String) -> Self {
    Self(message: message, bandwidthNeeded: nil, forecast: nil, isFinal: true)
  }
}

extension MigrationForecast {
  fileprivate var convergesByItself: Bool {
    switch outcome {
    case .converges, .convergesThrottled: true
    case .needsPostCopy, .timesOut, .neverConverges, .notApplicable: false
    }
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
