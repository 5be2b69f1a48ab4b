import EvacuationModel
import MigrationSimulation
import Quantities

/// The hosts that may ever take a virtual machine, with the way it would move there.
struct CandidateHosts: Sendable {
  struct Candidate: Sendable {
    let host: Int
    let decision: ModeDecision
    let capacity: DataRate
  }

  /// In the inventory's order.
  let candidates: [Candidate]
  /// Why the others may not, in the inventory's order.
  let refusals: [(host: Int, reason: PlacementRefusal)]
  /// Why no path would do, whatever the host.
  let modeRefusal: ModeRefusal?

  init(_ vm: Int, in cluster: Cluster, paths: MigrationPaths, chooser: ModeChooser) {
    let guest = cluster.vm(vm)
    let settings = cluster.policy.settings(for: guest)
    var decided: [Double: Result<ModeDecision, ModeRefusal>] = [:]
    var candidates: [Candidate] = []
    var refusals: [(host: Int, reason: PlacementRefusal)] = []
    var final: ModeRefusal?
    for host in cluster.inventory.hosts.indices where host != cluster.homes[vm] {
      if let reason = PlacementRules.standing(vm, on: host, in: cluster) {
        refusals.append((host, reason))
        continue
      }
      let capacity = paths.capacity(from: cluster.homes[vm], to: host)
      let key = capacity.bytesPerSecond
      let decision = decided[key] ?? Self.decide(chooser, guest, settings, capacity)
      decided[key] = decision
      switch decision {
      case .success(let way):
        candidates.append(Candidate(host: host, decision: way, capacity: capacity))
      case .failure(let refusal):
        if refusal.isFinal || final == nil { final = refusal }
        refusals.append((host, .tooSlow(carries: capacity, needs: refusal.bandwidthNeeded)))
      }
    }
    self.candidates = candidates
    self.refusals = refusals
    modeRefusal = candidates.isEmpty ? final : nil
  }

  private static func decide(
    _ chooser: ModeChooser, _ vm: VirtualMachine, _ settings: MigrationSettings, _ capacity: DataRate
  ) -> Result<ModeDecision, ModeRefusal> {
    Result { () throws(ModeRefusal) in try chooser.choose(vm, settings: settings, capacity: capacity) }
  }
}
