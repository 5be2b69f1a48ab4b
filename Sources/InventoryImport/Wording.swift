/// `3 guests`, `1 guest`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// At most five of `names`, and how many more there are.
func listed(_ names: [String]) -> String {
  let head = names.prefix(5).map(shown).joined(separator: ", ")
  return names.count > 5 ? "\(head) and \(names.count - 5) more" : head
}
