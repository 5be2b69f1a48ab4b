import EvacuationModel

/// What a remark about an inventory is about: an element of one of its lists, or something inside it.
struct InventorySubject {
  enum List: String {
    case links
    case storage
    case hosts
    case vms
    case groups
  }

  enum Step {
    case key(String)
    case index(Int)
  }

  var list: List
  /// `nil`: the list as a whole.
  var index: Int?
  var steps: [Step] = []

  static func element(_ list: List, _ index: Int, _ steps: Step...) -> Self {
    Self(list: list, index: index, steps: steps)
  }
}

/// A remark on an inventory as a whole, not yet at a line.
struct InventoryRemark {
  var code: FindingCode
  var severity: Severity
  var subject: InventorySubject
  var message: String
  var help: String

  init(
    _ code: FindingCode, severity: Severity? = nil, _ subject: InventorySubject, _ message: String,
    help: String
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.subject = subject
    self.message = message
    self.help = help
  }
}

/// Where the elements of an inventory's lists stand in the file.
struct InventoryPlaces {
  var lists: [InventorySubject.List: [Int]] = [:]

  /// The node of `subject`, or of what comes nearest to it.
  func node(of subject: InventorySubject, in document: SourceDocument) -> Int {
    guard let index = subject.index, let elements = lists[subject.list], elements.indices.contains(index)
    else { return document.value(of: subject.list.rawValue, in: 0) ?? 0 }
    var node = elements[index]
    for step in subject.steps {
      switch step {
      case .key(let key):
        guard document.nodes[node].kind == .mapping, let value = document.value(of: key, in: node)
        else { return node }
        node = value
      case .index(let index):
        let children = document.nodes[node].kind == .sequence ? document.elements(node) : []
        guard children.indices.contains(index) else { return node }
        node = children[index]
      }
    }
    return node
  }
}
