import EvacuationModel
import PlanStore
import Quantities

/// The outcomes of a store as a history of migrations, in the columns that docs/backtest.md describes.
struct StoreHistory {
  /// The history as CSV, its header first.
  private(set) var text = Self.columns.joined(separator: ",") + "\n"
  /// Whether there is nothing to learn from: no outcome with a time.
  private(set) var isEmpty = true

  private static let columns = [
    "id", "platform", "transport", "mode", "outcome", "duration_seconds", "transfer_seconds",
    "downtime_seconds",
    "memory_bytes",
    "memory_touched_bytes", "disk_copied_bytes", "disk_write_rate_bytes_per_second", "transferred_bytes",
    "dirty_rate_bytes_per_second", "dirty_rate_period_seconds", "dirty_rate_2_bytes_per_second",
    "dirty_rate_2_period_seconds", "working_set_bytes", "write_intensity", "bandwidth_bytes_per_second",
    "bandwidth_limit_bytes_per_second", "downtime_limit_seconds", "auto_converge", "post_copy", "concurrent",
  ]

  /// What `store` knows, the oldest plan first.
  init(_ store: PlanStore) throws(Refusal) {
    let records = try withStore { () throws(StoreFailure) in try store.records() }
    for (record, outcomes) in records where outcomes.contains(where: { $0.took ?? $0.transfer != nil }) {
      let found = try withStore { () throws(StoreFailure) in try store.plans(withPrefix: record.digest) }
      guard let stored = found.first else { continue }
      let plan = StoredMigrations(
        id: record.id, plan: try PlanSource.parsed(stored), inputs: try StoredInputs(of: stored, in: store))
      for row in outcomes.compactMap(plan.row) {
        isEmpty = false
        text += Self.columns.map { Self.cell(row[$0] ?? "") }.joined(separator: ",") + "\n"
      }
    }
  }

  private static func cell(_ text: String) -> String {
    let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}

/// The migrations of one plan, as they were planned and as its inventory knows the guests.
private struct StoredMigrations {
  private let id: String
  private let plan: EvacuationPlan
  private let inputs: StoredInputs
  private let steps: [PlannedMigration.ID: PlannedMigration]
  private let guests: [VirtualMachine.ID: VirtualMachine]

  init(id: String, plan: EvacuationPlan, inputs: StoredInputs) {
    (self.id, self.plan, self.inputs) = (id, plan, inputs)
    steps = Dictionary(plan.steps.map { ($0.id, $0) }) { first, _ in first }
    guests = Dictionary(inputs.inventory.virtualMachines.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The cells of one outcome by column; `nil` where it says nothing of how long a migration takes.
  func row(_ outcome: RecordedOutcome) -> [String: String]? {
    guard outcome.took ?? outcome.transfer != nil, let ended = ended(outcome.result),
      let step = steps[outcome.step]
    else { return nil }
    var cells = [
      "id": "\(id)/\(step.id)", "platform": plan.platform.rawValue,
      "transport": inputs.policy.policy.network.transport, "mode": step.mode.rawValue, "outcome": ended,
      "memory_bytes": "\(step.guest.memory.bytes)",
      "auto_converge": "\(step.usesAutoConverge)", "post_copy": "\(step.usesPostCopy)",
      "concurrent": "\(companions(of: step))",
    ]
    cells["duration_seconds"] = outcome.took.map { number($0.seconds) }
    cells["transfer_seconds"] = outcome.transfer.map { number($0.seconds) }
    cells["downtime_seconds"] = outcome.downtime.map { number($0.seconds) }
    cells["transferred_bytes"] = outcome.transferred.map { "\($0.bytes)" }
    cells["bandwidth_bytes_per_second"] = path(of: step).map { number($0.bytesPerSecond) }
    cells["bandwidth_limit_bytes_per_second"] = step.guest.bandwidthLimit.map { number($0.bytesPerSecond) }
    cells["downtime_limit_seconds"] = step.guest.downtimeLimit.map { number($0.seconds) }
    if let vm = guests[step.vm] {
      cells.merge(guest(vm, step)) { own, _ in own }
    }
    return cells
  }

  /// A failure says how long its migration did not converge only if that is why it failed.
  private func ended(_ result: RecordedOutcome.Result) -> String? {
    switch result {
    case .done: "completed"
    case .failed(_, .timeout): "timed_out"
    case .failed, .started, .skipped: nil
    }
  }

  private func guest(_ vm: VirtualMachine, _ step: PlannedMigration) -> [String: String] {
    let disks = vm.disks.filter { step.guest.copiedDisks.contains($0.name) }
    let activity = vm.memoryActivity
    var cells: [String: String] = [:]
    cells["memory_touched_bytes"] = vm.memoryTouched.map { "\($0.bytes)" }
    cells["write_intensity"] = activity.intensity?.rawValue
    cells["working_set_bytes"] = activity.workingSet.map { "\($0.bytes)" }
    if !disks.isEmpty {
      cells["disk_copied_bytes"] = "\(disks.map(\.allocated).sum().bytes)"
      cells["disk_write_rate_bytes_per_second"] = number(
        disks.reduce(0) { $0 + $1.writeRate.bytesPerSecond })
    }
    for (suffix, rate) in zip(["", "_2"], activity.dirtyRates) {
      cells["dirty_rate\(suffix)_bytes_per_second"] = number(rate.rate.bytesPerSecond)
      cells["dirty_rate\(suffix)_period_seconds"] = number(rate.period.seconds)
    }
    return cells
  }

  /// How many migrations share a host with `step` while it runs by plan, itself included.
  private func companions(of step: PlannedMigration) -> Int {
    plan.steps.count { other in
      let hosts = [other.source, other.destination]
      return other.start < step.end && step.start < other.end
        && (hosts.contains(step.source) || hosts.contains(step.destination)) || other.id == step.id
    }
  }

  /// What the narrowest of the two hosts' interfaces and of the links between them leaves to migrations.
  private func path(of step: PlannedMigration) -> DataRate? {
    let ends = [step.source, step.destination].compactMap { id in
      inputs.inventory.hosts.first { $0.id == id }
    }
    guard ends.count == 2 else { return nil }
    let crossed = Set(ends[0].links).symmetricDifference(ends[1].links)
    let links = inputs.inventory.links.filter { crossed.contains($0.id) }.map(\.bandwidth)
    let narrowest = (ends.map(\.migrationBandwidth) + links).map(\.bytesPerSecond).min() ?? 0
    let usable = narrowest * inputs.policy.policy.network.usableShare.fraction
    return usable > 0 && usable.isFinite ? DataRate(bytesPerSecond: usable) : nil
  }

  private func number(_ value: Double) -> String { value.text(places: 3) }
}
