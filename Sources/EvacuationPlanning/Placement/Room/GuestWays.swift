import EvacuationModel
import MigrationSimulation
import Quantities

/// Where each guest may ever go, and how it would move between two hosts; looked up once for each guest that is
/// asked about and each width of path.
struct GuestWays: Sendable {
  let cluster: Cluster
  private let paths: MigrationPaths
  private let chooser: ModeChooser
  private var capacities: [Int: [Double]] = [:]
  private var hosts: [Int: [Int]] = [:]
  private var decisions: [Width: ModeDecision?] = [:]

  private struct Width: Hashable {
    let vm: Int
    let capacity: Double
  }

  init(_ cluster: Cluster, paths: MigrationPaths, chooser: ModeChooser) {
    self.cluster = cluster
    self.paths = paths
    self.chooser = chooser
  }

  /// The hosts that may ever take `vm`, its own among them if it may come back there.
  mutating func hosts(for vm: Int) -> [Int] {
    if let known = hosts[vm] { return known }
    let permitted = cluster.inventory.hosts.indices.filter {
      PlacementRules.standing(vm, on: $0, in: cluster) == nil
    }
    hosts[vm] = permitted
    return permitted
  }

  /// How `vm` moves from one host to another; `nil` if it cannot.
  mutating func decision(_ vm: Int, from source: Int, to destination: Int) -> ModeDecision? {
    guard source == cluster.homes[vm] || !takesItsCPUAlong(vm) else { return nil }
    let capacity = capacity(from: source, to: destination)
    let width = Width(vm: vm, capacity: capacity)
    if let known = decisions[width] { return known }
    let decision = try? chooser.choose(
      cluster.vm(vm), settings: cluster.settings(of: vm),
      capacity: DataRate(bytesPerSecond: capacity))
    decisions[width] = .some(decision)
    return decision
  }

  private mutating func capacity(from source: Int, to destination: Int) -> Double {
    let row =
      capacities[source]
      ?? cluster.inventory.hosts.indices.map { paths.capacity(from: source, to: $0).bytesPerSecond }
    capacities[source] = row
    return row[destination]
  }

  /// What such a guest runs on was settled where it was started; nobody knows it of a host in between.
  private func takesItsCPUAlong(_ vm: Int) -> Bool {
    cluster.vm(vm).cpuModel == "host-model" || cluster.vm(vm).cpuModel == "host-passthrough"
  }

  /// Seconds that `vm` takes to the first host that may take it; `nil` if it never moves.
  mutating func seconds(_ vm: Int, from source: Int) -> Double? {
    guard let host = hosts(for: vm).first(where: { $0 != source }) else { return nil }
    return decision(vm, from: source, to: host)?.forecast.duration?.seconds
  }

  /// The move of one step.
  mutating func move(_ step: SequenceStep) -> Move? {
    guard let decision = decision(step.vm, from: step.source, to: step.destination) else { return nil }
    let settings = cluster.settings(of: step.vm)
    return Move(
      vm: step.vm, source: step.source, destination: step.destination, decision: decision,
      priority: settings.priority, maxDowntime: settings.maxDowntime,
      segments: paths.segments(from: step.source, to: step.destination),
      capacity: capacity(from: step.source, to: step.destination))
  }
}
