import EvacuationModel

/// Checks the pattern of a rolling maintenance against the inventory.
enum RollingRequest {
  static func findings(_ text: String, inventory: Inventory) -> [Finding] {
    let pattern = HostPattern(text)
    guard !inventory.hosts.contains(where: pattern.matches) else { return [] }
    let known = inventory.hosts.map(\.id.name)
    return [
      Finding(
        .unknownDrainHost, path: "--rolling", place: text, message: "no host of the inventory matches",
        help: Suggestion.nearest(to: text, among: known).map { "did you mean `\($0)`?" }
          ?? "write a glob over host names such as 'compute-*', or rack=a, zone=az1 or a label's key=value")
    ]
  }
}
