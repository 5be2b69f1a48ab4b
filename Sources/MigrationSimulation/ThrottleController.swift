import EvacuationModel
import Quantities

/// QEMU's auto-converge (migration/ram.c, `migration_trigger_throttle`): at syncs at least a second apart, if
/// more than half of what was sent has been dirtied again, twice, the guest is slowed a step further.
struct ThrottleController: Sendable {
  /// The share of time that the guest's CPUs are kept from running.
  private(set) var share = 0.0
  private let settings: AutoConverge?
  private var lastEvaluation: Double
  private var dirtied = 0.0
  private var sent = 0.0
  private var strikes = 0

  init(_ settings: AutoConverge?, at start: Double) {
    self.settings = settings
    lastEvaluation = start
  }

  var isOn: Bool { settings != nil }

  /// Whether the throttle can rise no further.
  var isSettled: Bool { settings.map { share >= $0.maximum.fraction - 1e-9 } ?? true }

  mutating func account(dirtied: Double, sent: Double, at now: Double) {
    guard let settings else { return }
    self.dirtied += dirtied
    self.sent += sent
    guard now - lastEvaluation > PreCopyConstants.throttlePeriodSeconds else { return }
    // throttle-trigger-threshold is 50 % (QEMU migration/options.c).
    if self.dirtied > 0.5 * self.sent {
      strikes += 1
      if strikes == 2 {
        strikes = 0
        let next = share == 0 ? settings.initial.fraction : share + settings.increment.fraction
        share = min(next, settings.maximum.fraction)
      }
    }
    lastEvaluation = now
    self.dirtied = 0
    self.sent = 0
  }
}
