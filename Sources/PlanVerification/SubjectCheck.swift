import EvacuationModel

/// Everything that the plan names exists, once, and is where the plan says.
enum SubjectCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    steps(plan) + sources(plan) + references(plan)
  }

  private static func steps(_ plan: ResolvedPlan) -> [Finding] {
    var findings: [Finding] = []
    for (index, step) in plan.plan.steps.enumerated() {
      let place = step.id.name
      if plan.stepIndex[step.id] != index {
        findings.append(
          Finding.inPlan(
            .inconsistentPlan, at: place, "two steps are named \(place)",
            help: "give each step a name of its own"))
      }
      if plan.vmIndex[step.vm] == nil {
        findings.append(unknown("virtual machine", step.vm.name, at: place))
      }
      for host in [step.source, step.destination] where plan.hostIndex[host] == nil {
        findings.append(unknown("host", host.name, at: place))
      }
      for other in step.dependsOn where plan.stepIndex[other] == nil {
        findings.append(
          Finding.inPlan(
            .unknownSubject, at: place, "depends on \(other), which is no step of the plan",
            help: "name a step of this plan in depends_on"))
      }
    }
    return findings
  }

  private static func sources(_ plan: ResolvedPlan) -> [Finding] {
    plan.steps.compactMap { step in
      guard plan.hostIndex[step.step.source].map({ $0 != step.source }) ?? false else { return nil }
      return Finding.inPlan(
        .unknownSubject, at: step.place,
        "\(step.step.vm) is then on \(plan.hostName(step.source)), not on \(step.step.source)",
        help: "plan again from a fresh inventory")
    }
  }

  private static func references(_ plan: ResolvedPlan) -> [Finding] {
    var findings = plan.plan.request.drain.filter { plan.hostIndex[$0] == nil }
      .map { unknown("host", $0.name, at: $0.name) }
    for wave in plan.plan.waves {
      findings += wave.hosts.filter { plan.hostIndex[$0] == nil }
        .map { unknown("host", $0.name, at: "wave \(wave.number)") }
    }
    for stays in plan.plan.unplaced {
      guard let vm = plan.vmIndex[stays.vm] else {
        findings.append(unknown("virtual machine", stays.vm.name, at: stays.vm.name))
        continue
      }
      if plan.vm(vm).host != stays.host {
        findings.append(
          Finding.inPlan(
            .unknownSubject, at: stays.vm.name, "is on \(plan.vm(vm).host), not on \(stays.host)",
            help: "plan again from a fresh inventory"))
      }
    }
    return findings
  }

  private static func unknown(_ kind: String, _ name: String, at place: String) -> Finding {
    Finding.inPlan(
      .unknownSubject, at: place, "the inventory has no \(kind) named \(name)",
      help: "verify against the inventory that the plan was made from")
  }
}
