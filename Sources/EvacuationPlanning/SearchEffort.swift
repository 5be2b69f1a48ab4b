/// How long to look for a better plan: a number of schedules, not seconds, so that the same request has the same
/// answer on every machine; and a way to end the search early.
public struct SearchEffort: Sendable {
  /// The most schedules that are tried for each number of migrations at once, or ways of a rolling maintenance; `nil`:
  /// as the size of the plan permits.
  public var schedules: Int?
  /// Whether to find out what other numbers of migrations at once would bring, for a remark of the plan.
  public var advises = true
  /// Asked between two schedules. Once it says yes, the best plan so far is the answer.
  public var isInterrupted: @Sendable () -> Bool

  /// The usual effort, without an end before its time.
  public init(schedules: Int? = nil, isInterrupted: @escaping @Sendable () -> Bool = { false }) {
    self.schedules = schedules
    self.isInterrupted = isInterrupted
  }

  /// Large plans take longer to try and are nearer to their bound from the beginning: about as much work for all.
  func schedules(moves: Int) -> Int {
    max(0, schedules ?? max(12, min(3000, 60_000 / max(1, moves))))
  }

  /// How many ways of a rolling maintenance of `guests` are played through.
  func rollings(guests: Int) -> Int {
    // Large clusters even out what single choices do to small ones.
    max(1, schedules ?? max(2, min(400, 50_000_000 / max(1, guests * guests))))
  }
}
