import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

extension PlanQuestion {
  /// May `vm` go from host-1, which is drained, to host-2, the only other host? `guests` are further ones.
  static func pair(
    vm: VirtualMachine = .small("vm", on: "host-1"), from source: Host = .small("host-1"),
    to target: Host = .small("host-2"), guests: [VirtualMachine] = [], groups: [PlacementGroup] = [],
    platform: Platform = .nova
  ) -> Self {
    Self(.small(platform: platform, hosts: [source, target], vms: [vm] + guests, groups: groups))
  }

  /// `goes`, or why host-2 does not take `vm`.
  func answer(_ location: SourceLocation = #_sourceLocation) -> String {
    let plan = verifiedPlan(location)
    if plan.destination(of: "vm") == "host-2" { return "goes" }
    return plan.refusal(of: "vm", on: "host-2") ?? "nothing is said of host-2"
  }
}
