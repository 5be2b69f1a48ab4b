/// Nova's own switch to post-copy, Newton to Rocky (nova/virt/libvirt/migration.py, `should_switch_to_postcopy`): from
/// the second pass on, when less than 10 % of what remained at one poll is gone at the next. The first sync refills
/// the remainder, so that almost every guest that is still being copied then is switched.
struct SlowProgressSwitch: Sendable {
  private var polls: PolledRemainder
  /// The poll at which it switches, as it looks now.
  private(set) var at = Double.infinity

  init(from start: Double, remaining: Double) {
    polls = PolledRemainder(every: ProgressWatch.pollSeconds, from: start, remaining: remaining)
  }

  mutating func synced(at now: Double, before: Double, after: Double, rate: Double) {
    polls.fall(to: now, remaining: before)
    polls.refill(at: now, remaining: after)
    let next = polls.next(after: now)
    let there = max(0, after - rate * (next - now))
    // Within a pass the first two polls lie closest together: what remains only gets less.
    if let last = polls.last, Self.isSlow(from: last.remaining, to: there) {
      at = next
    } else if Self.isSlow(from: there, to: max(0, there - rate * polls.period)) {
      at = next + polls.period
    } else {
      at = .infinity
    }
  }

  private static func isSlow(from previous: Double, to current: Double) -> Bool {
    previous > 0 && ((previous - current) * 100 / previous).rounded() < 10
  }
}
