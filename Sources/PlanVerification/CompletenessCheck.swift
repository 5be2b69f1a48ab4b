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
      guard let before = plan.hostBefore[vm], plan.hasToMove(vm) else { return nil }
      let moves = plan.stepsOfGuest[vm] != nil
      guard moves == stays.contains(vm) else { return nil }
      let name = plan.vm(vm).id.name
      return Finding.inPlan(
        .notAccountedFor, at: name,
        moves
          ? "moves and is listed as unplaced"
          : plan.homes[vm] != nil
            ? "is not at home, and neither moves nor is listed as unplaced"
            : "is on \(plan.hostName(before)), which is drained, and neither moves nor is listed as unplaced",
        help: moves ? "keep one of the two" : "plan again, or list it as unplaced with its reason")
    }
  }

  /// A guest moves without need if its host stays, and again if it has left already; with `move_others` such a move
  /// has to make room for a step that waits for it.
  private static func needlessMoves(_ plan: ResolvedPlan) -> [Finding] {
    let followers = plan.policy.moveOthers ? Followers(plan) : nil
    return plan.stepsOfGuest.flatMap { vm, steps -> [Finding] in
      let isDrained = plan.hasToMove(vm)
      return (isDrained ? steps.dropFirst() : steps[...]).compactMap { index in
        let step = plan.steps[index]
        // By way of another host, the last move is the one that was asked for.
        if isDrained, plan.homes[vm] == step.destination, index == steps.last { return nil }
        if let followers, followers.makesRoom(step, plan) { return nil }
        let what =
          isDrained ? "\(step.step.vm) moves a second time" : "\(step.step.vm) is on no host that is drained"
        return Finding.inPlan(
          .needlessMove, at: step.place, followers == nil ? what : "\(what), and no step waits for its room",
          help: followers == nil
            ? "leave it where it is, or permit move_others in the policy" : "leave it where it is")
      }
    }
  }

  private static func needlessMentions(_ plan: ResolvedPlan) -> [Finding] {
    var seen: Set<VirtualMachine.ID> = []
    return plan.plan.unplaced.compactMap { stays in
      guard let vm = plan.vmIndex[stays.vm], plan.hostBefore[vm] != nil else { return nil }
      let isFirst = seen.insert(stays.vm).inserted
      guard !plan.hasToMove(vm) || !isFirst else { return nil }
      return Finding.inPlan(
        .inconsistentPlan, at: stays.vm.name,
        isFirst ? "is listed as unplaced, though its host is not drained" : "is listed as unplaced twice",
        help: "list each guest that stays on a drained host once")
    }
  }

  private static func word(_ plan: ResolvedPlan) -> [Finding] {
    let leaves = plan.stepsOfGuest.keys.contains { plan.hasToMove($0) }
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

/// Which steps wait for which.
private struct Followers {
  private let followers: [Int: [ResolvedStep]]

  init(_ plan: ResolvedPlan) {
    var followers: [Int: [ResolvedStep]] = [:]
    for step in plan.steps {
      for other in step.step.dependsOn.compactMap({ plan.stepIndex[$0] }) {
        followers[other, default: []].append(step)
      }
    }
    self.followers = followers
  }

  /// Whether someone who waits for `step` enters the host that it leaves, moves on from where it arrives, or belongs
  /// apart from its guest.
  func makesRoom(_ step: ResolvedStep, _ plan: ResolvedPlan) -> Bool {
    (followers[step.index] ?? []).contains { other in
      other.destination == step.source || other.vm == step.vm
        || plan.inventory.groups.contains { group in
          group.relation == .antiAffinity && group.members.contains(step.step.vm)
            && group.members.contains(other.step.vm)
        }
    }
  }
}
