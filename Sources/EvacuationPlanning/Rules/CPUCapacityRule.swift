import EvacuationModel

/// The destination's logical CPUs times the overcommit carry all its guests' virtual CPUs.
enum CPUCapacityRule {
  static func refusal(_ vm: Int, on host: Int, in state: some HostRoom) -> PlacementRefusal? {
    let needed = state.cluster.vcpus(vm)
    let free = state.freeCPUs[host]
    guard needed > 0, needed > free else { return nil }
    return .cpus(short: needed.subtractingReportingOverflow(free).partialValue, free: max(free, 0))
  }
}
