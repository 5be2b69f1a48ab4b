import EvacuationModel
import InventoryImport

/// An inventory that was not read from a file but follows from a plan and what has been recorded of it, as a file.
struct PresentInventory {
  /// As it is kept.
  let text: StoredText
  /// As whoever reads it will read it.
  let inventory: Inventory

  /// `inventory` as a file that says of which plan it is what is left.
  init(_ inventory: Inventory, after plan: StoredPlan) throws(Refusal) {
    let yaml = Self.yaml(inventory, after: plan)
    let bytes = Array(yaml.utf8)
    text = StoredText(kind: .inventory, digest: Digest.sha256(bytes), text: yaml)
    let reading = InventoryReader.read(bytes, path: "inventory after plan \(plan.record.id)")
    guard let read = reading.value else { throw Refusal(findings: reading.findings) }
    self.inventory = read
  }

  /// How a plan made from it calls it.
  static func digest(of inventory: Inventory, after plan: StoredPlan) -> InputDigest {
    InputDigest(
      name: inventory.name, sha256: Digest.sha256(Array(yaml(inventory, after: plan).utf8)))
  }

  private static func yaml(_ inventory: Inventory, after plan: StoredPlan) -> String {
    InventoryText.yaml(
      inventory, remarks: ["\(inventory.name) after what was recorded of plan \(plan.record.id)"])
  }
}
