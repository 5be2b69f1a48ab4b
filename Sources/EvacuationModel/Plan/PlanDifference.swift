import Quantities

/// What is otherwise in one plan than in another, guest by guest.
public struct PlanDifference: Hashable, Sendable {
  /// What a plan does with a guest.
  public enum Fate: Hashable, Sendable {
    /// It moves.
    case moves(PlannedMigration)
    /// It cannot.
    case stays(UnplacedVirtualMachine)
    /// Nobody asks it to.
    case isLeftAlone
  }

  /// In what the plans differ about a guest.
  public enum Aspect: String, CaseIterable, Hashable, Sendable {
    /// Whether it moves at all.
    case fate
    /// Live, block or cold, and with which help.
    case mode
    /// Where to.
    case destination
    /// How it ends, or how long the guest pauses.
    case outcome
    /// When it starts.
    case start
    /// How long it takes.
    case duration
  }

  /// One guest that the plans treat otherwise.
  public struct Change: Hashable, Sendable {
    /// Who.
    public let vm: VirtualMachine.ID
    /// What the one plan does with it.
    public let before: Fate
    /// What the other does.
    public let after: Fate
    /// In what they differ.
    public let aspects: [Aspect]
    /// Reasons that only the one plan gives.
    public let reasonsBefore: [String]
    /// Reasons that only the other gives.
    public let reasonsAfter: [String]
  }

  /// Guests that are treated otherwise, in the other plan's order, then those that it does not name.
  public let changes: [Change]
  /// How many guests both plans treat alike.
  public let alike: Int

  /// A start or a duration that differs by less is the same to an operator.
  private static let noticeable = 1.0

  /// How `after` differs from `before`.
  public init(from before: EvacuationPlan, to after: EvacuationPlan) {
    let old = Self.fates(before)
    let new = Self.fates(after)
    let newOnly = Set(new.order)
    let order = new.order + old.order.filter { !newOnly.contains($0) }
    changes = order.compactMap { vm in
      Self.change(vm, old.fates[vm] ?? .isLeftAlone, new.fates[vm] ?? .isLeftAlone)
    }
    alike = order.count - changes.count
  }

  /// Of a guest that moves several times the last move counts: it says where it ends up.
  private static func fates(
    _ plan: EvacuationPlan
  ) -> (order: [VirtualMachine.ID], fates: [VirtualMachine.ID: Fate]) {
    var order: [VirtualMachine.ID] = []
    var fates: [VirtualMachine.ID: Fate] = [:]
    let all = plan.steps.map { ($0.vm, Fate.moves($0)) } + plan.unplaced.map { ($0.vm, Fate.stays($0)) }
    for (vm, fate) in all where fates.updateValue(fate, forKey: vm) == nil { order.append(vm) }
    return (order, fates)
  }

  private static func change(_ vm: VirtualMachine.ID, _ before: Fate, _ after: Fate) -> Change? {
    let aspects = aspects(before, after)
    guard !aspects.isEmpty else { return nil }
    let (old, new) = (reasons(before), reasons(after))
    return Change(
      vm: vm, before: before, after: after, aspects: aspects,
      reasonsBefore: old.filter { !new.contains($0) }, reasonsAfter: new.filter { !old.contains($0) })
  }

  private static func aspects(_ before: Fate, _ after: Fate) -> [Aspect] {
    switch (before, after) {
    case (.moves(let old), .moves(let new)):
      let (was, willBe) = (old.forecast, new.forecast)
      let isOther: [(Aspect, Bool)] = [
        (.mode, traits(old) != traits(new)), (.destination, old.destination != new.destination),
        (.outcome, was.outcome != willBe.outcome || was.downtime.text != willBe.downtime.text),
        (.start, abs(old.start.seconds - new.start.seconds) >= noticeable),
        (.duration, abs(length(old) - length(new)) >= noticeable),
      ]
      return isOther.filter(\.1).map(\.0)
    case (.stays, .stays), (.isLeftAlone, .isLeftAlone): return []
    default: return [.fate]
    }
  }

  private static func traits(_ step: PlannedMigration) -> String {
    "\(step.mode) \(step.usesPostCopy) \(step.usesAutoConverge)"
  }

  private static func length(_ step: PlannedMigration) -> Double { step.end.seconds - step.start.seconds }

  private static func reasons(_ fate: Fate) -> [String] {
    switch fate {
    case .moves(let step): step.reasons
    case .stays(let entry): [entry.message]
    case .isLeftAlone: []
    }
  }
}
