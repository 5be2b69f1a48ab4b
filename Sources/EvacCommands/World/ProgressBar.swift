import Foundation
import Synchronization

/// Says on a terminal how much of a work of many parts is done: nothing for the first second.
///
/// Whoever has done a part moves it on. All cores may be at work, and a task of its own would wait for them.
final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    var lastShown: ContinuousClock.Instant?
  }

  private let title: String
  private let parts: Int
  private let start = ContinuousClock.now
  private let isOn = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  /// A bar for a work of so many parts.
  init(_ title: String, parts: Int) {
    self.title = title
    self.parts = max(1, parts)
  }

  /// One more part is done.
  func advance() {
    let now = ContinuousClock.now
    let done: Int? = state.withLock { state in
      state.done += 1
      guard isOn, now - start > .seconds(1), state.lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
      else { return nil }
      state.lastShown = now
      return state.done
    }
    if let done { Console.remark("\r\u{1B}[K" + line(done, seconds: (now - start).components.seconds)) }
  }

  /// Takes it off the terminal.
  func finish() {
    if isOn { Console.remark("\r\u{1B}[K") }
  }

  private func line(_ done: Int, seconds: Int64) -> String {
    let filled = min(20, 20 * done / parts)
    let bar = String(repeating: "━", count: filled) + String(repeating: "·", count: 20 - filled)
    return "\(title) \(bar) \(done) of \(parts), \(seconds) s"
  }
}
