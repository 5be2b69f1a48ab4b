import EvacuationModel
import Quantities

/// KubeVirt's stall detector at work on one migration; the rules are in `StallDetector`.
struct StallWatch: Sendable {
  /// What else it may do.
  struct Permissions: Hashable, Sendable {
    let postCopy: Bool
    let disruption: Bool
    /// Seconds of transfer within which a pause or post-copy must end: twice the completion timeout.
    let lastMoment: Double
  }

  /// How far above the best pass a pass still counts as a good moment.
  private static let nearBest = 1.04
  /// How many of the best passes are remembered: the patience is long used up by then.
  private static let remembered = 16
  /// QEMU accepts no higher downtime limit.
  private static let anyPause = 2000.0

  private let rules: StallDetector
  private let permissions: Permissions
  /// Passes that are not yet as old as the window, oldest first from `head` on.
  private var young: [PolledRemainder.Look] = []
  private var head = 0
  private var leastOld = Double.infinity
  /// The least remainders so far, ascending.
  private var best: [Double] = []
  private var wait: Wait?
  private var isDone = false

  private struct Wait {
    var until: Double
    var patience: Double
    var turn = 0
  }

  init(_ rules: StallDetector, _ permissions: Permissions) {
    self.rules = rules
    self.permissions = permissions
  }

  /// What to do after a pass that leaves `remaining`; `nil`: go on.
  mutating func passed(at now: Double, remaining: Double, rate: Double) -> MonitorAction? {
    guard !isDone else { return nil }
    remember(PolledRemainder.Look(time: now, remaining: remaining))
    let isStalled = remaining >= (1 - rules.leastProgress.fraction) * leastOld
    guard wait != nil || isStalled else { return nil }
    guard isGoodMoment(at: now, remaining: remaining) else { return nil }
    isDone = true
    return end(at: now, seconds: remaining / max(rate, 1))
  }

  private mutating func remember(_ pass: PolledRemainder.Look) {
    young.append(pass)
    while head < young.count, young[head].time < pass.time - rules.window.seconds {
      leastOld = min(leastOld, young[head].remaining)
      head += 1
    }
    if head > 1024 {
      young.removeFirst(head)
      head = 0
    }
    let place = best.firstIndex { pass.remaining < $0 } ?? best.count
    if place < Self.remembered { best.insert(pass.remaining, at: place) }
    if best.count > Self.remembered { best.removeLast() }
  }

  private mutating func isGoodMoment(at now: Double, remaining: Double) -> Bool {
    let patience = rules.patience.seconds
    var wait = wait ?? Wait(until: now + patience, patience: patience)
    while now > wait.until, wait.turn < Self.remembered {
      wait.turn += 1
      wait.patience /= 2
      wait.until += wait.patience
    }
    self.wait = wait
    return wait.turn >= best.count || remaining <= best[wait.turn] * Self.nearBest
  }

  private func end(at now: Double, seconds: Double) -> MonitorAction {
    if permissions.postCopy || permissions.disruption {
      guard now + seconds <= permissions.lastMoment else { return .abort }
      return permissions.postCopy ? .switchToPostCopy : .raiseLimit(Self.anyPause)
    }
    let most = rules.maxDowntime.seconds
    return seconds <= most * 1.5 ? .raiseLimit(most) : .abort
  }
}
