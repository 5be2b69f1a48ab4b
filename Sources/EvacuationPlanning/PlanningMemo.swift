import EvacuationModel
import Quantities

/// What plans of one run have in common, found once: hand the same memo to each of them, one after the other.
///
/// It changes no plan. Forecasts may be shared with other threads, the rest is for one.
public final class PlanningMemo {
  /// A window is filled by asking for several parts of a drain; no more questions come back soon.
  private static let mostDrains = 4
  /// More random numbers than this are cheaper drawn than kept.
  private static let mostDeviations = 1 << 18

  let forecasts: ForecastMemo
  private var drains: [(question: DrainQuestion, drain: PreparedDrain)] = []
  private var deviations: [Double] = []
  private var deviationSeed: UInt64 = 0

  /// An empty memo that shares `forecasts`.
  public init(forecasts: ForecastMemo = ForecastMemo()) {
    self.forecasts = forecasts
  }

  /// The drain that `question` is, as it was prepared before.
  func drain(_ question: DrainQuestion) -> PreparedDrain? {
    drains.first { $0.question == question }?.drain
  }

  /// Keeps `drain` as the latest.
  func keep(_ drain: PreparedDrain, for question: DrainQuestion) {
    drains.removeAll { $0.question == question }
    if drains.count >= Self.mostDrains { drains.removeFirst() }
    drains.append((question, drain))
  }

  /// The first `count` normally distributed numbers of `seed`; `nil` if that is too many to keep.
  func deviations(seed: UInt64, count: Int) -> [Double]? {
    guard count <= Self.mostDeviations else { return nil }
    if deviationSeed != seed || deviations.count < count {
      var generator = SeededGenerator(seed: seed)
      deviations = (0..<count).map { _ in generator.normal() }
      deviationSeed = seed
    }
    return deviations
  }
}

/// All that the preparation of a drain follows from.
struct DrainQuestion: Equatable {
  private let inventory: Inventory
  private let policy: Policy
  private let request: EvacuationRequest
  private let postponed: [Postponement]

  /// `nil` where the preparation depends on more than this, or nobody asks for the same again.
  init?(
    _ request: EvacuationRequest, inventory: Inventory, policy: Policy, postponed: [Postponement],
    known: [KnownMove]
  ) {
    // Who makes room for whom is judged by the time that it takes, and so by the limits.
    guard !policy.moveOthers, known.isEmpty else { return nil }
    self.inventory = inventory
    self.request = request
    self.postponed = postponed
    var policy = policy
    policy.concurrency = ConcurrencyLimits()
    self.policy = policy
  }
}
