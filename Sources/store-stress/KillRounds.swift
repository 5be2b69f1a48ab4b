import Foundation

/// Kills `evac plan` and `evac record` at random moments. After each kill the store must open and be sound, and hold all
/// that was reported as saved.
struct KillRounds {
  let command: Command
  let kills: Int
  private(set) var killed = 0
  private(set) var reported = 0
  private var seed = 0
  private var plans: Set<String> = []
  private var steps: Set<String> = []
  private var open: [String]
  /// The plan that is recorded.
  let id: String

  /// Prepares a plan with `guests` steps in the folder of `command`.
  init(_ command: Command, kills: Int, guests: Int) throws {
    self.command = command
    self.kills = kills
    id = try Self.planned(try command.run(Self.plan(Cluster.large, seed: 0)))
    open = (1...guests).map { "m" + String(repeating: "0", count: max(0, 3 - "\($0)".count)) + "\($0)" }
      .reversed()
    plans = [id]
  }

  /// The step that would be recorded after all others.
  var lastStep: String { open.first ?? "" }

  static func plan(_ host: String, seed: Int) -> [String] {
    ["plan", "stress.yaml", "--policy", "policy.yaml", "--drain", host, "--seed", "\(seed)"]
  }

  private static func planned(_ result: Command.Result) throws -> String {
    let mark = "Saved as "
    guard
      let line = result.error.split(separator: "\n").first(where: { $0.hasPrefix(mark) && $0.hasSuffix(".") })
    else { throw Violation(description: "not saved: \(result.error)") }
    return String(line.dropFirst(mark.count).dropLast())
  }

  /// Every second round kills a plan, the others a record.
  mutating func run(_ generator: inout some RandomNumberGenerator) throws {
    let (planTime, recordTime) = (try time { try plan(nil) }, try time { try record(nil) })
    say("undisturbed: plan \(Int(planTime * 1000)) ms, record \(Int(recordTime * 1000)) ms")
    var round = 0
    while killed < kills {
      if round.isMultiple(of: 2) {
        try plan(Double.random(in: 0...planTime * 1.1, using: &generator))
      } else {
        try record(Double.random(in: 0...recordTime * 1.1, using: &generator))
      }
      try check(round)
      round += 1
    }
  }

  private func time(_ body: () throws -> Void) rethrows -> Double {
    let start = Date()
    try body()
    return Date().timeIntervalSince(start)
  }

  private mutating func plan(_ seconds: Double?) throws {
    seed += 1
    let result = try command.run(Self.plan(Cluster.small, seed: seed), killAfter: seconds)
    if result.status == nil { killed += 1 }
    // What stands on standard error was said, whether or not the rest came.
    if let id = try? Self.planned(result) {
      plans.insert(id)
      reported += 1
    } else if result.status != nil {
      throw Violation(description: "plan failed: \(result.error)")
    }
  }

  private mutating func record(_ seconds: Double?) throws {
    guard let step = open.last else { throw Violation(description: "no steps are left: give more guests") }
    let result = try command.run(
      ["record", id, "--done", step, "--took", "\(open.count) s"], killAfter: seconds)
    if result.status == nil { killed += 1 }
    if result.output.contains(step) || result.output.contains("Nothing new") {
      steps.insert(step)
      open.removeLast()
      reported += 1
    } else if result.status != nil {
      throw Violation(description: "record failed: \(result.error)")
    }
  }

  /// The store opens, is sound, and nothing that was reported is missing.
  private func check(_ round: Int) throws {
    let sound = try command.run(["store", "check"])
    guard sound.status == 0 else { throw Violation(description: "round \(round): \(sound.error)") }
    let history = try command.run(["history", "--json"]).output
    for plan in plans where !history.contains("\"\(plan)\"") {
      throw Violation(description: "round \(round): plan \(plan) is missing")
    }
    let shown = try command.run(["show", id]).output.split(separator: "\n")
    let done = Set(shown.filter { $0.contains("  done  ") }.flatMap { $0.split(separator: " ") })
    for step in steps where !done.contains(Substring(step)) {
      throw Violation(description: "round \(round): \(step) is missing")
    }
  }
}
