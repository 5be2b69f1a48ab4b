import EvacuationModel
import Quantities

/// While a host is in maintenance nobody is on it, and whenever hosts are closed or taken, those in service keep
/// the headroom that the policy asks for.
enum RollingOccupancyCheck {
  static func findings(in plan: ResolvedPlan, _ replay: TimelineReplay) -> [Finding] {
    guard plan.isRolling else { return [] }
    var walk = Walk(plan)
    for event in events(plan, replay) { walk.take(event) }
    return walk.findings
  }

  fileprivate enum Kind: Int {
    case end
    case back
    case out
    case closed
    case start
  }

  fileprivate struct Event {
    let time: Double
    let kind: Kind
    /// A step or a host.
    let number: Int
  }

  private static func events(_ plan: ResolvedPlan, _ replay: TimelineReplay) -> [Event] {
    var events: [Event] = replay.events.compactMap { event in
      switch event.kind {
      case .start: Event(time: event.time, kind: .start, number: event.step)
      case .end: Event(time: event.time, kind: .end, number: event.step)
      case .transferStart, .transferEnd: nil
      }
    }
    for (host, wave) in plan.absences {
      let times = [wave.start, wave.maintenanceStart, wave.maintenanceEnd].map(\.seconds)
      guard times.allSatisfy(\.isFinite) else { continue }
      events.append(Event(time: times[0], kind: .closed, number: host))
      events.append(Event(time: times[1], kind: .out, number: host))
      events.append(Event(time: times[2] - Tolerance.moment, kind: .back, number: host))
    }
    return events.sorted { ($0.time, $0.kind.rawValue, $0.number) < ($1.time, $1.kind.rawValue, $1.number) }
  }

  private struct Walk {
    let plan: ResolvedPlan
    var findings: [Finding] = []
    private var guests: [Int]
    private var free: [ByteCount]
    private var isInService: [Bool]
    private var isBlamed = false

    init(_ plan: ResolvedPlan) {
      self.plan = plan
      guests = [Int](repeating: 0, count: plan.inventory.hosts.count)
      free = plan.inventory.hosts.map { $0.guestMemory(plan.policy.capacity) }
      isInService = plan.inventory.hosts.map { $0.state == .up }
      for (vm, host) in plan.hostBefore.enumerated() {
        guard let host else { continue }
        guests[host] += 1
        free[host] -= memory(vm)
      }
    }

    private func memory(_ vm: Int) -> ByteCount {
      plan.vm(vm).holdsRoom(on: plan.inventory.platform) ? plan.vm(vm).memory : .zero
    }

    mutating func take(_ event: Event) {
      switch event.kind {
      case .start:
        let step = plan.steps[event.number]
        guests[step.destination] += 1
        free[step.destination] -= memory(step.vm)
        headroom(at: step.place, receiver: step.destination, of: memory(step.vm))
      case .end:
        let step = plan.steps[event.number]
        guests[step.source] -= 1
        free[step.source] += memory(step.vm)
      case .closed:
        isInService[event.number] = false
        headroom(at: plan.hostName(event.number), receiver: nil, of: .zero)
      case .back: isInService[event.number] = plan.host(event.number).state == .up
      case .out:
        guard guests[event.number] > 0 else { return }
        findings.append(
          Finding.inPlan(
            .inconsistentPlan, at: plan.hostName(event.number),
            "its maintenance begins with \(guests[event.number]) guests on it",
            help: "begin it when the last one has left"))
      }
    }

    /// Only what takes room or a host away is to blame, and only the first time.
    private mutating func headroom(at place: String, receiver: Int?, of memory: ByteCount) {
      guard !isBlamed else { return }
      switch plan.policy.capacity.keepFree {
      case .hosts(let count):
        guard count > 0, receiver == nil || memory > .zero else { return }
        let hosts = isInService.indices.filter { isInService[$0] }
        let left = hosts.map { max(free[$0], .zero) }.sum()
        let needed = hosts.map { plan.host($0).guestMemory(plan.policy.capacity) }.sorted(by: >).prefix(count)
          .sum()
        if left < needed { blame(place, "\(left) are free on the hosts in service, \(needed) have to be") }
      case .share(let share):
        guard let receiver, memory > .zero else { return }
        let size = plan.host(receiver).guestMemory(plan.policy.capacity)
        if free[receiver] < size * share.fraction {
          blame(
            place,
            "\(free[receiver]) of \(size) remain free on \(plan.hostName(receiver)), less than \(share)")
        }
      }
    }

    private mutating func blame(_ place: String, _ message: String) {
      isBlamed = true
      findings.append(
        Finding.inPlan(
          .headroomLost, at: place, message,
          help: "close fewer hosts at once, or lower keep_free in the policy"))
    }
  }
}
