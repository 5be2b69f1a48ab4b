import Dispatch
import Foundation
import Synchronization

/// Ctrl-C during a long search: the first asks for the best result so far, a second ends the program as usual.
final class Interrupt: Sendable {
  private let wasAsked = Atomic(false)

  /// Whether somebody has pressed Ctrl-C.
  var isAsked: Bool { wasAsked.load(ordering: .relaxed) }

  /// Does `work`, which may ask from time to time whether to come to an end.
  static func during<Value: Sendable>(_ work: (Interrupt) -> Value) -> Value {
    let interrupt = Interrupt()
    let watch = SignalWatch(interrupt, answer: "the best plan so far follows")
    defer { watch.end() }
    return work(interrupt)
  }

  /// The same for work of several parts. `answer` is what is said at once when somebody asks for an end.
  static func during<Value: Sendable>(
    answer: String, _ work: (Interrupt) async -> Value
  ) async -> Value {
    let interrupt = Interrupt()
    let watch = SignalWatch(interrupt, answer: answer)
    defer { watch.end() }
    return await work(interrupt)
  }

  fileprivate func ask() { wasAsked.store(true, ordering: .relaxed) }
}

/// Takes the signal over, and gives it back.
private struct SignalWatch {
  private let usual = signal(SIGINT, SIG_IGN)
  private let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())

  init(_ interrupt: Interrupt, answer: String) {
    source.setEventHandler {
      guard !interrupt.isAsked else {
        signal(SIGINT, SIG_DFL)
        raise(SIGINT)
        return
      }
      interrupt.ask()
      Console.remark("\nInterrupted: \(answer); once more ends at once.\n")
    }
    source.resume()
  }

  func end() {
    source.cancel()
    signal(SIGINT, usual)
  }
}
