public import EvacuationModel

/// All combinations of what may be otherwise.
public struct ScenarioGrid: Sendable {
  /// More than anybody reads, and about what a night of planning small clusters yields.
  public static let mostScenarios = 100_000
  /// What the base case is called.
  public static let baseName = "as it is"

  /// One thing that may be otherwise, and its values; `nil` leaves it as it is.
  public typealias Axis = [ScenarioChange?]

  private let axes: [Axis]

  /// The combinations of `axes`; the last one varies first.
  public init(_ axes: [Axis]) {
    self.axes = axes.filter { !$0.isEmpty }
  }

  /// How many combinations there are; `nil` if more than a number can say.
  public var count: Int? {
    var count = 1
    for axis in axes {
      let (product, isTooMuch) = count.multipliedReportingOverflow(by: axis.count)
      guard !isTooMuch else { return nil }
      count = product
    }
    return count
  }

  /// The combinations in which something is otherwise, each named after it; none if there are too many.
  public var scenarios: [Scenario] {
    guard let count, count <= Self.mostScenarios else { return [] }
    var combinations: [[ScenarioChange]] = [[]]
    for axis in axes {
      combinations = combinations.flatMap { before in axis.map { before + [$0].compactMap(\.self) } }
    }
    return combinations.filter { !$0.isEmpty }.map { changes in
      Scenario(name: changes.map(name).joined(separator: ", "), changes: changes)
    }
  }

  private func name(_ change: ScenarioChange) -> String {
    switch change.kind {
    case .setting: "\(shortKeys[change.key] ?? change.key)=\(change.value)"
    case .addedHost(let host, let like): "with \(host) like \(like)"
    case .missingHost(let host): "without \(host)"
    case .dirtyRate: change.value
    }
  }

  /// A policy's key without its section, where no other axis ends so. In an inventory's key the name matters, in a rule's
  /// key its number.
  private var shortKeys: [String: String] {
    let keys = axes.compactMap { $0.compactMap(\.self).first?.key }
    let short = keys.map { key in
      let words = key.split(separator: ".", omittingEmptySubsequences: false)
      return words.count == 2 && !words[0].hasSuffix("]") ? String(words[1]) : key
    }
    return Dictionary(
      zip(keys, short).filter { _, one in short.count { $0 == one } == 1 },
      uniquingKeysWith: { first, _ in first })
  }
}
