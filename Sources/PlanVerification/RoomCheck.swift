import EvacuationModel
import Quantities

/// Whoever needs the room that another step frees depends on that step: real durations differ from the forecast's,
/// and a start time alone makes nobody wait.
///
/// For each arrival, all arrivals that start no later are taken as present, and of the departures only those as over
/// that one of them depends on. What does not fit even with every departure that is planned to be over by then is
/// `CapacityCheck`'s business.
enum RoomCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    let predecessors = Predecessors(plan)
    return hosts(plan, predecessors) + groups(plan, predecessors) + secondMoves(plan, predecessors)
  }

  // MARK: Memory, CPUs and disk space

  private static func hosts(_ plan: ResolvedPlan, _ predecessors: Predecessors) -> [Finding] {
    let steps = plan.steps.filter { $0.hasPossibleTimes && $0.source != $0.destination }
    let departures = Dictionary(grouping: steps, by: \.source)
    let arrivals = Dictionary(grouping: steps, by: \.destination)
    var residents: [Int: [Int]] = [:]
    for (vm, host) in plan.hostBefore.enumerated() {
      if let host, departures[host] != nil, arrivals[host] != nil { residents[host, default: []].append(vm) }
    }
    return arrivals.keys.sorted().compactMap { host in
      guard let departures = departures[host], let arrivals = arrivals[host] else { return nil }
      return HostRoom(host, residents: residents[host] ?? [], plan).firstUnmade(
        arrivals: arrivals, departures: departures, predecessors)
    }
  }

  // MARK: Groups

  /// A member that leaves the place that another one enters later.
  private static func groups(_ plan: ResolvedPlan, _ predecessors: Predecessors) -> [Finding] {
    let groups = plan.inventory.groups.filter { $0.relation == .antiAffinity && $0.strictness == .hard }
    return groups.flatMap { group -> [Finding] in
      let steps = Set(group.members).sorted().compactMap { plan.vmIndex[$0] }
        .flatMap { plan.stepsOfGuest[$0] ?? [] }.map { plan.steps[$0] }.filter(\.hasPossibleTimes)
      return steps.compactMap { step in
        guard let place = place(step.destination, group, plan), place != self.place(step.source, group, plan)
        else { return nil }
        let unmade = steps.first { other in
          other.vm != step.vm && self.place(other.source, group, plan) == place
            && self.place(other.destination, group, plan) != place
            && other.end <= step.start + Tolerance.moment
            && !predecessors.isOver(other, before: step)
        }
        return unmade.map { other in
          finding(
            step,
            "\(other.step.vm) of anti-affinity group \(group.id) has to have left \(place) by then, and the step does "
              + "not depend on \(other.place), in which it leaves")
        }
      }
    }
  }

  private static func place(_ host: Int, _ group: PlacementGroup, _ plan: ResolvedPlan) -> String? {
    plan.host(host).place(in: group.scope)
  }

  // MARK: Second moves

  private static func secondMoves(_ plan: ResolvedPlan, _ predecessors: Predecessors) -> [Finding] {
    plan.stepsOfGuest.keys.sorted().flatMap { vm -> [Finding] in
      let steps = (plan.stepsOfGuest[vm] ?? []).map { plan.steps[$0] }
      return zip(steps, steps.dropFirst()).compactMap { first, second in
        guard first.hasPossibleTimes, second.hasPossibleTimes, first.end <= second.start + Tolerance.moment,
          !predecessors.isOver(first, before: second)
        else { return nil }
        return finding(
          second,
          "\(second.step.vm) moves on, and the step does not depend on \(first.place), which brings it")
      }
    }
  }

  fileprivate static func finding(_ step: ResolvedStep, _ message: String) -> Finding {
    Finding.inPlan(
      .roomNotAwaited, at: step.place, message,
      help: "let it depend on the step that makes room, or plan again")
  }
}

/// Who comes to one host and who leaves it.
private struct HostRoom {
  let host: Int
  let plan: ResolvedPlan
  private let limit: HostLoad
  private var load: HostLoad

  init(_ host: Int, residents: [Int], _ plan: ResolvedPlan) {
    self.host = host
    self.plan = plan
    limit = HostLoad(limitOf: plan.host(host), plan)
    load = HostLoad()
    for vm in residents { load.add(HostLoad(plan.vm(vm), plan, isResident: true)) }
  }

  /// The first arrival that would not fit if all departures that it does not wait for were late.
  func firstUnmade(
    arrivals: [ResolvedStep], departures: [ResolvedStep], _ predecessors: Predecessors
  ) -> Finding? {
    var load = load
    var waiting: [ResolvedStep] = []
    var awaited: Set<Int> = []
    var come: [ResolvedStep] = []
    for step in arrivals.sorted(by: { ($0.start, $0.index) < ($1.start, $1.index) }) {
      load.add(HostLoad(plan.vm(step.vm), plan, isResident: false))
      come.append(step)
      waiting.append(step)
      guard load.exceeds(limit) else { continue }
      // All that have started count: what one of them depends on is over.
      for step in waiting {
        for other in departures where predecessors.isOver(other, before: step) { awaited.insert(other.index) }
      }
      waiting = []
      let awaitedLoad = load.without(departures.filter { awaited.contains($0.index) }, plan)
      guard awaitedLoad.exceeds(limit) else { continue }
      let planned = departures.filter { $0.end <= step.start + Tolerance.moment }
      guard !load.without(planned, plan).exceeds(limit),
        let missing = planned.first(where: { !awaited.contains($0.index) })
      else { continue }
      return RoomCheck.finding(
        step,
        "needs room on \(plan.hostName(host)) that \(missing.step.vm) leaves in \(missing.place), on which it does "
          + "not depend")
    }
    return nil
  }
}

/// What guests hold of a host.
private struct HostLoad {
  var memory: Int64 = 0
  var cpus: Int64 = 0
  var space: [Datastore.ID: Int64] = [:]

  init() {}

  init(limitOf host: Host, _ plan: ResolvedPlan) {
    memory = host.guestMemory(plan.policy.capacity).bytes
    cpus = Int64(host.guestCPUs(plan.policy.capacity))
    for pool in host.storage where plan.localPools.contains(pool.datastore) {
      space[pool.datastore] = pool.free.map(\.bytes)
    }
  }

  /// What the inventory calls free of a pool does not count its residents; they give it back when they leave.
  init(_ vm: VirtualMachine, _ plan: ResolvedPlan, isResident: Bool) {
    if vm.holdsRoom(on: plan.inventory.platform) {
      memory = vm.memory.bytes
      cpus = Int64(vm.vcpus)
    }
    guard !isResident else { return }
    for disk in vm.disks where plan.localPools.contains(disk.datastore) {
      space[disk.datastore, default: 0].addSaturating(disk.allocated.bytes)
    }
  }

  mutating func add(_ other: Self) {
    memory.addSaturating(other.memory)
    cpus.addSaturating(other.cpus)
    for (pool, amount) in other.space { space[pool, default: 0].addSaturating(amount) }
  }

  func without(_ departures: [ResolvedStep], _ plan: ResolvedPlan) -> Self {
    var rest = self
    for step in departures {
      let gone = Self(plan.vm(step.vm), plan, isResident: false)
      rest.memory.addSaturating(-gone.memory)
      rest.cpus.addSaturating(-gone.cpus)
      for (pool, amount) in gone.space { rest.space[pool, default: 0].addSaturating(-amount) }
    }
    return rest
  }

  func exceeds(_ limit: Self) -> Bool {
    memory > limit.memory || cpus > limit.cpus
      || space.contains { pool, amount in limit.space[pool].map { amount > $0 } ?? false }
  }
}

extension Int64 {
  fileprivate mutating func addSaturating(_ other: Int64) {
    let (sum, overflow) = addingReportingOverflow(other)
    self = overflow ? (other > 0 ? .max : .min) : sum
  }
}
