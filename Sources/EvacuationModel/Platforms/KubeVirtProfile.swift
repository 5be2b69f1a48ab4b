import Quantities

extension PlatformProfile {
  /// KubeVirt in `release`, or 1.4 and later (pkg/virt-config/virt-config.go).
  static func kubevirt(_ release: PlatformRelease?) -> Self {
    var profile = kubevirtToday
    guard let release else { return profile }
    if !release.isAtLeast(1, 4) {
      profile.completionTimeout = Sourced(
        .perGibibyte(.seconds(800)), "KubeVirt migrations.completionTimeoutPerGiB up to 1.3")
    }
    if !release.isAtLeast(0, 44) {
      profile.bandwidthLimit = Sourced(
        .mebibytesPerSecond(64), "KubeVirt migrations.bandwidthPerMigration up to 0.43")
    }
    return profile
  }

  private static let kubevirtToday = Self(
    fixedTime: Sourced(
      FixedTime(before: .seconds(15), after: .seconds(5)), "scheduling and starting the target pod; few cases"
    ),
    bandwidthLimit: Sourced(
      .unlimited, "KubeVirt migrations.bandwidthPerMigration, 0 since 0.44 (ba569ec0bb)"),
    streamRate: modernStream,
    tunnelledShare: libvirtTunnel,
    downtimeLimit: Sourced(qemuDowntimeLimit.value, "QEMU downtime-limit; KubeVirt does not set it"),
    autoConverge: Sourced(nil, "KubeVirt migrations.allowAutoConverge"),
    xbzrle: Sourced(nil, "KubeVirt never enables it"),
    completionTimeout: Sourced(
      .perGibibyte(.seconds(150)), "KubeVirt migrations.completionTimeoutPerGiB since 1.4"),
    timeoutAction: Sourced(.abort, "KubeVirt migrations.allowWorkloadDisruption, by default allowPostCopy"),
    pauseAllowance: .one,
    progressTimeout: Sourced(.seconds(150), "KubeVirt migrations.progressTimeout"),
    dataSize: .kubevirt,
    liveOutboundPerHost: Sourced(.atMost(2), "KubeVirt migrations.parallelOutboundMigrationsPerNode"),
    perCluster: Sourced(.atMost(5), "KubeVirt migrations.parallelMigrationsPerCluster"),
    switchOver: Sourced(
      SwitchOverTimes(
        device: .milliseconds(30), poll: .zero, handOver: .milliseconds(100), mirrors: .milliseconds(70)),
      "QEMU device state and the hand-over between virt-launchers"),
    reservesForStopped: Sourced(false, "a stopped VirtualMachine has no pod"))
}
