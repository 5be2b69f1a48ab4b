import EvacuationModel
import Quantities

/// How the permitted pause develops during a migration.
private enum DowntimeGrowth: String, CaseIterable {
  case none
  case ladder
  case exponentialLadder = "exponential_ladder"
  case doubling

  var isLadder: Bool { self == .ladder || self == .exponentialLadder }

  init(_ limit: DowntimeLimit) {
    switch limit {
    case .fixed: self = .none
    case .ladder: self = .ladder
    case .exponentialLadder: self = .exponentialLadder
    case .doubling: self = .doubling
    }
  }
}

extension PolicyReader {
  /// `downtime_limit` names the fixed, the final or the initial value; the growth is the platform's own
  /// unless `downtime_growth` says otherwise or the file describes a ladder.
  static func downtimeLimit(_ section: PolicySection, _ base: Sourced<DowntimeLimit>) -> DowntimeLimit {
    let limit = section.setting(
      "downtime_limit", Sourced(base.value.nominal, base.source), text: \.text
    ) { $0.positive() }
    let describesLadder = section.states("downtime_steps") || section.states("downtime_delay_per_gib")
    let own = DowntimeGrowth(base.value)
    let growth = section.setting(
      "downtime_growth",
      describesLadder && !own.isLadder
        ? Sourced(.ladder, "downtime_steps or downtime_delay_per_gib is given")
        : Sourced(own, base.source),
      text: \.rawValue
    ) { $0.choice() }
    let (steps, delay) = ladder(section, base, isUsed: growth.isLadder)
    if describesLadder, !growth.isLadder {
      section.contradiction(
        .warning, "the steps of a ladder have no effect with downtime_growth \(growth.rawValue)",
        help: "remove downtime_steps and downtime_delay_per_gib, or write `downtime_growth: ladder`")
    }
    switch growth {
    case .none: return .fixed(limit)
    case .ladder: return .ladder(final: limit, steps: steps, delayPerGibibyte: delay)
    case .exponentialLadder:
      return .exponentialLadder(final: limit, steps: steps, delayPerGibibyte: delay)
    case .doubling: return .doubling(initial: limit)
    }
  }

  /// Nova's own ladder where the base has none; Nova takes no fewer than 3 steps.
  private static func ladder(
    _ section: PolicySection, _ base: Sourced<DowntimeLimit>, isUsed: Bool
  ) -> (steps: Int, delay: Duration) {
    var steps = Sourced(10, "Nova [libvirt] live_migration_downtime_steps")
    var delay = Sourced(Duration.seconds(75), "Nova [libvirt] live_migration_downtime_delay")
    switch base.value {
    case .ladder(_, let baseSteps, let baseDelay), .exponentialLadder(_, let baseSteps, let baseDelay):
      steps = Sourced(baseSteps, base.source)
      delay = Sourced(baseDelay, base.source)
    case .fixed, .doubling: break
    }
    return (
      section.setting("downtime_steps", steps, text: { isUsed ? "\($0)" : "not used" }) {
        $0.int(in: 3...1_000)
      },
      section.setting("downtime_delay_per_gib", delay, text: { isUsed ? $0.text : "not used" }) {
        $0.positive()
      }
    )
  }
}
