import EvacuationModel

/// What a runbook takes from the plan about a guest is what the inventory says: a wrong id in a command
/// would move somebody else.
enum GuestCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    plan.steps.compactMap { step in
      let vm = plan.vm(step.vm)
      let guest = step.step.guest
      guard let wrong = difference(guest, vm, step.step.mode, localDisks: plan.localDisks(of: vm)) else {
        return nil
      }
      return Finding.inPlan(
        .inconsistentPlan, at: step.place, "\(wrong) of \(vm.id) is not the inventory's",
        help: "plan again from a fresh inventory")
    }
  }

  private static func difference(
    _ guest: PlannedGuest, _ vm: VirtualMachine, _ mode: MigrationMode, localDisks: [VirtualDisk]
  ) -> String? {
    if guest.platformID != vm.platformID { return "the id" }
    if guest.state != vm.state { return "the state" }
    if guest.memory != vm.memory { return "the memory" }
    if mode == .block, guest.copiedDisks.sorted() != localDisks.map(\.name).sorted() {
      return "the list of copied disks"
    }
    return nil
  }
}
