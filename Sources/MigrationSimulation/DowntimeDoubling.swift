/// Proxmox VE's rising downtime limit (PVE/QemuMigrate.pm, `phase2`): at each poll at which more remains than at the
/// one before, or nothing, a counter goes up; when it exceeds 5 the limit is doubled and the counter starts anew.
///
/// It polls every second, and from the first poll on that sees less than a second's worth of its mean speed, ten
/// times a second. The counter is never reset by a good poll, so that in practice every migration ends.
struct DowntimeDoubling: Hashable, Sendable {
  /// QEMU accepts no downtime limit above 2000 s.
  static let highest = 2000.0
  private static let slowPoll = 1.0
  private static let fastPoll = 0.1

  private(set) var limit: Double
  private var rises = 0
  private var polls: PolledRemainder
  private let start: Double
  /// The poll that will see more than the one before, unless a sync comes first.
  private var rise = Double.infinity

  init(initial: Double, from start: Double, remaining: Double) {
    limit = initial
    self.start = start
    polls = PolledRemainder(every: Self.slowPoll, from: start, remaining: remaining)
  }

  var canRise: Bool { limit < Self.highest }

  /// When the limit will be doubled, as it looks now.
  var nextChange: Double { canRise && rises == 5 ? rise : .infinity }

  /// Takes in a sync that found `before` remaining and left `after`, when `sent` bytes had crossed the wire.
  mutating func synced(at now: Double, before: Double, after: Double, rate: Double, sent: Double) {
    pass(to: now)
    polls.fall(to: now, remaining: before)
    if let last = polls.last, polls.period == Self.slowPoll,
      last.remaining < sent / max(last.time - start, Self.slowPoll)
    {
      polls.change(period: Self.fastPoll)
    }
    polls.refill(at: now, remaining: after)
    let next = polls.next(after: now)
    let there = max(0, after - rate * (next - now))
    let isRise = there == 0 || polls.last.map { there > $0.remaining } ?? false
    rise = isRise ? next : .infinity
  }

  /// Counts the poll that has seen a rise by `now`.
  mutating func pass(to now: Double) {
    guard rise <= now else { return }
    rise = .infinity
    rises += 1
    guard rises > 5 else { return }
    rises = 0
    limit = min(limit * 2, Self.highest)
  }
}
