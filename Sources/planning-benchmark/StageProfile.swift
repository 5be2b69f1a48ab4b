import EvacuationModel
import EvacuationPlanning
import Foundation
import InventoryImport
import PlanVerification
import Quantities
import RunbookExport

/// One plan made in this process, stage by stage, in seconds of one core.
struct StageProfile {
  private(set) var stages: [(name: String, seconds: Double)] = []
  private(set) var moves = 0
  private(set) var stay = 0
  private(set) var makespanOverBound = 1.0
  /// A thousand trials of the plan in a window.
  private(set) var trials = 0.0
  /// Findings of the verification that are errors.
  private(set) var errors = 0

  /// From the files to the JSON; `nil` if they cannot be read.
  init?(inventory: String, policy: String, drain: [String]) throws {
    var last = coreSeconds()
    func lap(_ name: String) -> (name: String, seconds: Double) {
      defer { last = coreSeconds() }
      return (name, coreSeconds() - last)
    }
    guard let inventoryBytes = FileManager.default.contents(atPath: inventory),
      let policyBytes = FileManager.default.contents(atPath: policy),
      let cluster = InventoryReader.read(Array(inventoryBytes), path: inventory).value,
      let rules = PolicyReader.read(
        Array(policyBytes), path: policy, platform: cluster.platform, release: cluster.release
      ).value?.policy
    else { return nil }
    var stages = [lap("read")]
    let plan = EvacuationPlanner(inventory: cluster, policy: rules).plan(
      EvacuationRequest(drain: drain.map { .init($0) }),
      inventory: InputDigest(name: cluster.name, sha256: ""),
      policy: InputDigest(name: rules.name, sha256: "")
    ) { stages.append(lap(Self.name(of: $0))) }
    stages.append(lap("report"))
    errors = PlanVerifier.verify(plan, inventory: cluster, policy: rules).count { $0.severity == .error }
    stages.append(lap("verify"))
    _ = try PlanJSON.encode(plan)
    stages.append(lap("write"))
    self.stages = stages
    var windowed = plan
    windowed.request.window.duration = .seconds(4 * 3600)
    _ = lap("trials")
    _ = WindowForecaster(inventory: cluster, policy: rules).plan(windowed)
    trials = lap("trials").seconds
    moves = plan.steps.count
    stay = plan.unplaced.count
    let bound = plan.summary.lowerBound.seconds
    makespanOverBound = bound > 0 ? plan.summary.makespan.seconds / bound : 1
  }

  var total: Double { stages.reduce(0) { $0 + $1.seconds } }

  private static func name(of stage: PlanningStage) -> String {
    switch stage {
    case .candidates: "forecast"
    case .placement: "place"
    case .schedule: "schedule"
    }
  }
}
