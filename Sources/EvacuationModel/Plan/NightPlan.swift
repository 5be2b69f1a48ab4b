/// One of several windows, with the plan for it.
public struct Night: Hashable, Sendable {
  /// Counted from 1.
  public var number: Int
  /// The cluster at its beginning: as the nights before leave it.
  public var inventory: Inventory
  /// What is done in it.
  public var plan: EvacuationPlan

  /// A night.
  public init(number: Int, inventory: Inventory, plan: EvacuationPlan) {
    self.number = number
    self.inventory = inventory
    self.plan = plan
  }
}

/// Work cut into windows, each of which leaves the cluster safe; hosts that are done take guests again.
public struct NightPlan: Hashable, Sendable {
  /// In their order.
  public var nights: [Night]
  /// Hosts that are in none of them.
  public var left: [LeftHost]

  /// Nights and what is left after them.
  public init(nights: [Night], left: [LeftHost]) {
    self.nights = nights
    self.left = left
  }
}
