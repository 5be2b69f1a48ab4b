public import EvacuationModel

/// What the key of a change means: a place in the policy, or in elements of one of the inventory's lists.
enum ScenarioKey {
  case policy([String])
  case inventory(list: String, rest: String)

  private static let lists = ["hosts", "links", "storage", "vms", "groups"]

  init(_ key: String) {
    let words = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if words.count == 2, Self.lists.contains(words[0]) {
      self = .inventory(list: words[0], rest: words[1])
    } else {
      self = .policy(key.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
    }
  }

  /// The way to a key of the policy: `rules[0].max_downtime` leads through the first rule.
  static func steps(_ keys: [String]) -> [DocumentEdit.Step] {
    keys.flatMap { word -> [DocumentEdit.Step] in
      guard word.hasSuffix("]"), let bracket = word.lastIndex(of: "["),
        let place = Int(word[word.index(after: bracket)...].dropLast()), place >= 0
      else { return [.key(word)] }
      return [.key(String(word[..<bracket])), .element(place)]
    }
  }

  /// The list on the way along `steps` that has no element where they ask for one, and how many it has.
  static func tooShort(_ steps: [DocumentEdit.Step], in document: SourceDocument) -> (
    list: String, count: Int
  )? {
    var node: Int? = 0
    var name = ""
    for step in steps {
      switch step {
      case .key(let key):
        name = key
        node = node.flatMap { document.nodes[$0].kind == .mapping ? document.value(of: key, in: $0) : nil }
      case .element(let place):
        let elements =
          node.flatMap { document.nodes[$0].kind == .sequence ? document.elements($0) : nil } ?? []
        guard place < elements.count else { return (name, elements.count) }
        node = elements[place]
      case .elements: return nil
      }
    }
    return nil
  }

  /// Splits `compute-*.migration_bandwidth` into names and key. Names may have dots, so the longest one that some
  /// of `names` matches counts.
  static func split(_ rest: String, names: [String]) -> (names: Glob, keys: [String])? {
    let words = rest.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    // More dots than any name and key have together.
    guard words.count <= 2 * SourceText.deepest else { return nil }
    for count in stride(from: words.count - 1, through: 1, by: -1) {
      let glob = Glob(words[..<count].joined(separator: "."))
      if names.contains(where: glob.matches) { return (glob, Array(words[count...])) }
    }
    return nil
  }
}

extension ScenarioChange {
  var origin: SourceDocument.Origin { .init(path: path, place: place) }

  /// A finding about the change itself.
  func finding(_ code: FindingCode, _ message: String, help: String) -> Finding {
    Finding(code, path: path, place: place, message: message, help: help)
  }

  /// Whether it is about the inventory; else about the policy.
  public var isAboutInventory: Bool {
    guard case .setting(let key, _) = kind else { return true }
    if case .inventory = ScenarioKey(key) { return true }
    return false
  }
}
