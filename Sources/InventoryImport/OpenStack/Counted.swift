/// `1 host`, `3 hosts`.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) \(count == 1 ? one : many ?? one + "s")"
}

/// The first three names in order, and how many more there are.
func listed(_ names: [String]) -> String {
  let shown = names.sorted().prefix(3).joined(separator: ", ")
  return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
}
