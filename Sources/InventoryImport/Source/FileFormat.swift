import EvacuationModel

/// The formats of our own, and how to tell them.
enum FileFormat: String, CaseIterable {
  case inventory = "evac.inventory/1"
  case policy = "evac.policy/1"
  case plan = "evac.plan/1"
  case forecast = "evac.forecast/1"
  case scenarios = "evac.scenarios/1"
  case whatif = "evac.whatif/1"
  case calibration = "evac.calibration/1"
  case store = "evac.store/1"
  case overlay = "evac.overlay/1"

  private var noun: String {
    switch self {
    case .inventory: "an inventory"
    case .policy: "a policy"
    case .plan: "a plan"
    case .forecast: "a forecast"
    case .scenarios: "a list of scenarios"
    case .whatif: "the result of `evac whatif`"
    case .calibration: "a calibration"
    case .store: "a store's export"
    case .overlay: "an overlay"
    }
  }

  /// Whether the file says to be of this format; reports it if not.
  func isFormat(of root: SourceValue) -> Bool {
    let document = root.reader.document
    guard root.kind == .mapping else {
      root.report(
        .wrongFormat, "this is not \(noun): the file holds \(root.kindText)",
        help: "a file of this kind begins with `format: \(rawValue)`")
      return false
    }
    let node = document.value(of: "format", in: 0)
    let stated = node.map { SourceValue(reader: root.reader, node: $0) }
    if let stated, stated.kind == .string, stated.text == rawValue { return true }
    (stated ?? root).report(
      .wrongFormat, "this is not \(noun)\(Self.guess(root, stated: stated))",
      help: stated == nil ? "if it is one, add `format: \(rawValue)`" : "give \(noun), `format: \(rawValue)`")
    return false
  }

  private static func guess(_ root: SourceValue, stated: SourceValue?) -> String {
    if let stated {
      guard stated.kind == .string else { return ": its format is \(stated.kindText)" }
      if let known = FileFormat(rawValue: stated.text) { return ": it says to be \(known.noun)" }
      return ": its format is \(quoted(stated.text))"
    }
    let signs: KeyValuePairs<String, String> = [
      "steps": "a plan", "hosts": "an inventory", "vms": "an inventory", "concurrency": "a policy",
      "rules": "a policy", "precopy": "a policy", "scenarios": "a list of scenarios",
      "transports": "a calibration",
      "apiVersion": "a Kubernetes object; `evac import kubevirt` reads those",
    ]
    let sign = signs.first { root.reader.document.value(of: $0.key, in: 0) != nil }
    return sign.map { ": it has no `format`, but looks like \($0.value)" } ?? ": it has no `format`"
  }
}
