/// What the guest's pause consists of.
public struct PauseParts: Hashable, Sendable {
  /// Sending what was left when the guest was stopped.
  public var lastRound: Duration
  /// What lay in the socket buffers of a saturated link before that.
  public var socketBuffers: Duration
  /// Device state, and the discard bitmap of a switch to post-copy.
  public var device: Duration
  /// Until the platform notices that the transfer has ended.
  public var poll: Duration
  /// What the platform does between the hosts before it resumes the guest, closing a tunnel included.
  public var handOver: Duration
  /// Resuming the guest by a command of its own.
  public var resume: Duration
  /// Ending disk mirrors.
  public var mirrors: Duration

  /// The parts; by default nothing.
  public init(
    lastRound: Duration = .zero, socketBuffers: Duration = .zero, device: Duration = .zero,
    poll: Duration = .zero, handOver: Duration = .zero, resume: Duration = .zero, mirrors: Duration = .zero
  ) {
    self.lastRound = lastRound
    self.socketBuffers = socketBuffers
    self.device = device
    self.poll = poll
    self.handOver = handOver
    self.resume = resume
    self.mirrors = mirrors
  }

  /// All parts with their names, in the order in which they follow each other.
  public var named: [(name: String, time: Duration)] {
    [
      ("socket buffers", socketBuffers), ("last round", lastRound), ("device state", device), ("poll", poll),
      ("ending mirrors", mirrors), ("hand-over", handOver), ("resume", resume),
    ]
  }

  /// All together.
  public var total: Duration { named.reduce(.zero) { $0 + $1.time } }
}
