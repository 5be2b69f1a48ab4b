public import Quantities

/// What can be said about a plan in its window: how likely it is to fit, and by when to begin, to turn back and to go
/// on.
///
/// Moments are offsets from the window's beginning, which is when the plan is meant to start.
public struct WindowOutlook: Hashable, Sendable {
  /// How often the plan was played through with inputs drawn anew.
  public var trials: Int
  /// The end that half of the trials keep; `nil` where those never end.
  public var endP50: Duration?
  /// The end that nine of ten trials keep.
  public var endP90: Duration?
  /// The end that the window's confidence of the trials keep.
  public var endAtConfidence: Duration?
  /// The share of trials that end within the window.
  public var probability: Ratio
  /// Who begins no later ends within the window at its confidence; `nil` where even the window's beginning is too late.
  public var latestStart: PlanTime?
  /// From here on going back takes longer than going on; `nil` where nothing moves.
  public var pointOfNoReturn: PlanTime?
  /// The last moment at which all who have moved can be back before the window closes; `nil` where there
  /// is time for that until the plan's end.
  public var turnBackBy: PlanTime?
  /// Migrations that do not complete by themselves, on average over the trials.
  public var meanNotCompleted: Double
  /// Hosts that were asked for and are left for the next window.
  public var left: [LeftHost]

  /// An outlook.
  public init(
    trials: Int, endP50: Duration?, endP90: Duration?, endAtConfidence: Duration?, probability: Ratio,
    latestStart: PlanTime? = nil, pointOfNoReturn: PlanTime? = nil, turnBackBy: PlanTime? = nil,
    meanNotCompleted: Double = 0, left: [LeftHost] = []
  ) {
    self.trials = trials
    self.endP50 = endP50
    self.endP90 = endP90
    self.endAtConfidence = endAtConfidence
    self.probability = probability
    self.latestStart = latestStart
    self.pointOfNoReturn = pointOfNoReturn
    self.turnBackBy = turnBackBy
    self.meanNotCompleted = meanNotCompleted
    self.left = left
  }
}

/// A host that is not emptied in this window.
public struct LeftHost: Hashable, Sendable {
  /// The host.
  public var host: Host.ID
  /// Its guests that stay for now.
  public var guests: Int
  /// Why, in a sentence with numbers.
  public var reason: String

  /// A host that is left.
  public init(host: Host.ID, guests: Int, reason: String) {
    self.host = host
    self.guests = guests
    self.reason = reason
  }
}
