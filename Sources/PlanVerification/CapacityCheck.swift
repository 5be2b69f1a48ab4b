import EvacuationModel
import Quantities

/// Memory, CPUs and local disk space suffice on every host at every moment. A step holds them on its
/// destination from its start and on its source until its end.
enum CapacityCheck {
  static func findings(in plan: ResolvedPlan, _ replay: TimelineReplay) -> [Finding] {
    var ledger = Ledger(plan)
    for event in replay.events {
      let step = plan.steps[event.step]
      switch event.kind {
      case .start: ledger.take(plan.vm(step.vm), at: step.destination, for: step)
      case .end: ledger.release(plan.vm(step.vm), at: step.source)
      case .transferStart, .transferEnd: break
      }
    }
    return ledger.findings
  }
}

/// What guests hold on each host, and the first step that asks for more than there is.
private struct Ledger {
  private struct Piece: Hashable {
    let host: Int
    let datastore: Datastore.ID
  }

  private let plan: ResolvedPlan
  private var memory: [Amount]
  private var cpus: [Amount]
  private var space: [Piece: Amount] = [:]
  private(set) var findings: [Finding] = []

  init(_ plan: ResolvedPlan) {
    self.plan = plan
    let capacity = plan.policy.capacity
    memory = plan.inventory.hosts.map { Amount(limit: $0.guestMemory(capacity).bytes) }
    cpus = plan.inventory.hosts.map { Amount(limit: Int64($0.guestCPUs(capacity))) }
    for (index, host) in plan.inventory.hosts.enumerated() {
      for pool in host.storage where plan.localPools.contains(pool.datastore) {
        if let free = pool.free {
          space[Piece(host: index, datastore: pool.datastore)] = Amount(limit: free.bytes)
        }
      }
    }
    for (index, vm) in plan.inventory.virtualMachines.enumerated() {
      guard let host = plan.hostBefore[index], vm.holdsRoom(on: plan.inventory.platform) else { continue }
      memory[host].add(vm.memory.bytes)
      cpus[host].add(Int64(vm.vcpus))
    }
  }

  mutating func take(_ vm: VirtualMachine, at host: Int, for step: ResolvedStep) {
    if vm.holdsRoom(on: plan.inventory.platform) {
      if let short = memory[host].take(vm.memory.bytes) {
        blame(.memoryExceeded, step, "memory", "\(ByteCount(bytes: short))")
      }
      if let short = cpus[host].take(Int64(vm.vcpus)) {
        blame(.cpuExceeded, step, "CPUs", "\(short) vCPUs")
      }
    }
    for disk in vm.disks {
      let piece = Piece(host: host, datastore: disk.datastore)
      if let short = space[piece]?.take(disk.allocated.bytes) {
        blame(.diskExceeded, step, "space on \(disk.datastore)", "\(ByteCount(bytes: short))")
      }
    }
  }

  mutating func release(_ vm: VirtualMachine, at host: Int) {
    if vm.holdsRoom(on: plan.inventory.platform) {
      memory[host].release(vm.memory.bytes)
      cpus[host].release(Int64(vm.vcpus))
    }
    for disk in vm.disks {
      space[Piece(host: host, datastore: disk.datastore)]?.release(disk.allocated.bytes)
    }
  }

  private mutating func blame(_ code: FindingCode, _ step: ResolvedStep, _ what: String, _ short: String) {
    let host = plan.hostName(step.destination)
    findings.append(
      Finding.inPlan(
        code, at: step.place,
        "at \(Duration(clampingSeconds: step.start).text) \(host) is \(short) short of \(what) for "
          + "\(step.step.vm)",
        help: "send it elsewhere, or start it when others have left \(host)"))
  }
}

/// What is held of one thing. A step that starts while too much is held is to blame, however the excess
/// came about, but only the first one is named.
private struct Amount {
  private let limit: Int64
  private var held: Int64 = 0
  private var isBlamed = false

  init(limit: Int64) {
    self.limit = limit
  }

  mutating func add(_ amount: Int64) {
    let (sum, overflow) = held.addingReportingOverflow(amount)
    held = overflow ? (amount > 0 ? .max : .min) : sum
  }

  mutating func release(_ amount: Int64) {
    let (difference, overflow) = held.subtractingReportingOverflow(amount)
    held = overflow ? (amount > 0 ? .min : .max) : difference
  }

  /// Adds `amount`; returns what is missing for it, once.
  mutating func take(_ amount: Int64) -> Int64? {
    add(amount)
    guard amount > 0, held > limit, !isBlamed else { return nil }
    isBlamed = true
    let (short, overflow) = held.subtractingReportingOverflow(limit)
    return overflow ? .max : short
  }
}
