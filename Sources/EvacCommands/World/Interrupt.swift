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
    let usual = signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      guard !interrupt.isAsked else {
        signal(SIGINT, SIG_DFL)
        raise(SIGINT)
        return
      }
      interrupt.wasAsked.store(true, ordering: .relaxed)
      Console.remark("\nInterrupted: the best plan so far follows; once more ends at once.\n")
    }
    source.resume()
    defer {
      source.cancel()
      signal(SIGINT, usual)
    }
    return work(interrupt)
  }
}
