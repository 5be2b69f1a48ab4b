import EvacuationModel
import Quantities

/// Hard groups hold: members that belong apart never meet, not even while one of them is moving, and
/// members that belong together are together in the end. What was broken before and is not touched by the
/// plan is not the plan's fault; nor are hosts of which the inventory tells neither rack nor zone.
enum GroupCheck {
  static func findings(in plan: ResolvedPlan, _ replay: TimelineReplay) -> [Finding] {
    let touched = touchedGroups(plan)
    return meetings(touched.filter { $0.group.relation == .antiAffinity }, plan, replay)
      + touched.filter { $0.group.relation == .affinity }.compactMap { partings($0, plan) }
  }

  struct TouchedGroup {
    let group: PlacementGroup
    /// Guests by index, each once, in the group's order.
    let members: [Int]
  }

  private static func touchedGroups(_ plan: ResolvedPlan) -> [TouchedGroup] {
    plan.inventory.groups.compactMap { group in
      guard group.strictness == .hard else { return nil }
      var seen: Set<Int> = []
      let members = group.members.compactMap { plan.vmIndex[$0] }.filter { seen.insert($0).inserted }
      guard members.contains(where: { plan.stepsOfGuest[$0] != nil }) else { return nil }
      return TouchedGroup(group: group, members: members)
    }
  }

  /// Walks through the plan and blames each arrival at a place where another member is.
  private static func meetings(
    _ groups: [TouchedGroup], _ plan: ResolvedPlan, _ replay: TimelineReplay
  ) -> [Finding] {
    var findings: [Finding] = []
    var presences = groups.map { Presence($0, plan) }
    var groupsOfGuest: [Int: [Int]] = [:]
    for (index, touched) in groups.enumerated() {
      for member in touched.members { groupsOfGuest[member, default: []].append(index) }
    }
    for event in replay.events where event.kind == .start || event.kind == .end {
      let step = plan.steps[event.step]
      for index in groupsOfGuest[step.vm] ?? [] {
        if event.kind == .end {
          presences[index].leave(step.vm, from: plan.host(step.source))
        } else if let other = presences[index].arrive(step.vm, at: plan.host(step.destination)) {
          let group = groups[index].group
          findings.append(
            finding(
              step,
              "\(plan.vm(other).id) of anti-affinity group \(group.id) is in the same \(group.scope.rawValue)"
            ))
        }
      }
    }
    return findings
  }

  /// The first moved member of an affinity group that ends up in several places and was in one before.
  private static func partings(_ touched: TouchedGroup, _ plan: ResolvedPlan) -> Finding? {
    func places(_ hosts: [Int?]) -> [String] {
      Set(touched.members.compactMap { hosts[$0].flatMap { plan.host($0).place(in: touched.group.scope) } })
        .sorted()
    }
    let distinct = places(plan.hostAfter)
    guard distinct.count > 1, places(plan.hostBefore).count <= 1,
      let last = touched.members.lazy.compactMap({ plan.stepsOfGuest[$0]?.last }).first
    else { return nil }
    return finding(
      plan.steps[last],
      "members of affinity group \(touched.group.id) end up in \(distinct.joined(separator: ", "))")
  }

  private static func finding(_ step: ResolvedStep, _ message: String) -> Finding {
    Finding.inPlan(
      .groupBroken, at: step.place, message,
      help: "choose another destination, or make the group soft in the inventory")
  }
}

/// Where the members of one group are; a member that is moving is in two places.
private struct Presence {
  private let scope: PlacementGroup.Scope
  /// For each place, how often each member is there: a move within a rack makes it two.
  private var counts: [String: [Int: Int]] = [:]

  init(_ touched: GroupCheck.TouchedGroup, _ plan: ResolvedPlan) {
    scope = touched.group.scope
    for member in touched.members {
      guard let host = plan.hostBefore[member], let place = plan.host(host).place(in: scope) else { continue }
      counts[place, default: [:]][member] = 1
    }
  }

  mutating func leave(_ member: Int, from host: Host) {
    guard let place = host.place(in: scope) else { return }
    let left = (counts[place]?[member] ?? 0) - 1
    counts[place]?[member] = left == 0 ? nil : left
  }

  /// Another member at that place, the first by index.
  mutating func arrive(_ member: Int, at host: Host) -> Int? {
    guard let place = host.place(in: scope) else { return nil }
    let other = counts[place]?.keys.filter { $0 != member }.min()
    counts[place, default: [:]][member, default: 0] += 1
    return other
  }
}
