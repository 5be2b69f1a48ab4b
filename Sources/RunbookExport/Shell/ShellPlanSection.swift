import EvacuationModel
import Quantities

/// The plan as calls of the runtime's functions, every word quoted.
enum ShellPlanSection {
  static func lines(
    _ plan: EvacuationPlan, _ runbook: Runbook, id: String, _ runtime: ShellRuntime
  ) -> [String] {
    let body =
      settings(plan, id: id) + plan.steps.flatMap { ShellStep.lines($0, runtime) }
      + staying(plan, runtime) + actions(plan, runbook)
    return ["the_plan() {"] + body.map { $0.isEmpty ? "" : "  \($0)" } + ["}", ""]
  }

  private static func settings(_ plan: EvacuationPlan, id: String) -> [String] {
    let limits = plan.concurrency
    let taken = plan.capturedAt?.readable.map { "taken \($0)" } ?? "taken at an unknown time"
    return [
      "plan_id=\(ShellQuoting.quoted(id))",
      "plan_title=\(ShellQuoting.quoted(VisibleText.of(ShellRunbook.title(plan))))",
      ShellRunbook.comment("The inventory was \(taken)."),
      "inventory_taken=\(plan.capturedAt.map { number($0.secondsSince1970) } ?? "''")",
      "age_limit=\(number(RunbookBuilder.ageLimit.seconds))",
      "batching=\(limits.batching.rawValue)",
      "live_per_source=\(count(limits.liveOutboundPerHost))",
      "cold_per_source=\(count(limits.coldOutboundPerHost))",
      "per_destination=\(count(limits.inboundPerHost))", "per_cluster=\(count(limits.perCluster))", "",
    ]
  }

  /// Guests that no step moves. One without an id can only be counted.
  private static func staying(_ plan: EvacuationPlan, _ runtime: ShellRuntime) -> [String] {
    var lines: [String] = []
    var nameless: [Host.ID: Int] = [:]
    for guest in plan.unplaced {
      guard guest.host.isPlainHostName else { continue }
      let words = ["stays", guest.host.name]
      if let machine = guest.platformID, runtime.isMachine(machine) {
        lines.append(ShellRunbook.comment("\(guest.vm) stays: \(guest.message)"))
        lines.append(ShellQuoting.line(words + [machine.lowercased()]))
      } else {
        lines.append(ShellRunbook.comment("\(guest.vm) stays and has no id: \(guest.message)"))
        nameless[guest.host, default: 0] += 1
      }
    }
    let hosts = plan.unplaced.map(\.host).uniqued()
    return lines
      + hosts.compactMap { host in nameless[host].map { ShellQuoting.line(["nameless", host.name, "\($0)"]) }
      }
  }

  /// The sections of the runbook that are work, in its order.
  private static func actions(_ plan: EvacuationPlan, _ runbook: Runbook) -> [String] {
    let lines = runbook.sections.compactMap { section -> String? in
      switch section.kind {
      case .closeHosts(let wave): hosts("close_hosts", wave, plan)
      case .hostsEmpty(let wave): hosts("empty_hosts", wave, plan)
      case .openAgain(let wave): hosts("open_hosts", wave, plan)
      case .batch(let wave, let batch):
        ShellQuoting.line(
          ["batch", "\(wave)", "\(batch)"] + section.steps.compactMap(\.migration).map(\.id.name))
      case .preChecks, .maintenance, .wayBack, .whenStuck: nil
      }
    }
    return [""] + lines
  }

  private static func hosts(_ verb: String, _ wave: Int, _ plan: EvacuationPlan) -> String? {
    guard let hosts = plan.waves.first(where: { $0.number == wave })?.hosts, !hosts.isEmpty else {
      return nil
    }
    return ShellQuoting.line([verb, "\(wave)"] + hosts.map(\.name))
  }

  /// A limit that never binds stands for none, as the script only compares.
  private static func count(_ limit: Limit) -> String { "\(max(1, min(999_999, limit.count)))" }

  /// Whole, not negative, and no larger than bash's own integers.
  static func number(_ value: Double) -> String { max(0, min(1e15, value.rounded())).text(places: 0) }
}
