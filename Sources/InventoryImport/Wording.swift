/// `1 host`, `3 hosts`.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) \(count == 1 ? one : many ?? one + "s")"
}

/// At most five of `names`, and how many more there are.
func listed(_ names: [String]) -> String {
  let head = names.prefix(5).map(shown).joined(separator: ", ")
  return names.count > 5 ? "\(head) and \(names.count - 5) more" : head
}
