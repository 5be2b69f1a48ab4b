import Quantities

extension PlatformProfile {
  /// KubeVirt 1.4 and later (pkg/virt-config/virt-config.go).
  static let kubevirt = Self(
    fixedTime: Sourced(
      FixedTime(before: .seconds(15), after: .seconds(5)), "scheduling and starting the target pod; few cases"
    ),
    streamRate: modernStream,
    tunnelledShare: libvirtTunnel,
    downtimeLimit: Sourced(qemuDowntimeLimit.value, "QEMU downtime-limit; KubeVirt does not set it"),
    autoConverge: Sourced(nil, "KubeVirt migrations.allowAutoConverge"),
    xbzrle: Sourced(nil, "KubeVirt never enables it"),
    completionTimeout: Sourced(
      .perGibibyte(.seconds(150)), "KubeVirt migrations.completionTimeoutPerGiB since 1.4"),
    dataSize: .kubevirt,
    liveOutboundPerHost: Sourced(.atMost(2), "KubeVirt migrations.parallelOutboundMigrationsPerNode"),
    perCluster: Sourced(.atMost(5), "KubeVirt migrations.parallelMigrationsPerCluster"),
    switchOver: Sourced(
      SwitchOverTimes(
        device: .milliseconds(30), poll: .zero, handOver: .milliseconds(100), mirrors: .milliseconds(70)),
      "QEMU device state and the hand-over between virt-launchers"),
    reservesForStopped: Sourced(false, "a stopped VirtualMachine has no pod"))
}
