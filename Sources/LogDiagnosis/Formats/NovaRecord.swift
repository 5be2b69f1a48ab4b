import EvacuationModel

/// What nova-compute wrote about one migration, before its times are made real.
struct NovaRecord {
  /// "Migration running for N secs …".
  struct Progress {
    /// N: up to Victoria half the number of polls, since Wallaby seconds.
    let reported: Double
    let stamp: Double?
    var sample: ProgressSample
  }

  /// A moment that nova states in real seconds, with the progress lines around it.
  struct Anchor {
    let seconds: Double
    let stamp: Double?
    /// How many progress lines came before.
    let after: Int
  }

  var instance: String?
  var progress: [Progress] = []
  var limits: [(limit: Double, anchor: Anchor)] = []
  /// When pre_live_migration had ended, which is when the transfer starts.
  var prepared: Double?
  var watermark: (bytes: Double, secondsAgo: Double, line: Int)?
  var ending: (kind: MigrationEnding, by: String)?
  /// "not completed after N sec" is a real clock.
  var timeout: Anchor?
  var endStamp: Double?
  var hasDiskStatistics = false
  var diskBytes = 0.0
  /// Whether lines were left out, as "..." shows, since the last progress line.
  var isElided = false
}
