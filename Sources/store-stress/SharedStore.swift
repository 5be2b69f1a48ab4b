import Foundation

/// Lets writers and readers, each a process after the other, use one store at once for a while.
struct SharedStore {
  let command: Command
  let seconds: Double
  /// The plan to record for.
  let plan: String
  /// One of its steps that nobody has recorded as done: it may fail again and again.
  let step: String

  /// How many commands ran without an error, by what they did.
  func run() throws -> (writes: Int, reads: Int) {
    let deadline = Date().addingTimeInterval(seconds)
    let tally = Tally()
    let group = DispatchGroup()
    for writer in 0..<2 {
      work(group, until: deadline, tally, isWriter: true) { round in
        writer == 0
          ? KillRounds.plan(Cluster.small, seed: 1_000_000 + round)
          : ["record", plan, "--failed", step, "--reason", "attempt \(round)"]
      }
    }
    for reader in 0..<4 {
      work(group, until: deadline, tally, isWriter: false) { _ in
        switch reader {
        case 0: ["history"]
        case 1: ["store", "check"]
        case 2: ["show", plan]
        default: ["store", "export", "--output", "export-\(reader).jsonl"]
        }
      }
    }
    group.wait()
    if let problem = tally.problem { throw Violation(description: problem) }
    return (tally.writes, tally.reads)
  }

  private func work(
    _ group: DispatchGroup, until deadline: Date, _ tally: Tally, isWriter: Bool,
    _ arguments: @escaping @Sendable (Int) throws -> [String]
  ) {
    let command = command
    DispatchQueue.global().async(group: group) {
      var round = 0
      while Date() < deadline, tally.problem == nil {
        do {
          let arguments = try arguments(round)
          let result = try command.run(arguments)
          guard result.status == 0 else {
            throw Violation(description: "\(arguments.joined(separator: " ")): \(result.error)")
          }
          tally.count(isWriter)
        } catch {
          tally.stop("\(error)")
        }
        round += 1
      }
    }
  }
}

/// What all threads have done together.
private final class Tally: @unchecked Sendable {
  private let lock = NSLock()
  private var counts = (writes: 0, reads: 0)
  private var reason: String?

  var writes: Int { lock.withLock { counts.writes } }
  var reads: Int { lock.withLock { counts.reads } }
  var problem: String? { lock.withLock { reason } }

  func count(_ isWriter: Bool) {
    lock.withLock { if isWriter { counts.writes += 1 } else { counts.reads += 1 } }
  }

  func stop(_ reason: String) { lock.withLock { self.reason = self.reason ?? reason } }
}
