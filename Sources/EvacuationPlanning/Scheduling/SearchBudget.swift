/// How many schedules a search may still try; spent when the search is interrupted.
struct SearchBudget: Sendable {
  private var left = 0
  private let isInterrupted: @Sendable () -> Bool

  init(_ effort: SearchEffort) {
    isInterrupted = effort.isInterrupted
  }

  /// What one search may try, however much another has left.
  mutating func grant(_ count: Int) { left = count }

  /// Whether one more may be tried.
  mutating func take() -> Bool {
    guard left > 0, !isInterrupted() else { return false }
    left -= 1
    return true
  }
}
