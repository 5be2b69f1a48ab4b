public import EvacuationModel
import Quantities

/// Forecasts migrations under one policy on one platform. Pure: the same question has the same answer.
public struct MigrationForecaster: Sendable {
  /// From this use of its CPUs on a guest counts as computing as fast as it can.
  private static let alwaysBusy = Ratio.percent(95)

  private let policy: Policy
  private let profile: PlatformProfile
  private let datastores: [Datastore.ID: Datastore]
  private let qemuVersions: [Host.ID: String]

  /// A forecaster for the guests of `inventory` under `policy`.
  public init(policy: Policy, inventory: Inventory) {
    self.policy = policy
    profile = PlatformProfile.of(inventory.platform, release: policy.release)
    datastores = Dictionary(inventory.datastores.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    qemuVersions = Dictionary(
      inventory.hosts.compactMap { host in host.version.map { (host.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The local disks of `vm`, which travel with it.
  public func localDisks(of vm: VirtualMachine) -> [VirtualDisk] {
    vm.disks.filter { datastores[$0.datastore]?.kind == .local }
  }

  /// What a migration of `vm` by `mode` asks for. With `switchingToPostCopy` it does not wait for the platform's
  /// timeout but switches when the policy says, by default after the first pass.
  public func demand(
    for vm: VirtualMachine, mode: MigrationMode, settings: MigrationSettings,
    switchingToPostCopy: Bool = false,
    recordingRounds: Bool = false
  ) -> MigrationDemand {
    let disks = localDisks(of: vm)
    let network = policy.network
    let uncapped = network.streamRate * Double(max(1, network.multifdChannels))
    let limit = min(network.bandwidthLimitPerMigration, vm.migrationBandwidthLimit ?? .unlimited)
    let cap = min(uncapped, network.multifdChannels > 1 ? Multifd.limit(limit) : limit)
    let touched = min(vm.memoryTouched ?? vm.memory, vm.memory)
    let fixed = network.fixedTime
    let isOff = vm.state == .stopped
    let stop = mode == .cold && !isOff ? settings.cold.shutdown.seconds : 0
    let start = mode == .cold && !isOff ? settings.cold.boot.seconds : 0
    let block = mode == .block ? fixed.block.seconds : 0
    var options = options(for: vm, mode: mode, settings: settings, disks: disks)
    options.recordsRounds = recordingRounds
    if switchingToPostCopy, let postCopy = settings.precopy.postCopy {
      options.postCopyAt = postCopy.after?.seconds
      options.postCopyAfterPasses = postCopy.after == nil ? 1 : nil
    }
    return MigrationDemand(
      mode: mode, cap: cap, prescribed: settings.duration, curve: DirtyCurve(of: vm), guestState: vm.state,
      memory: vm.memory, zeroPages: Double((vm.memory - touched).bytes), uncapped: uncapped,
      diskBytes: mode == .live ? 0 : Double(disks.map(\.allocated).sum().bytes),
      diskWritesPerSecond: disks.reduce(0) { $0 + $1.writeRate.bytesPerSecond },
      diskRate: diskRate(disks, mode: mode),
      diskCap: network.diskRate == nil || mode != .block ? cap : limit,
      beforeSeconds: fixed.before.seconds + stop + block,
      afterSeconds: fixed.after.seconds + start, options: options,
      spread: ForecastSpread(
        activity: vm.memoryActivity.source, touchedIsKnown: vm.memoryTouched != nil,
        fixedSeconds: (fixed.before + fixed.after).seconds, measured: network.measuredSpread[mode]))
  }

  private func options(
    for vm: VirtualMachine, mode: MigrationMode, settings: MigrationSettings, disks: [VirtualDisk]
  ) -> PreCopyOptions {
    let precopy = settings.precopy
    let travelling = mode == .block ? disks : []
    let size = CompletionDeadline.dataSize(
      profile.dataSize, memory: vm.memory, copiedDisks: travelling.map(\.size))
    var options = PreCopyOptions(schedule: DowntimeSchedule(precopy.downtimeLimit, dataGibibytes: size))
    let permitsPostCopy = precopy.postCopy != nil
    options.autoConverge = permitsPostCopy && !profile.throttlesWithPostCopy ? nil : precopy.autoConverge
    options.syncsEveryFiveSeconds = QEMUVersion(qemuVersions[vm.host])?.syncsEveryFiveSeconds ?? false
    options.pageCache = pageCache(for: vm, settings: precopy.xbzrle)
    options.postCopyPermitted = permitsPostCopy
    options.deadline = CompletionDeadline.seconds(precopy.completionTimeout, dataSize: size)
    options.timeoutAction = precopy.timeoutAction
    if let allowance = profile.pauseAllowance {
      options.pausedDeadline = options.deadline * (1 + allowance.fraction)
    }
    options.monitor = monitor(precopy, deadline: options.deadline)
    let switchOver = profile.switchOver.value.applying(
      mirrors: !travelling.isEmpty, sshTunnel: policy.network.sshTunnel)
    options.switchOver = switchOver
    options.switchOverSeconds = switchOver.total.seconds
    // A guest that is always busy writes as fast as it computes; any other serves a demand.
    if let use = vm.memoryActivity.cpuUse, use < Self.alwaysBusy {
      options.throttleResponse = .servesDemand(utilisation: use.fraction)
    }
    options.dirtyLogChunks = Int(min(max(1, vm.memory.gibibytes.rounded(.up)), 1e6))
    if policy.network.multifdChannels > 1 {
      options.socketBufferBytes = PreCopyConstants.multifdSocketBufferBytes
    }
    return options
  }

  /// What the platform watches besides the clock; `nil` if nothing, which is the rule today.
  private func monitor(_ precopy: PreCopyPolicy, deadline: Double) -> MonitorRules? {
    var rules = MonitorRules()
    rules.progress = precopy.progressTimeout.map {
      .init(timeout: $0.seconds, rule: profile.progressRule)
    }
    let permitsPostCopy = precopy.postCopy != nil
    rules.switchesOnSlowProgress = permitsPostCopy && precopy.postCopySwitch == .slowProgress
    rules.stalls = precopy.stallDetector.map { detector in
      .init(
        rules: detector,
        permissions: StallWatch.Permissions(
          postCopy: permitsPostCopy, disruption: precopy.timeoutAction == .forceComplete,
          lastMoment: 2 * deadline))
    }
    let isNone = rules.progress == nil && !rules.switchesOnSlowProgress && rules.stalls == nil
    return isNone ? nil : rules
  }

  /// XBZRLE's cache, by the platform's rule unless the policy states it. Parallel channels do without.
  private func pageCache(for vm: VirtualMachine, settings: XBZRLE?) -> PageCache? {
    guard let settings, policy.network.multifdChannels <= 1 else { return nil }
    let size = settings.cache ?? profile.pageCache.size(memory: vm.memory)
    return PageCache(size: Double(size.bytes), encodedShare: PreCopyConstants.xbzrleEncodedShare)
  }

  /// The rate at which all disks together can be copied so that every pool keeps up, and mirrors attained before.
  private func diskRate(_ disks: [VirtualDisk], mode: MigrationMode) -> Double {
    let total = Double(disks.map(\.allocated).sum().bytes)
    var slowest = 0.0
    for pool in Set(disks.map(\.datastore)).sorted() {
      guard let store = datastores[pool], let limit = [store.read, store.write].compactMap(\.self).min()
      else { continue }
      let bytes = disks.filter { $0.datastore == pool }.map(\.allocated).sum()
      slowest = max(slowest, Double(bytes.bytes) / max(limit.bytesPerSecond, 1))
    }
    let attained = mode == .block ? policy.network.diskRate?.bytesPerSecond ?? .infinity : .infinity
    return min(attained, slowest > 0 ? total / slowest : .infinity)
  }
}

/// A QEMU version, as far as the migration loop differs.
struct QEMUVersion {
  private let major: Int
  private let minor: Int

  /// Reads `9.2.1` or `10.0`; `nil` for anything else.
  init?(_ text: String?) {
    let parts = (text ?? "").split(separator: ".").prefix(2).map { Int($0) }
    guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
    self.major = major
    self.minor = minor
  }

  /// QEMU 9.2 added a sync every five seconds while auto-converge is on.
  var syncsEveryFiveSeconds: Bool { (major, minor) >= (9, 2) }
}
