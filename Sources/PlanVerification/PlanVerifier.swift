public import EvacuationModel

/// A second pair of eyes: checks that a plan does what it says within the inventory and the policy.
///
/// It shares no code with the planner and takes plans from files that anybody may have written.
public enum PlanVerifier {
  /// Everything that is wrong with `plan`, worst first, then by code and place; empty when it holds.
  ///
  /// `inventory` must be consistent, as the importer leaves it; `plan` may hold anything. Memory, CPUs, slots
  /// and links are replayed over time, so that the work grows with steps + guests + hosts, times a logarithm.
  public static func verify(
    _ plan: EvacuationPlan, inventory: Inventory, policy: Policy
  ) -> [Finding] {
    let resolved = ResolvedPlan(plan, inventory: inventory, policy: policy)
    let replay = TimelineReplay(of: resolved)
    let findings = [
      OtherInputCheck.findings(in: resolved),
      SubjectCheck.findings(in: resolved),
      GuestCheck.findings(in: resolved),
      ForecastCheck.findings(in: resolved),
      DestinationCheck.findings(in: resolved),
      CPUCheck.findings(in: resolved),
      StorageCheck.findings(in: resolved),
      ModeCheck.findings(in: resolved),
      BatchCheck.findings(in: resolved),
      OrderCheck.findings(in: resolved),
      RoomCheck.findings(in: resolved),
      CapacityCheck.findings(in: resolved, replay),
      LimitCheck.findings(in: resolved, replay),
      LinkCheck.findings(in: resolved, replay),
      GroupCheck.findings(in: resolved, replay),
      HeadroomCheck.findings(in: resolved),
      CompletenessCheck.findings(in: resolved),
      RestoreCheck.findings(in: resolved),
      SummaryCheck.findings(in: resolved),
      WindowCheck.findings(in: resolved),
      BlackoutCheck.findings(in: resolved),
      WaveCheck.findings(in: resolved),
      RollingCheck.findings(in: resolved),
      RollingOccupancyCheck.findings(in: resolved, replay),
    ]
    return findings.flatMap { $0 }.sorted { $0.precedes($1) }
  }
}

extension Finding {
  /// A finding about the plan, at a step, a guest, a host, or the whole.
  static func inPlan(_ code: FindingCode, at place: String, _ message: String, help: String) -> Self {
    Finding(code, path: "plan", place: place, message: message, help: help)
  }

  fileprivate func precedes(_ other: Self) -> Bool {
    if severity != other.severity { return severity < other.severity }
    return (code.rawValue, place, message) < (other.code.rawValue, other.place, other.message)
  }
}
