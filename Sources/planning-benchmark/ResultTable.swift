import Quantities

/// Prints each result as it comes, in seconds of one core.
struct ResultTable {
  private static let stages = ["read", "forecast", "place", "schedule", "report", "verify", "write"]
  private var results: [Measurement] = []

  mutating func add(_ result: Measurement) {
    if results.isEmpty {
      Self.row(
        "hosts",
        ["VMs", "moves", "stay"] + Self.stages
          + ["total", "evac", "json.load", "ratio", "MiB", "÷ bound", "errors", "trials"])
    }
    results.append(result)
    let profile = result.profile
    let ratio = result.process.flatMap { process in result.floor.map { process.coreSeconds / $0 } }
    let counts = ["\(result.guests)", "\(profile.moves)", "\(profile.stay)"]
    let times = Self.stages.map { name in
      Self.text(profile.stages.filter { $0.name == name }.reduce(0) { $0 + $1.seconds })
    }
    let whole = [
      Self.text(profile.total), Self.text(result.process?.coreSeconds), Self.text(result.floor),
      ratio?.text(places: 1) ?? "–", result.process?.peakMebibytes.text(places: 0) ?? "–",
      profile.makespanOverBound.text(places: 3), "\(profile.errors)", Self.text(profile.trials),
    ]
    Self.row(result.shape.name, counts + times + whole)
  }

  /// How much longer ten times the hosts, guests and moves take.
  func printGrowth() {
    for small in results {
      for large in results
      where large.shape.hosts == 10 * small.shape.hosts && large.shape.drained == 10 * small.shape.drained
        && large.shape.isPrescribed == small.shape.isPrescribed
      {
        let whole = large.process.flatMap { large in small.process.map { large.coreSeconds / $0.coreSeconds }
        }
        let growth = whole ?? large.profile.total / small.profile.total
        print("\(small.shape.hosts) to \(large.shape.hosts) hosts: \(growth.text(places: 1)) times as long")
      }
    }
  }

  private static func text(_ seconds: Double?) -> String { seconds?.text(places: 3) ?? "–" }

  private static func row(_ name: String, _ cells: [String]) {
    func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
    print(name + spaces(19 - name.count) + cells.map { spaces(10 - $0.count) + $0 }.joined())
  }
}
