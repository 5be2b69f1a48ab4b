public import Quantities

/// How far a rolling maintenance has come: which of its hosts are back, which are out, and which are still to come.
///
/// A host is empty when every guest that had to leave it before its maintenance has been recorded as gone, and back as long
/// after that as the plan has for its maintenance; or when a guest has been recorded as arrived on it since; or when somebody
/// says so. Of a host that was empty all along nothing is recorded: until somebody says that it is back, it is still to come.
public struct RollingProgress: Hashable, Sendable {
  /// A host in maintenance.
  public struct Absence: Hashable, Sendable {
    /// The host.
    public let host: Host.ID
    /// When the plan has it back.
    public let until: Instant

    /// A host that is out.
    public init(host: Host.ID, until: Instant) {
      self.host = host
      self.until = until
    }
  }

  /// Hosts whose maintenance is over, in the plan's order.
  public private(set) var back: [Host.ID] = []
  /// Hosts that are empty and not back.
  public private(set) var out: [Absence] = []
  /// Hosts that still hold guests, or whose turn has not come.
  public private(set) var left: [Host.ID] = []

  /// The progress of `plan` at `now`, after `outcomes` in the order in which they were recorded; `reported` are back because
  /// somebody says so.
  public init(
    of plan: EvacuationPlan, after outcomes: [RecordedOutcome], at now: Instant, reported: [Host.ID] = []
  ) {
    let progress = PlanProgress(outcomes)
    let stays = Set(plan.unplaced.map(\.host))
    for wave in plan.waves {
      for host in wave.hosts {
        if reported.contains(host) || Self.hasReturned(host, wave, plan, progress) {
          back.append(host)
        } else if !stays.contains(host), let empty = Self.emptied(host, wave, plan, progress) {
          let until = empty.advanced(by: (wave.maintenanceEnd - wave.maintenanceStart).seconds)
          if until.secondsSince1970 <= now.secondsSince1970 {
            back.append(host)
          } else {
            out.append(Absence(host: host, until: until))
          }
        } else {
          left.append(host)
        }
      }
    }
  }

  private static func hasReturned(
    _ host: Host.ID, _ wave: Wave, _ plan: EvacuationPlan, _ progress: PlanProgress
  ) -> Bool {
    plan.steps.contains { step in
      step.destination == host && step.start.seconds >= wave.maintenanceEnd.seconds - 1e-3
        && progress.latest(of: step.id)?.result == .done
    }
  }

  /// When the last guest left; `nil` if not all have, or nobody had to.
  private static func emptied(
    _ host: Host.ID, _ wave: Wave, _ plan: EvacuationPlan, _ progress: PlanProgress
  ) -> Instant? {
    let departures = plan.steps.filter { step in
      step.source == host && step.end.seconds <= wave.maintenanceStart.seconds + 1e-3
    }.map { progress.latest(of: $0.id) }
    guard departures.allSatisfy({ $0?.result == .done }) else { return nil }
    return departures.compactMap { $0?.at }.max()
  }
}
