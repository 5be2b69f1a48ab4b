import EvacuationModel

/// Every disk is there after the move, and the mode suits the disks and devices.
enum StorageCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    plan.steps.flatMap { step in unreachable(step, plan) + [unsuitableMode(step, plan)].compactMap { $0 } }
  }

  private static func unreachable(_ step: ResolvedStep, _ plan: ResolvedPlan) -> [Finding] {
    let destination = plan.host(step.destination)
    let pools = Set(destination.storage.map(\.datastore))
    return plan.vm(step.vm).disks.filter { !pools.contains($0.datastore) }.map { disk in
      Finding.inPlan(
        .storageMismatch, at: step.place,
        "\(destination.id) does not reach pool \(disk.datastore) of disk \(disk.name)",
        help: "choose a destination that lists the pool")
    }
  }

  private static func unsuitableMode(_ step: ResolvedStep, _ plan: ResolvedPlan) -> Finding? {
    let vm = plan.vm(step.vm)
    let hasLocalDisks = !plan.localDisks(of: vm).isEmpty
    let reason: String
    switch step.step.mode {
    case .cold: return nil
    case .live, .block:
      if let device = vm.devices.first {
        reason = "\(vm.id) holds \(device.kind) \(device.name) and cannot move while it runs"
      } else if step.step.mode == .live, hasLocalDisks {
        reason = "\(vm.id) has local disks, which a live migration leaves behind"
      } else if step.step.mode == .block, !hasLocalDisks {
        reason = "\(vm.id) has no local disk that a block migration could copy"
      } else {
        return nil
      }
    }
    return Finding.inPlan(
      .modeNotPermitted, at: step.place, reason, help: "plan again; the mode follows from disks and devices")
  }
}
