import EvacuationModel

/// Collects the effective settings in the order in which they are read.
final class SettingLog {
  private(set) var settings: [EffectiveSetting] = []

  func record(_ key: String, _ value: String, origin: String) {
    settings.append(EffectiveSetting(key: key, value: value, origin: origin))
  }
}

/// One section of a policy file. Reading a key and recording what counts for it is one call, so that
/// `evac policy show` cannot tell anything else than what the planner uses.
struct PolicySection {
  /// `nil` for the keys at the top of the file.
  let name: String?
  /// `nil` where the file does not have the section.
  let fields: Fields?
  /// `nil` inside a rule, whose settings are not the policy's.
  let log: SettingLog?

  /// The value that `key` has in the file, else `base`. What was learned counts before both.
  func setting<Value>(
    _ key: String, _ base: Sourced<Value>, learned: (Value) -> Sourced<Value>? = { _ in nil },
    text: (Value) -> String, read: (SourceValue) -> Value?
  ) -> Value {
    let written = fields?[key]
    let stated = written.flatMap(read) ?? base.value
    let learned = learned(stated)
    let value = learned?.value ?? stated
    if let log {
      let origin =
        learned?.source ?? written.map { $0.reader.origin(of: $0.node) }
        ?? "default: \(base.source)"
      log.record([name, key].compactMap { $0 }.joined(separator: "."), text(value), origin: origin)
    }
    return value
  }

  /// Whether the file has `key`.
  func states(_ key: String) -> Bool { fields?[key] != nil }

  /// Truth values.
  func flag(_ key: String, _ base: Sourced<Bool>) -> Bool {
    setting(key, base, text: { "\($0)" }, read: { $0.bool() })
  }

  /// Reports that settings of this section do not go together.
  func contradiction(_ severity: Severity, _ message: String, help: String) {
    fields?.report(.contradictorySettings, severity: severity, message, help: help)
  }
}

extension Fields {
  /// Reads the section `name`, which may be missing.
  func section<Result>(
    _ name: String, log: SettingLog?, _ body: (PolicySection) -> Result
  ) -> Result {
    let read = self[name].flatMap { value in
      value.mapping { body(PolicySection(name: name, fields: $0, log: log)) }
    }
    return read ?? body(PolicySection(name: name, fields: nil, log: log))
  }
}
