/// Which labels are meant: Kubernetes' `matchLabels` and `matchExpressions`, or a node selector's terms.
struct LabelSelector {
  private let equal: [String: String]
  private let expressions: [JSONValue]

  /// A selector of objects; `nil` selects nothing.
  init?(_ value: JSONValue?) {
    guard let value, case .object = value else { return nil }
    equal = value.pairs("matchLabels") ?? [:]
    expressions = value.first(["matchExpressions"])?.elements ?? []
  }

  /// A plain map of labels, as `nodeSelector` is one.
  init(labels: [String: String]) {
    equal = labels
    expressions = []
  }

  func matches(_ labels: [String: String]) -> Bool {
    equal.allSatisfy { labels[$0.key] == $0.value } && expressions.allSatisfy { Self.holds($0, labels) }
  }

  private static func holds(_ expression: JSONValue, _ labels: [String: String]) -> Bool {
    let value = expression.text("key").flatMap { labels[$0] }
    let values = expression.texts("values") ?? []
    switch expression.text("operator") {
    case "In": return value.map { values.contains($0) } ?? false
    case "NotIn": return value.map { !values.contains($0) } ?? true
    case "Exists": return value != nil
    case "DoesNotExist": return value == nil
    case "Gt", "Lt":
      guard let number = value.flatMap(Double.init), let bound = values.first.flatMap(Double.init) else {
        return false
      }
      return expression.text("operator") == "Gt" ? number > bound : number < bound
    default: return true
    }
  }
}
