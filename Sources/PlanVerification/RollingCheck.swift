import EvacuationModel
import Quantities

/// Rolling maintenance does what was asked: every matching host once, for the policy's time, so many at once as may
/// be out, and nobody moves without need.
enum RollingCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    guard let pattern = plan.plan.request.rolling else { return [] }
    let matching = plan.inventory.hosts.indices.filter { pattern.matches(plan.host($0)) }
    return hosts(matching, plan) + lengths(plan) + hostsOut(matching.count, plan) + moves(plan)
      + unplaced(plan) + summary(matching, plan)
  }

  /// Each matching host is in one wave, or a guest that stays on it is listed with its reason; no other host is.
  private static func hosts(_ matching: [Int], _ plan: ResolvedPlan) -> [Finding] {
    var counts: [Int: Int] = [:]
    for host in plan.plan.waves.flatMap(\.hosts).compactMap({ plan.hostIndex[$0] }) {
      counts[host, default: 0] += 1
    }
    let listed = Set(plan.plan.unplaced.compactMap { plan.vmIndex[$0.vm].flatMap { plan.hostAfter[$0] } })
    let occupied = Set(plan.hostAfter.compactMap(\.self))
    let asked = Set(matching)
    return plan.inventory.hosts.indices.compactMap { host in
      let name = plan.hostName(host)
      let count = counts[host] ?? 0
      if !asked.contains(host) {
        guard count > 0 else { return nil }
        return inconsistent(name, "is maintained and does not match")
      }
      if count > 1 { return inconsistent(name, "is maintained \(count) times") }
      guard count == 0, occupied.contains(host), !listed.contains(host) else { return nil }
      return Finding.inPlan(
        .notAccountedFor, at: name, "matches and is not maintained, and no guest that keeps it is listed",
        help: "plan again, or list the guests that stay there with their reason")
    }
  }

  private static func lengths(_ plan: ResolvedPlan) -> [Finding] {
    let asked = plan.policy.maintenance.durationPerHost.seconds
    return plan.plan.waves.compactMap { wave in
      let length = wave.maintenanceEnd.seconds - wave.maintenanceStart.seconds
      guard abs(length - asked) > Tolerance.span else { return nil }
      return inconsistent(
        "wave \(wave.number)",
        "maintenance takes \(Duration(clampingSeconds: length).text), the policy says "
          + plan.policy.maintenance.durationPerHost.text)
    }
  }

  /// A host is out from its first departure to the end of its maintenance.
  private static func hostsOut(_ matching: Int, _ plan: ResolvedPlan) -> [Finding] {
    guard case .atMost(let most) = plan.policy.maintenance.maxHostsOut.limit(of: matching) else { return [] }
    var out = 0
    for change in changes(plan) {
      out += change.by
      guard out > most else { continue }
      return [
        Finding.inPlan(
          .limitExceeded, at: "wave \(change.wave)",
          "at \(Duration(clampingSeconds: change.time).text) \(out) hosts are out, \(most) permitted",
          help: "begin it when others are back, or raise max_hosts_out in the policy")
      ]
    }
    return []
  }

  private struct Change {
    let time: Double
    let by: Int
    let wave: Int
  }

  /// At equal times hosts come back before others are closed.
  private static func changes(_ plan: ResolvedPlan) -> [Change] {
    plan.absences.values.filter { $0.start.seconds.isFinite && $0.maintenanceEnd.seconds.isFinite }
      .flatMap { wave in
        [
          Change(time: wave.start.seconds, by: 1, wave: wave.number),
          Change(time: wave.maintenanceEnd.seconds - Tolerance.moment, by: -1, wave: wave.number),
        ]
      }.sorted { ($0.time, $0.by, $0.wave) < ($1.time, $1.by, $1.wave) }
  }

  /// Nobody leaves a host that is not maintained, or leaves one again that is back, unless for home.
  private static func moves(_ plan: ResolvedPlan) -> [Finding] {
    plan.steps.compactMap { step in
      if plan.policy.maintenance.returnHome, step.destination == plan.hostBefore[step.vm] { return nil }
      guard let absence = plan.absences[step.source] else { return maintainedNever(step, plan) }
      if step.start >= absence.maintenanceEnd.seconds - Tolerance.duration {
        return needless(step, "\(step.step.vm) leaves \(plan.hostName(step.source)), which is back already")
      }
      guard step.step.wave != absence.number else { return nil }
      return inconsistent(
        step.place,
        "is of wave \(step.step.wave), its source \(plan.hostName(step.source)) of wave \(absence.number)")
    }
  }

  /// A host may be given up when some have left it: that is partial, not needless.
  private static func maintainedNever(_ step: ResolvedStep, _ plan: ResolvedPlan) -> Finding? {
    let pattern = plan.plan.request.rolling
    guard pattern?.matches(plan.host(step.source)) ?? false, plan.plan.completeness != .complete else {
      return needless(step, "\(step.step.vm) is on no host that is maintained")
    }
    return nil
  }

  private static func unplaced(_ plan: ResolvedPlan) -> [Finding] {
    var seen: Set<VirtualMachine.ID> = []
    return plan.plan.unplaced.compactMap { stays in
      guard seen.insert(stays.vm).inserted else {
        return inconsistent(stays.vm.name, "is listed as unplaced twice")
      }
      guard let host = plan.vmIndex[stays.vm].flatMap({ plan.hostAfter[$0] }), plan.absences[host] != nil
      else {
        return nil
      }
      return inconsistent(
        stays.vm.name, "is listed as unplaced, and \(plan.hostName(host)) is maintained")
    }
  }

  private static func summary(_ matching: [Int], _ plan: ResolvedPlan) -> [Finding] {
    var messages: [String] = []
    let isComplete = matching.allSatisfy { plan.absences[$0] != nil } && plan.plan.unplaced.isEmpty
    let isNothing = plan.plan.steps.isEmpty && plan.absences.isEmpty
    let word: EvacuationPlan.Completeness = isComplete ? .complete : (isNothing ? .impossible : .partial)
    if plan.plan.completeness != word {
      messages.append("the plan calls itself \(plan.plan.completeness.rawValue), it is \(word.rawValue)")
    }
    if let stated = plan.plan.summary.rolling {
      let most = plan.stepsOfGuest.values.map(\.count).max() ?? 0
      if stated.hosts != plan.absences.count { messages.append("counts \(stated.hosts) maintained hosts") }
      if stated.mostMoves != most {
        messages.append("says that nobody moves more than \(stated.mostMoves) times")
      }
      if stated.movesLowerBound > plan.plan.steps.count {
        messages.append("the lower bound of moves is above the moves")
      }
    }
    return messages.map { inconsistent("summary", $0) }
  }

  private static func needless(_ step: ResolvedStep, _ message: String) -> Finding {
    Finding.inPlan(
      .needlessMove, at: step.place, message, help: "leave it where it is: its host is not emptied any more")
  }

  private static func inconsistent(_ place: String, _ message: String) -> Finding {
    Finding.inPlan(
      .inconsistentPlan, at: place, message, help: "plan again; do not change numbers of a plan by hand")
  }
}
