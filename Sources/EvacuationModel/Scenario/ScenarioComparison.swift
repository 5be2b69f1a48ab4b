public import Quantities

/// What scenarios are compared by; less is better in each.
public enum ScenarioMeasure: String, CaseIterable, Hashable, Sendable {
  /// The median of the makespan.
  case makespanP50 = "makespan_p50_seconds"
  /// The makespan that 9 of 10 cases stay under.
  case makespanP90 = "makespan_p90_seconds"
  /// The longest pause of one guest.
  case maxDowntime = "max_downtime_seconds"
  /// All pauses together.
  case totalDowntime = "total_downtime_seconds"
  /// Guests that stay.
  case stays = "unplaced"
  /// Bytes on the wire.
  case bytes = "bytes_transferred"
}

/// What became of one scenario.
public struct ScenarioResult: Hashable, Sendable {
  /// Its place among all scenarios, from 0 for the base case.
  public var number: Int
  /// What was asked.
  public var scenario: Scenario
  /// Whether its plan does all that was asked of it.
  public var completeness: EvacuationPlan.Completeness
  /// Its plan in a few numbers.
  public var summary: PlanSummary
  /// How many guests cannot leave.
  public var stays: Int
  /// How its plan stands in its window; `nil` without one.
  public var outlook: WindowOutlook?
  /// When that window opens, if it has a place in the calendar.
  public var windowStart: Instant?
  /// The number of the first scenario whose question is the same: its plan is the plan of this one too. `nil` where
  /// this is the first.
  public var samePlanAs: Int?
  /// In which measures none is better, among those that leave as few behind as any, unless all are equal there.
  public var best: [ScenarioMeasure] = []
  /// Whether none of those is better both in the makespan's median and in the longest pause.
  public var isOnParetoFront = false

  /// A result, not yet compared.
  public init(
    number: Int, scenario: Scenario, completeness: EvacuationPlan.Completeness, summary: PlanSummary,
    stays: Int, outlook: WindowOutlook? = nil, windowStart: Instant? = nil, samePlanAs: Int? = nil
  ) {
    self.number = number
    self.scenario = scenario
    self.completeness = completeness
    self.summary = summary
    self.stays = stays
    self.outlook = outlook
    self.windowStart = windowStart
    self.samePlanAs = samePlanAs
  }

  /// Whether its plan does all that was asked, within the window if there is one.
  public var isEnough: Bool { completeness == .complete && summary.fitsWindow != false }

  /// What it scores, to the three digits that people are shown: forecasts are not known any better, and what nobody
  /// can see makes no scenario the better one.
  public func value(of measure: ScenarioMeasure) -> Double {
    let exact = exactValue(of: measure)
    guard exact > 0, exact.isFinite else { return 0 }
    // The place of the third digit. Times and bytes are far from where a Double ends.
    var unit = 1.0
    while exact / unit >= 1000, unit < 1e18 { unit *= 10 }
    while exact / unit < 100, unit > 1e-9 { unit /= 10 }
    return (exact / unit).rounded() * unit
  }

  private func exactValue(of measure: ScenarioMeasure) -> Double {
    switch measure {
    case .makespanP50: summary.makespanP50.seconds
    case .makespanP90: summary.makespanP90.seconds
    case .maxDowntime: summary.maxDowntime.seconds
    case .totalDowntime: summary.totalDowntime.seconds
    case .stays: Double(stays)
    case .bytes: Double(summary.bytesTransferred.bytes)
    }
  }
}
