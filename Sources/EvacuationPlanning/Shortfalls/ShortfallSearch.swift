import EvacuationModel
import Quantities

/// Looks for a proof that those who stay cannot all leave.
///
/// Guests that can go to the same hosts alone are weighed together against what those hosts have: together, in pieces
/// as large as they are, and by anti-affinity group. A placement that does not exist is not always proven to; what is
/// not proven is said to be so.
struct ShortfallSearch: Sendable {
  let cluster: Cluster
  /// The hosts that may take each guest that leaves.
  let hosts: [Int: [Int]]
  let room: ReceivableRoom

  /// More families of hosts than this are not looked at.
  private static let mostFamilies = 16

  init(cluster: Cluster, candidates: [Int: CandidateHosts]) {
    let all = cluster.policy.moveOthers ? cluster.askingAboutAll() : cluster
    self.cluster = all
    hosts = candidates.mapValues { $0.candidates.map(\.host) }.filter { !$0.value.isEmpty }
    room = ReceivableRoom(all)
  }

  /// A proof for each of `unplaced` as far as one is found, each proof once; and who is in none although some host
  /// could take it if others were not there.
  func proofs(for unplaced: [Int]) -> (shortfalls: [Shortfall], unproven: [Int]) {
    var shortfalls: [Shortfall] = []
    var open = unplaced.filter { hosts[$0] != nil }
    for family in families(of: open) where open.contains(where: family.guests.contains) {
      guard let shortfall = proof(for: family, including: open) else { continue }
      let proven = Set(shortfall.vms)
      open.removeAll { proven.contains(cluster.vm($0).id) }
      shortfalls.append(shortfall)
    }
    return (shortfalls, open)
  }

  /// For each set of hosts to which one of `unplaced` may go, and for all of them: whoever has to find room there.
  private func families(of unplaced: [Int]) -> [GuestFamily] {
    var sets: [[Int]] = []
    for vm in unplaced {
      if let own = hosts[vm], !sets.contains(own), sets.count < Self.mostFamilies { sets.append(own) }
    }
    let all = Set(unplaced.compactMap { hosts[$0] }.joined()).sorted()
    if !all.isEmpty, !sets.contains(all) { sets.append(all) }
    return sets.map { set in
      let members = Set(set)
      return GuestFamily(
        hosts: set,
        guests: cluster.leaving.filter { vm in hosts[vm].map { $0.allSatisfy(members.contains) } ?? false })
    }
  }

  private func proof(for family: GuestFamily, including open: [Int]) -> Shortfall? {
    let sums = SumProofs(cluster: cluster, room: room, family: family)
    return PlaceProof(cluster: cluster, hosts: hosts).proof(including: open.filter(family.guests.contains))
      ?? sums.memory() ?? sums.headroom() ?? sums.pieces() ?? sums.cpus() ?? sums.diskSpace()
  }
}

/// Guests that can go to none but these hosts.
struct GuestFamily: Sendable {
  let hosts: [Int]
  let guests: [Int]
}
