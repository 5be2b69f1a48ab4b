import Foundation

/// Says on a terminal what takes long: nothing for the first second, then what is being done and for how long.
enum Progress {
  /// Does `work` and meanwhile shows `title`. `Work` runs on another thread; the result comes back whole.
  static func during<Value: Sendable>(_ title: String, _ work: @escaping @Sendable () -> Value) async -> Value
  {
    guard isatty(STDERR_FILENO) == 1 else { return work() }
    let ticker = Task {
      let start = ContinuousClock.now
      try await Task.sleep(for: .seconds(1))
      while !Task.isCancelled {
        let seconds = (ContinuousClock.now - start).components.seconds
        let place = Int(seconds) % 20
        let bar = String(repeating: "·", count: place) + "━━━" + String(repeating: "·", count: 19 - place)
        Console.remark("\r\u{1B}[K\(title) \(bar) \(seconds) s")
        try await Task.sleep(for: .milliseconds(200))
      }
    }
    let value = await Task.detached(operation: work).value
    ticker.cancel()
    Console.remark("\r\u{1B}[K")
    return value
  }
}
