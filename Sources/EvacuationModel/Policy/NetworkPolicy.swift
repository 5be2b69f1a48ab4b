public import Quantities

/// What migrations may use of the network.
public struct NetworkPolicy: Hashable, Sendable {
  /// Share of every NIC and link that migrations may use; includes protocol overhead.
  public var usableShare: Ratio
  /// Cap on each migration; `unlimited` for none.
  public var bandwidthLimitPerMigration: DataRate
  /// Through libvirt's tunnel or TLS.
  public var tunnelled: Bool
  /// Through an ssh tunnel: Proxmox's migration type `secure`.
  public var sshTunnel: Bool
  /// Parallel channels (QEMU multifd); 1 is the classic single stream.
  public var multifdChannels: Int
  /// What one stream carries whatever the link, in guest pages per second; `unlimited` for no bound.
  public var streamRate: DataRate
  /// What the mirrors of a guest's local disks attain together; `nil`: as much as its stream.
  public var diskRate: DataRate?
  /// Orchestration around the transfer.
  public var fixedTime: FixedTime
  /// How far the next migration may be off, where that was learned from past ones.
  public var measuredSpread: [MigrationMode: MeasuredSpread] = [:]

  /// Network settings.
  public init(
    usableShare: Ratio = .percent(80), bandwidthLimitPerMigration: DataRate = .unlimited,
    tunnelled: Bool = false, sshTunnel: Bool = false, multifdChannels: Int = 1, streamRate: DataRate,
    diskRate: DataRate? = nil, fixedTime: FixedTime
  ) {
    self.usableShare = usableShare
    self.bandwidthLimitPerMigration = bandwidthLimitPerMigration
    self.tunnelled = tunnelled
    self.sshTunnel = sshTunnel
    self.multifdChannels = multifdChannels
    self.streamRate = streamRate
    self.diskRate = diskRate
    self.fixedTime = fixedTime
  }

  /// What carries the stream: `tunnelled`, `ssh` or `direct`. Any other word than the first two is direct.
  public var transport: String {
    get { tunnelled ? "tunnelled" : sshTunnel ? "ssh" : "direct" }
    set {
      tunnelled = newValue == "tunnelled"
      sshTunnel = newValue == "ssh"
    }
  }
}

/// The parts of a migration that do not depend on its size.
public struct FixedTime: Hashable, Sendable {
  /// From the call to the first byte.
  public var before: Duration
  /// From the last byte to the finished state.
  public var after: Duration
  /// What preparing and ending disk mirrors adds.
  public var block: Duration

  /// The fixed parts.
  public init(before: Duration, after: Duration, block: Duration = .zero) {
    self.before = before
    self.after = after
    self.block = block
  }
}

extension FixedTime {
  /// Before and after together.
  public var around: Duration { before + after }

  /// `around` seconds in all, divided between before and after as they are now.
  public func with(around: Duration) -> Self {
    let share = self.around > .zero ? before.seconds / self.around.seconds : 1
    return Self(
      before: Duration(clampingSeconds: around.seconds * share),
      after: Duration(clampingSeconds: around.seconds * (1 - share)), block: block)
  }
}
