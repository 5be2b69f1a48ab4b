import EvacuationModel
import Foundation
import RunbookExport

/// A policy as it counts, setting by setting.
struct PolicyView {
  let policy: EffectivePolicy
  let platform: Platform

  var text: String {
    var table = TextTable([("setting", .left), ("value", .left), ("from", .left)])
    for setting in policy.settings { table.add([setting.key, setting.value, setting.origin]) }
    let title = "Policy \(VisibleText.of(policy.policy.name)) on platform \(platform.rawValue)\n\n"
    return title + table.lines.joined(separator: "\n") + "\n"
  }

  var json: String {
    struct Document: Encodable {
      let format = "evac.effective-policy/1"
      let name: String
      let platform: String
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
      settings: policy.settings.map { Setting(key: $0.key, value: $0.value, origin: $0.origin) })
    guard let data = try? encoder.encode(document) else { return "{}\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
