import EvacuationModel

extension InventoryChecks {
  /// One note for all running guests of which nothing is known: a large inventory has thousands of them.
  func unknownWorkloads() -> [InventoryRemark] {
    let unknown = inventory.virtualMachines.filter {
      $0.state == .running && $0.memoryActivity.source == .assumed
    }
    guard !unknown.isEmpty else { return [] }
    return [
      InventoryRemark(
        .assumption, InventorySubject(list: .vms, index: nil),
        "write intensity of \(counted(unknown.count, "VM")) unknown: medium assumed",
        help: "measure with `virsh domdirtyrate-calc` and give `workload: { dirty_rate: … }`")
    ]
  }
}
