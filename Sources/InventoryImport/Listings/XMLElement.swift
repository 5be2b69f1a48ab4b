/// An element of an XML document, without what nothing here needs: namespaces, comments and the order of
/// text between elements.
struct XMLElement: Hashable, Sendable {
  /// The name without its namespace's prefix: what `nova:instance` is called depends on the writer.
  let name: String
  var attributes: [String: String] = [:]
  var children: [XMLElement] = []
  /// All text directly inside, without spaces around it.
  var text = ""

  /// The child elements named `name`.
  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first element down `path`.
  func first(_ path: String...) -> XMLElement? {
    path.reduce(Optional(self)) { element, name in element?.children.first { $0.name == name } }
  }

  /// The text of the first element down `path`; `nil` if there is none or it is empty.
  func text(_ path: String...) -> String? {
    let found = path.reduce(Optional(self)) { element, name in
      element?.children.first { $0.name == name }
    }
    return found.flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  /// An attribute; `nil` if it is missing or empty.
  subscript(attribute: String) -> String? {
    attributes[attribute].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// All elements named `name`, at any depth.
  func descendants(_ name: String) -> [XMLElement] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.descendants(name) }
  }
}
