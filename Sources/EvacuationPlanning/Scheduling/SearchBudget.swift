/// How many schedules a search may still try; spent when the search is interrupted.
struct SearchBudget: Sendable {
  private(set) var tried = 0
  private(set) var planned = 0
  private(set) var wasInterrupted = false
  private var left = 0
  private let isInterrupted: @Sendable () -> Bool

  init(_ effort: SearchEffort) {
    isInterrupted = effort.isInterrupted
  }

  /// What one search may try, however much another has left.
  mutating func grant(_ count: Int) {
    left = count
    planned += count
  }

  /// Whether one more may be tried.
  mutating func take() -> Bool {
    guard left > 0, !wasInterrupted else { return false }
    wasInterrupted = isInterrupted()
    guard !wasInterrupted else { return false }
    left -= 1
    tried += 1
    return true
  }
}
