import EvacuationModel
import Foundation
import RunbookExport

/// A policy as it counts, setting by setting.
struct PolicyView {
  let policy: EffectivePolicy
  let platform: Platform

  /// Of the values only that of `fixed_time` is longer than the longest key.
  private static let widest = 32

  /// Section by section, each setting under its own key, aligned over all of them.
  var text: String {
    let keys = policy.settings.map { $0.key.split(separator: ".", maxSplits: 1).map(String.init) }
    var table = TextTable([("setting", .left), ("value", .left), ("from", .left)], widest: Self.widest)
    for (setting, key) in zip(policy.settings, keys) {
      table.add([(key.count > 1 ? "  " : "") + (key.last ?? ""), setting.value, setting.origin])
    }
    var lines = ["Policy \(VisibleText.of(policy.policy.name)) on platform \(platformText)", ""]
    var section: String?
    for (line, key) in zip(table.lines.dropFirst(), keys) {
      if key.count > 1, key.first != section { lines.append(key[0]) }
      section = key.first
      lines.append(line)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var platformText: String {
    [platform.rawValue, policy.policy.release?.name].compactMap { $0 }.joined(separator: " ")
  }

  var json: String {
    struct Document: Encodable {
      let format = "evac.effective-policy/1"
      let name: String
      let platform: String
      let platform_version: String?
      let settings: [Setting]
    }
    struct Setting: Encodable {
      let key: String
      let value: String
      let origin: String
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(
      name: policy.policy.name, platform: platform.rawValue,
      platform_version: policy.policy.release?.name,
      settings: policy.settings.map { Setting(key: $0.key, value: $0.value, origin: $0.origin) })
    guard let data = try? encoder.encode(document) else { return "{}\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
