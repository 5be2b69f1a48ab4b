import EvacuationModel

/// What a platform does to a migration that it watches.
enum MonitorAction: Hashable, Sendable {
  /// The guest goes on at the source.
  case abort
  case switchToPostCopy
  /// Permits a pause of so many seconds.
  case raiseLimit(Double)
}

/// What a platform watches besides the clock.
struct MonitorRules: Hashable, Sendable {
  /// What counts as progress, and for how many seconds there may be none.
  struct Progress: Hashable, Sendable {
    let timeout: Double
    let rule: ProgressRule
  }

  /// A stall detector with what else it may do.
  struct Stalls: Hashable, Sendable {
    let rules: StallDetector
    let permissions: StallWatch.Permissions
  }

  var progress: Progress?
  var switchesOnSlowProgress = false
  var stalls: Stalls?
}

/// The rules of a platform's monitor at work on one migration.
struct PlatformMonitor: Sendable {
  private var progress: ProgressWatch?
  private var slowProgress: SlowProgressSwitch?
  private var stalls: StallWatch?
  private var decided: MonitorAction?

  init(_ rules: MonitorRules, from start: Double, remaining: Double) {
    progress = rules.progress.map {
      ProgressWatch(timeout: $0.timeout, rule: $0.rule, from: start, remaining: remaining)
    }
    if rules.switchesOnSlowProgress {
      slowProgress = SlowProgressSwitch(from: start, remaining: remaining)
    }
    stalls = rules.stalls.map { StallWatch($0.rules, $0.permissions) }
  }

  /// When it acts next, as it looks now. Where anything that is sent is progress, not as long as something is.
  /// Mutating only so that it is asked in place: it is asked at every turn.
  mutating func nextAction(whileSending isSending: Bool) -> Double {
    let abort = progress.map { isSending && $0.anySendingIsProgress ? .infinity : $0.abortAt }
    return min(abort ?? .infinity, slowProgress?.at ?? .infinity)
  }

  /// Takes in that like passes were not walked.
  mutating func skipped(to now: Double, remaining: Double) {
    progress?.skipped(to: now, remaining: remaining)
  }

  /// Takes in a sync that found `before` remaining and left `after`.
  mutating func synced(at now: Double, before: Double, after: Double, rate: Double) {
    progress?.synced(at: now, before: before, after: after)
    slowProgress?.synced(at: now, before: before, after: after, rate: rate)
    decided = stalls?.passed(at: now, remaining: after, rate: rate)
  }

  /// What it does now, if anything.
  mutating func action(at now: Double, remaining: Double, sent: Double) -> MonitorAction? {
    if let decision = decided {
      decided = nil
      return decision
    }
    if let slowProgress, now >= slowProgress.at - 1e-9 { return .switchToPostCopy }
    let isStuck = progress?.isStuck(at: now, remaining: remaining, sent: sent) ?? false
    return isStuck ? .abort : nil
  }
}
