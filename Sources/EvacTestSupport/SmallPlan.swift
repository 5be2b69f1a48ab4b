public import EvacuationModel
import Quantities

extension PlanBuilder {
  /// A valid plan with all three modes, for Nova's defaults: `host-1` is drained, `host-2` stands in the
  /// same rack, `host-3` in another.
  ///
  /// | step | batch | guest | mode | to |
  /// | --- | --- | --- | --- | --- |
  /// | m001 | 1 | `web-1`, 4 GiB | live | `host-2` |
  /// | m002 | 1 | `old-1`, stopped | cold | `host-3` |
  /// | m003 | 2 | `db-1`, 8 GiB and a local disk | block | `host-3` |
  /// | m004 | 3 | `gpu-1`, running, holds a device | cold | `host-2` |
  ///
  /// `web-2` stays on `host-2`, apart from `web-1` by rule only if a test says so.
  public static var small: Self {
    var builder = Self(inventory: .threeHosts, drain: ["host-1"])
    let first = builder.move("web-1", to: "host-2", at: 0, batch: 1)
    let second = builder.move("old-1", to: "host-3", .cold, at: 0, batch: 1)
    let third = builder.move(
      "db-1", to: "host-3", .block, at: max(first, second), batch: 2, after: ["m001", "m002"])
    builder.move("gpu-1", to: "host-2", .cold, at: third, batch: 3, after: ["m003"])
    return builder
  }
}

extension Inventory {
  /// Three hosts in two racks, with five guests: what `PlanBuilder.small` drains.
  public static var threeHosts: Self {
    small(
      "three-hosts",
      hosts: [
        .small("host-1", links: ["rack-a-uplink"], rack: "a"),
        .small("host-2", links: ["rack-a-uplink"], rack: "a"),
        .small("host-3", links: ["rack-b-uplink"], rack: "b"),
      ],
      vms: [
        .small("web-1", on: "host-1"),
        .small("db-1", on: "host-1", vcpus: 4, memory: .gibibytes(8), disks: [.shared(), .local()]),
        .small("old-1", on: "host-1", state: .stopped),
        .small("gpu-1", on: "host-1", devices: [.init(kind: "pci-passthrough", name: "gpu0")]),
        .small("web-2", on: "host-2"),
      ],
      links: [
        .init(id: "rack-a-uplink", bandwidth: .gigabitsPerSecond(40)),
        .init(id: "rack-b-uplink", bandwidth: .gigabitsPerSecond(40)),
      ])
  }
}
