import EvacuationModel

/// The guests that stay for now, each with its reason.
struct PostponedGuests: Sendable {
  let entries: [UnplacedVirtualMachine]

  var staying: Set<VirtualMachine.ID> { Set(entries.map(\.vm)) }

  /// Those of `drain`, in the inventory's order.
  init(_ postponed: [Postponement], inventory: Inventory, drain: [Host.ID]) {
    guard !postponed.isEmpty else {
      entries = []
      return
    }
    let drained = Set(drain)
    let reasons = Reasons(postponed)
    entries = inventory.virtualMachines.compactMap { guest in
      drained.contains(guest.host) ? reasons.entry(of: guest, on: guest.host) : nil
    }
  }

  /// Those that are on hosts that a rolling maintenance leaves, at its end, in the inventory's order: who was there
  /// before, or where nobody was, who has come.
  init(_ postponed: [Postponement], cluster: Cluster, residents: [[Int]]) {
    let reasons = Reasons(postponed)
    entries = residents.indices.flatMap { host in
      let own = residents[host].filter { cluster.homes[$0] == host }
      return (own.isEmpty ? residents[host] : own).sorted().compactMap { vm in
        reasons.entry(of: cluster.vm(vm), on: cluster.host(host).id)
      }
    }
  }

  private struct Reasons {
    private var byHost: [Host.ID: Postponement] = [:]
    private var byGuest: [VirtualMachine.ID: Postponement] = [:]

    init(_ postponed: [Postponement]) {
      for cause in postponed {
        for host in cause.hosts where byHost[host] == nil { byHost[host] = cause }
        for guest in cause.guests where byGuest[guest] == nil { byGuest[guest] = cause }
      }
    }

    func entry(of guest: VirtualMachine, on host: Host.ID) -> UnplacedVirtualMachine? {
      guard let cause = byGuest[guest.id] ?? byHost[host] else { return nil }
      return UnplacedVirtualMachine(
        guest,
        message: "\(guest.id) stays on \(host): \(cause.reason)",
        postponed: cause.cause)
    }
  }
}

extension EvacuationPlan {
  /// Lists those who stay for now, after those who cannot leave.
  mutating func postpone(_ later: PostponedGuests) {
    let listed = Set(unplaced.map(\.vm))
    unplaced += later.entries.filter { !listed.contains($0.vm) }
    let isRolling = request.rolling != nil
    guard isRolling || !unplaced.isEmpty else { return }
    completeness = steps.isEmpty && (!isRolling || waves.isEmpty) ? .impossible : .partial
  }
}
