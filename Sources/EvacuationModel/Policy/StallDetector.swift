public import Quantities

/// KubeVirt's detector of stalled migrations (virtwrap/stall-detector.go, enhancement 248; behind a feature gate).
///
/// A migration is stalled when after some pass there remains no less than `leastProgress` below the least that
/// remained more than `window` ago. It is then ended at the next good moment: by post-copy where that is permitted, by
/// a pause of any length where the timeout action is `force_complete`, else by raising the downtime limit to
/// `maxDowntime` if that is within reach, and aborted if it is not.
public struct StallDetector: Hashable, Sendable {
  /// What must have gone in the meantime: 4 %.
  public var leastProgress: Ratio
  /// How long ago the comparison lies (stallProgressTimeout): 40 s; the enhancement's text has 60 s.
  public var window: Duration
  /// How long it waits for a pass that ends near the best one, halved each time in vain: 40 s.
  public var patience: Duration
  /// maxDowntimeMs: 900 ms.
  public var maxDowntime: Duration

  /// KubeVirt's own values unless others are given.
  public init(
    leastProgress: Ratio = .percent(4), window: Duration = .seconds(40), patience: Duration = .seconds(40),
    maxDowntime: Duration = .milliseconds(900)
  ) {
    self.leastProgress = leastProgress
    self.window = window
    self.patience = patience
    self.maxDowntime = maxDowntime
  }
}
