import EvacuationModel
import InventoryImport
import PlanStore

/// What a plan of the store was made from, read again.
struct StoredInputs {
  let inventory: Inventory
  let policy: EffectivePolicy

  /// Reads the inventory and the policy of `plan`, with the calibration that counted then.
  init(of plan: StoredPlan, in store: PlanStore) throws(Refusal) {
    let inventory = InventoryReader.read(
      try Self.bytes(.inventory, plan.inventory, store), path: "inventory \(plan.inventory.prefix(12))")
    guard let cluster = inventory.value else { throw Refusal(findings: inventory.findings) }
    var calibration: Calibration?
    if let digest = plan.calibration {
      let path = "calibration \(digest.prefix(12))"
      calibration = CalibrationReader.read(try Self.bytes(.calibration, digest, store), path: path).value
    }
    let policy: (policy: EffectivePolicy?, findings: [Finding])
    if let digest = plan.policy {
      let reading = PolicyReader.read(
        try Self.bytes(.policy, digest, store), path: "policy \(digest.prefix(12))",
        platform: cluster.platform,
        release: cluster.release, calibration: calibration)
      policy = (reading.value, reading.findings)
    } else {
      policy = Inputs.defaults(of: cluster.platform, release: cluster.release)
    }
    guard let settings = policy.policy else { throw Refusal(findings: policy.findings) }
    (self.inventory, self.policy) = (cluster, settings)
  }

  private static func bytes(
    _ kind: StoredText.Kind, _ digest: String, _ store: PlanStore
  ) throws(Refusal) -> [UInt8] {
    let text = try withStore { () throws(StoreFailure) in try store.text(kind, digest: digest) }
    guard let text else {
      throw Refusal(findings: [
        Finding(
          .storeDamaged, path: store.path, place: "\(kind.rawValue) \(digest.prefix(12))",
          message: "a plan was made from it, and it is not there",
          help: "evac store check tells what is wrong")
      ])
    }
    return Array(text.text.utf8)
  }
}
