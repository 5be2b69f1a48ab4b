import EvacuationModel
import Quantities

/// What a migration crosses between two hosts besides their NICs: the links that only one of them lists.
/// Traffic below a link that both list does not reach it.
struct MigrationPath {
  /// Links crossed outwards, as indices of the inventory's links.
  let outward: [Int]
  /// Links crossed inwards.
  let inward: [Int]
  /// What the narrowest part carries.
  let capacity: DataRate

  init(of step: ResolvedStep, in plan: ResolvedPlan) {
    let from = plan.host(step.source)
    let to = plan.host(step.destination)
    outward = Set(from.links).subtracting(to.links).compactMap { plan.linkIndex[$0] }.sorted()
    inward = Set(to.links).subtracting(from.links).compactMap { plan.linkIndex[$0] }.sorted()
    let nics = min(from.migrationBandwidth, to.migrationBandwidth)
    capacity = (outward + inward).reduce(nics) { min($0, plan.inventory.links[$1].bandwidth) }
  }
}
