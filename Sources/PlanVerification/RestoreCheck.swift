import EvacuationModel

/// On the way home, everybody who moves ends at home, and nobody else moves.
enum RestoreCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    plan.homes.keys.sorted().compactMap { vm in
      guard let home = plan.homes[vm], plan.stepsOfGuest[vm] != nil, plan.hostAfter[vm] != home,
        let last = plan.stepsOfGuest[vm]?.last
      else { return nil }
      return Finding.inPlan(
        .badDestination, at: plan.steps[last].place,
        "\(plan.vm(vm).id) is to go home to \(plan.hostName(home)) and does not get there",
        help: "plan again; a way home ends at home")
    }
  }
}
