import Quantities

/// What one plan does otherwise than another.
public struct PlanDifference: Hashable, Sendable {
  /// One migration that only one of the plans has, or that they do differently.
  public struct Change: Hashable, Sendable {
    /// Who moves.
    public var vm: VirtualMachine.ID
    /// The migration in the first plan.
    public var before: PlannedMigration?
    /// The migration in the second.
    public var after: PlannedMigration?
    /// In what the two differ; empty if one is missing.
    public var aspects: [Aspect]
    /// Why, from the plans' own reasons.
    public var why: [String]
  }

  /// In what two migrations of one guest can differ.
  public enum Aspect: String, CaseIterable, Hashable, Sendable {
    /// Live, block or cold, with post-copy and throttling.
    case mode
    /// From where.
    case source
    /// To where.
    case destination
    /// The wave.
    case wave
    /// The batch.
    case batch
    /// When it starts.
    case start
    /// How long it takes.
    case duration
    /// How it is expected to end.
    case outcome
    /// How long the guest pauses.
    case pause
  }

  /// The first plan in a few numbers.
  public var before: PlanSummary
  /// The second plan in a few numbers.
  public var after: PlanSummary
  /// What changes: in the order of the second plan, then what only the first one has.
  public var changes: [Change]
  /// How many migrations are the same in both.
  public var unchanged: Int
  /// Who stays in the second plan, and stayed in the first.
  public var stillStays: [UnplacedVirtualMachine]
  /// Who stays in the second plan only.
  public var staysNow: [UnplacedVirtualMachine]
  /// Who stayed in the first plan only.
  public var staysNoLonger: [UnplacedVirtualMachine]

  /// What `after` does otherwise than `before`. The first migration of a guest is compared with its first in the other plan,
  /// its second with its second.
  public init(from before: EvacuationPlan, to after: EvacuationPlan) {
    self.before = before.summary
    self.after = after.summary
    let old = Self.moves(of: before), new = Self.moves(of: after)
    var changes: [Change] = []
    var unchanged = 0
    for (move, step) in new.order {
      let other = old.steps[move]
      let aspects = other.map { Self.aspects($0, step) } ?? []
      if other != nil, aspects.isEmpty {
        unchanged += 1
      } else {
        let why = other.map { Self.why($0, step) } ?? Self.whyNew(step, before)
        changes.append(Change(vm: move.vm, before: other, after: step, aspects: aspects, why: why))
      }
    }
    for (move, step) in old.order where new.steps[move] == nil {
      changes.append(
        Change(vm: move.vm, before: step, after: nil, aspects: [], why: Self.whyGone(step, after)))
    }
    self.changes = changes
    self.unchanged = unchanged
    let stayed = Set(before.unplaced.map(\.vm)), stay = Set(after.unplaced.map(\.vm))
    stillStays = after.unplaced.filter { stayed.contains($0.vm) }
    staysNow = after.unplaced.filter { !stayed.contains($0.vm) }
    staysNoLonger = before.unplaced.filter { !stay.contains($0.vm) }
  }
}

extension PlanDifference {
  /// The same without `aspects`: what differs in nothing else counts as unchanged.
  public func ignoring(_ aspects: Set<Aspect>) -> Self {
    var rest = self
    rest.changes = changes.compactMap { change in
      var change = change
      change.aspects.removeAll { aspects.contains($0) }
      return change.aspects.isEmpty && change.before != nil && change.after != nil ? nil : change
    }
    rest.unchanged += changes.count - rest.changes.count
    return rest
  }

  /// A guest's migration by its number, counted from 0 for each guest.
  private struct Move: Hashable {
    let vm: VirtualMachine.ID
    let number: Int
  }

  private static func moves(
    of plan: EvacuationPlan
  ) -> (order: [(Move, PlannedMigration)], steps: [Move: PlannedMigration]) {
    var counts: [VirtualMachine.ID: Int] = [:]
    var order: [(Move, PlannedMigration)] = []
    for step in plan.steps {
      let number = counts[step.vm, default: 0]
      counts[step.vm] = number + 1
      order.append((Move(vm: step.vm, number: number), step))
    }
    return (order, Dictionary(order) { first, _ in first })
  }

  private static func aspects(_ old: PlannedMigration, _ new: PlannedMigration) -> [Aspect] {
    Aspect.allCases.filter { aspect in
      switch aspect {
      case .mode:
        old.mode != new.mode || old.usesPostCopy != new.usesPostCopy
          || old.usesAutoConverge != new.usesAutoConverge
      case .source: old.source != new.source
      case .destination: old.destination != new.destination
      case .wave: old.wave != new.wave
      case .batch: old.batch != new.batch
      // Files hold milliseconds: what is less is no difference.
      case .start: abs(old.start.seconds - new.start.seconds) > 0.002
      case .duration: abs((old.end - old.start).seconds - (new.end - new.start).seconds) > 0.002
      case .outcome: old.forecast.outcome != new.forecast.outcome
      case .pause: old.forecast.downtime.text != new.forecast.downtime.text
      }
    }
  }

  /// The reasons that only one of the two has.
  private static func why(_ old: PlannedMigration, _ new: PlannedMigration) -> [String] {
    new.reasons.filter { !old.reasons.contains($0) }.map { "now: \($0)" }
      + old.reasons.filter { !new.reasons.contains($0) }.map { "before: \($0)" }
  }

  private static func whyNew(_ step: PlannedMigration, _ before: EvacuationPlan) -> [String] {
    if let stayed = before.unplaced.first(where: { $0.vm == step.vm }) {
      return ["before: \(stayed.message)"]
    }
    guard before.hostsToEmpty.contains(step.source) else {
      return ["\(step.source) was not to be emptied"] + step.reasons
    }
    return step.reasons
  }

  private static func whyGone(_ step: PlannedMigration, _ after: EvacuationPlan) -> [String] {
    if let stays = after.unplaced.first(where: { $0.vm == step.vm }) { return ["now: \(stays.message)"] }
    guard after.hostsToEmpty.contains(step.source) else { return ["\(step.source) is not to be emptied"] }
    return []
  }
}
