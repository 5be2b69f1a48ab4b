/// What a client waits for besides the migrations themselves when it asks a platform for several at once.
public struct RequestQueueTimes: Hashable, Sendable {
  /// From the call to the place in the queue, for a request on its own.
  public var alone: Duration
  /// The same for each of several requests sent together.
  public var together: Duration
  /// Listing the host's guests and finding it empty, once for each host.
  public var perHost: Duration

  /// What there is to wait for.
  public init(alone: Duration, together: Duration, perHost: Duration) {
    self.alone = alone
    self.together = together
    self.perHost = perHost
  }
}
