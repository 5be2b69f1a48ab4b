import EvacuationModel
import Quantities

/// Says why a virtual machine stays: a reason for every host, and the whole in one sentence with a next step.
struct UnplacedReport: Sendable {
  let cluster: Cluster
  let candidates: [Int: CandidateHosts]
  /// What is free where in the end.
  let state: any HostRoom
  /// Who has been given a destination.
  let placed: Set<Int>

  /// Everybody that has to leave and is not among `moving`, in the order of the request.
  func entries(besides moving: Set<Int>) -> [UnplacedVirtualMachine] {
    cluster.leaving.filter { !moving.contains($0) }.map { vm in
      placed.contains(vm) ? neverStarted(vm) : entry(for: vm)
    }
  }

  private func neverStarted(_ vm: Int) -> UnplacedVirtualMachine {
    let guest = cluster.vm(vm)
    return UnplacedVirtualMachine(
      guest,
      message: "\(guest.id) cannot leave \(guest.host): the policy's limits never let it start; raise them")
  }

  private func entry(for vm: Int) -> UnplacedVirtualMachine {
    let guest = cluster.vm(vm)
    let own = candidates[vm]
    var refusals: [(host: Int, refusal: HostRefusal)] = []
    for (host, reason) in own?.refusals(in: cluster) ?? [] {
      refusals.append((host, refusal(reason, on: host, mode: own?.modeRefusal)))
    }
    for candidate in own?.candidates ?? [] {
      let reason = PlacementRules.present(vm, on: candidate.host, in: state) ?? partner(of: vm)
      refusals.append((candidate.host, HostRefusal(host: cluster.host(candidate.host).id, reason: reason)))
    }
    let sorted = refusals.sorted { $0.host < $1.host }.map(\.refusal)
    return UnplacedVirtualMachine(
      guest, refusals: sorted,
      message: message(guest, refusals: sorted, mode: own?.modeRefusal))
  }

  private func refusal(_ reason: PlacementRefusal, on host: Int, mode: ModeRefusal?) -> HostRefusal {
    if let mode, mode.isFinal, case .tooSlow = reason {
      return HostRefusal(host: cluster.host(host).id, code: "mode", message: mode.message)
    }
    return HostRefusal(host: cluster.host(host).id, reason: reason)
  }

  /// A host that would take this guest but not the others that must go with it.
  private func partner(of vm: Int) -> PlacementRefusal {
    let group = cluster.groups.of(vm).first { $0.relation == .affinity && $0.strictness == .hard }
    let other = group?.members.first { $0 != vm } ?? vm
    return .affinity(group?.id ?? PlacementGroup.ID(""), with: cluster.vm(other).id)
  }

  private func message(_ guest: VirtualMachine, refusals: [HostRefusal], mode: ModeRefusal?) -> String {
    if let mode { return "\(guest.id) cannot leave \(guest.host): \(mode.message)" }
    let causes = grouped(refusals.filter { $0.code != "being_drained" })
    guard !causes.isEmpty else {
      return
        "\(guest.id) cannot leave \(guest.host): every other host is being drained as well; drain fewer at once"
    }
    let text = causes.map { "\($0.count) \(Self.cause($0.code, count: $0.count))" }.joined(separator: ", ")
    let help = Self.help(causes[0].code)
    return "\(guest.id) cannot leave \(guest.host): of \(refusals.count) other hosts \(text); \(help)"
  }

  private func grouped(_ refusals: [HostRefusal]) -> [(code: String, count: Int)] {
    var counts: [(code: String, count: Int)] = []
    for refusal in refusals {
      if let index = counts.firstIndex(where: { $0.code == refusal.code }) {
        counts[index].count += 1
      } else {
        counts.append((refusal.code, 1))
      }
    }
    return counts.sorted { $0.count != $1.count ? $0.count > $1.count : $0.code < $1.code }
  }

  private static func cause(_ code: String, count: Int) -> String {
    let is_ = count == 1 ? "is" : "are"
    let has = count == 1 ? "has" : "have"
    switch code {
    case "memory": return "\(is_) short of memory"
    case "cpus": return "\(is_) short of CPUs"
    case "host_too_small": return "\(is_) too small"
    case "host_state": return "\(count == 1 ? "takes" : "take") no arrivals"
    case "not_a_permitted_destination": return "\(is_) not permitted by the policy"
    case "storage_unreachable": return "\(count == 1 ? "does" : "do") not reach its storage"
    case "disk_space": return "\(is_) short of disk space"
    case "cpu_model", "cpu_features": return "\(has) no fitting CPU"
    case "zone": return "\(is_) outside its zone"
    case "anti_affinity": return "already \(has) a member of its anti-affinity group"
    case "affinity": return "\(is_) not with its affinity group"
    case "headroom": return "would leave too little headroom"
    default: return "\(has) too slow a path"
    }
  }

  private static func help(_ code: String) -> String {
    switch code {
    case "memory", "cpus", "host_too_small": return "free room on one of them, add a host, or stop a guest"
    case "host_state": return "bring one of them up or enable it"
    case "not_a_permitted_destination": return "widen the rule's destinations"
    case "storage_unreachable": return "connect its pool to one of them, or move its disks first"
    case "disk_space": return "free disk space on one of them, or move its disks to shared storage"
    case "cpu_model", "cpu_features":
      return "permit a restart with a common CPU model, or add a host with this CPU"
    case "zone": return "lift the zone, or add a host to it"
    case "anti_affinity": return "drain fewer hosts at once, or make the group soft for the night"
    case "affinity": return "make room for the whole group on one host, or make the group soft"
    case "headroom": return "lower keep_free for this window, or add a host"
    default: return "permit post-copy, auto-converge or cold, or give migrations more bandwidth"
    }
  }
}
