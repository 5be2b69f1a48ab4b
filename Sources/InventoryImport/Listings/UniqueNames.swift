import EvacuationModel

/// Names in an inventory are unique; on most platforms only ids are.
struct UniqueNames {
  /// The name by id.
  private(set) var byID: [String: String] = [:]
  /// The names that had to be changed.
  private(set) var changed: [String] = []

  /// Of those with equal names, the one with the lowest id keeps it and the others add the first eight
  /// characters of their id, or all of it if that is taken too.
  init(_ things: [(id: String, name: String?)]) {
    let sorted = things.sorted { $0.id < $1.id }
    var taken: Set<String> = []
    var later: [(id: String, name: String)] = []
    for thing in sorted {
      let name = thing.name ?? thing.id
      if taken.insert(name).inserted { byID[thing.id] = name } else { later.append((thing.id, name)) }
    }
    for thing in later {
      let short = "\(thing.name) (\(thing.id.prefix(8)))"
      let name = taken.contains(short) ? "\(thing.name) (\(thing.id))" : short
      taken.insert(name)
      byID[thing.id] = name
      changed.append(name)
    }
  }

  /// A note about names that had to be changed, if there are any.
  var findings: [Finding] {
    let names = changed
    guard !names.isEmpty else { return [] }
    return [
      Finding(
        .duplicateName, severity: .note,
        message:
          "names used twice: \(counted(names.count, "name")) got part of the id: \(listed(names.sorted()))",
        help: "nothing to do: commands use the ids")
    ]
  }
}
