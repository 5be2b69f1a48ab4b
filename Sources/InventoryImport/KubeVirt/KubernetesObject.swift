import Quantities

/// One object of a cluster, whatever its kind.
struct KubernetesObject {
  let kind: String
  let path: String
  let value: JSONValue

  /// The objects in `value`: one, or the items of a list. Items of a list that the API itself gave do not tell their
  /// kind; the list's kind does.
  static func all(in value: JSONValue, path: String) -> [Self] {
    let kind = value.text("kind") ?? ""
    if let items = value.first(["items"])?.elements {
      let ownKind = kind.hasSuffix("List") ? String(kind.dropLast(4)) : ""
      return items.flatMap { item in
        let objects = all(in: item, path: path)
        return objects.isEmpty && !ownKind.isEmpty ? [Self(kind: ownKind, path: path, value: item)] : objects
      }
    }
    if let elements = value.elements { return elements.flatMap { all(in: $0, path: path) } }
    return kind.isEmpty ? [] : [Self(kind: kind, path: path, value: value)]
  }

  /// The value down `keys`.
  func at(_ keys: String...) -> JSONValue? {
    keys.reduce(Optional(value)) { value, key in value?.first([key]) }
  }

  var name: String { at("metadata", "name")?.text ?? "unnamed" }
  var namespace: String { at("metadata", "namespace")?.text ?? "default" }
  var labels: [String: String] { value.first(["metadata"])?.pairs("labels") ?? [:] }

  /// Whether condition `type` holds, with its reason and message; `nil` if nothing is said of it.
  func condition(_ type: String) -> (holds: Bool, reason: String, message: String)? {
    let conditions = at("status", "conditions")?.elements ?? []
    guard let condition = conditions.first(where: { $0.text("type") == type }) else { return nil }
    return (
      condition.text("status")?.lowercased() == "true", condition.text("reason") ?? "",
      condition.text("message") ?? ""
    )
  }
}

extension JSONValue {
  /// The value down `keys`.
  func at(_ keys: String...) -> JSONValue? {
    keys.reduce(Optional(self)) { value, key in value?.first([key]) }
  }

  /// A quantity in bytes.
  var quantityBytes: ByteCount? {
    text.flatMap(KubernetesQuantity.number).map { ByteCount(rounding: $0) }
  }

  /// A quantity of CPUs, in whole ones.
  func quantityCPUs(rounded rule: FloatingPointRoundingRule) -> Int? {
    guard let number = text.flatMap(KubernetesQuantity.number)?.rounded(rule), (1...1e6).contains(number)
    else {
      return nil
    }
    return Int(number)
  }
}
