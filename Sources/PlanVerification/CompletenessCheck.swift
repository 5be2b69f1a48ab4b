import EvacuationModel

/// Every guest of a drained host is accounted for, nobody moves without need, and the plan says so.
enum CompletenessCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    guard !plan.isRolling else { return [] }
    return accounts(plan) + needlessMoves(plan) + needlessMentions(plan) + word(plan)
  }

  /// Exactly one of: moved off, listed as unplaced.
  private static func accounts(_ plan: ResolvedPlan) -> [Finding] {
    let stays = Set(plan.plan.unplaced.compactMap { plan.vmIndex[$0.vm] })
    return plan.hostBefore.indices.compactMap { vm in
      guard let before = plan.hostBefore[vm], plan.drained[before] else { return nil }
      let moves = plan.stepsOfGuest[vm] != nil
      guard moves == stays.contains(vm) else { return nil }
      let name = plan.vm(vm).id.name
      return Finding.inPlan(
        .notAccountedFor, at: name,
        moves
          ? "moves and is listed as unplaced"
          : "is on \(plan.hostName(before)), which is drained, and neither moves nor is listed as unplaced",
        help: moves ? "keep one of the two" : "plan again, or list it as unplaced with its reason")
    }
  }

  private static func needlessMoves(_ plan: ResolvedPlan) -> [Finding] {
    guard !plan.policy.moveOthers else { return [] }
    return plan.stepsOfGuest.flatMap { vm, steps -> [Finding] in
      let isDrained = plan.hostBefore[vm].map { plan.drained[$0] } ?? false
      return (isDrained ? steps.dropFirst() : steps[...]).map { index in
        let step = plan.steps[index]
        return Finding.inPlan(
          .needlessMove, at: step.place,
          isDrained
            ? "\(step.step.vm) moves a second time" : "\(step.step.vm) is on no host that is drained",
          help: "leave it where it is, or permit move_others in the policy")
      }
    }
  }

  private static func needlessMentions(_ plan: ResolvedPlan) -> [Finding] {
    var seen: Set<VirtualMachine.ID> = []
    return plan.plan.unplaced.compactMap { stays in
      guard let vm = plan.vmIndex[stays.vm], let host = plan.hostBefore[vm] else { return nil }
      let isFirst = seen.insert(stays.vm).inserted
      guard !plan.drained[host] || !isFirst else { return nil }
      return Finding.inPlan(
        .inconsistentPlan, at: stays.vm.name,
        isFirst ? "is listed as unplaced, though its host is not drained" : "is listed as unplaced twice",
        help: "list each guest that stays on a drained host once")
    }
  }

  private static func word(_ plan: ResolvedPlan) -> [Finding] {
    let leaves = plan.stepsOfGuest.keys.contains { vm in
      plan.hostBefore[vm].map { plan.drained[$0] } ?? false
    }
    let expected: EvacuationPlan.Completeness =
      plan.plan.unplaced.isEmpty ? .complete : leaves ? .partial : .impossible
    guard plan.plan.completeness != expected else { return [] }
    return [
      Finding.inPlan(
        .inconsistentPlan, at: "completeness",
        "the plan calls itself \(plan.plan.completeness.rawValue), it is \(expected.rawValue)",
        help: "plan again; do not change a plan by hand")
    ]
  }
}
