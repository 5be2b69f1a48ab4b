import EvacTestSupport
import EvacuationModel
import Quantities

extension PlanQuestion {
  /// Guests whose durations are prescribed, so that a schedule can be worked out by hand; all by themselves on
  /// hosts `host-1`, `host-2`, … as `guests` says, with as many hosts as that for them to go to.
  static func timed(
    _ guests: [[(name: String, seconds: Double)]], cold: Set<String> = [], receivers: Int = 2,
    limits: (inout ConcurrencyLimits) -> Void
  ) -> Self {
    let sources = guests.indices.map { Host.ID("host-\($0 + 1)") }
    let targets = (0..<receivers).map { Host.ID("receiver-\($0 + 1)") }
    var vms: [VirtualMachine] = []
    var rules: [PolicyRule] = []
    for (source, own) in zip(sources, guests) {
      for guest in own {
        vms.append(.small(.init(guest.name), on: source))
        rules.append(
          PolicyRule(
            match: .init(name: guest.name), modes: cold.contains(guest.name) ? [.cold] : nil,
            duration: Duration(clampingSeconds: guest.seconds)))
      }
    }
    var question = Self(
      .small(platform: .generic, hosts: (sources + targets).map { .small($0) }, vms: vms), drain: sources)
    question.policy.rules = PolicyRules(rules)
    limits(&question.policy.concurrency)
    return question
  }
}

extension EvacuationPlan {
  /// The steps as `name start-end`, in whole seconds.
  var timetable: [String] {
    steps.map { "\($0.vm) \(Int($0.start.seconds.rounded()))-\(Int($0.end.seconds.rounded()))" }
  }
}
