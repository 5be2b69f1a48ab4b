import EvacuationModel

/// Something that a platform does not tell, about one subject, and what was taken instead.
struct Assumption: Hashable, Sendable {
  /// What an overlay may tell after all; it then takes the assumption back.
  enum Topic: Hashable, Sendable {
    case workload
    case migrationBandwidth
    case reservedMemory
    case diskLocality
    case other
  }

  /// All assumptions of one kind are one finding, however many subjects they are about.
  struct Kind: Hashable, Sendable {
    var topic = Topic.other
    /// What is counted, such as `VM`.
    let noun: String
    /// `{}` stands for the count with its noun, `{names}` for the first few subjects.
    let message: String
    let help: String
  }

  let kind: Kind
  /// The host, guest or pool that it is about.
  let subject: String
}

/// What an import had to assume, in the order in which it came up.
struct Assumptions: Hashable, Sendable {
  private(set) var all: [Assumption] = []

  mutating func add(_ kind: Assumption.Kind, about subjects: some Sequence<String>) {
    all += subjects.map { Assumption(kind: kind, subject: $0) }
  }

  mutating func add(_ kind: Assumption.Kind, about subject: String) { add(kind, about: [subject]) }

  mutating func add(_ others: Self) { all += others.all }

  /// Takes back what is known now.
  mutating func remove(where isKnown: (Assumption) -> Bool) { all.removeAll(where: isKnown) }

  /// One note for each kind.
  var findings: [Finding] {
    var order: [Assumption.Kind] = []
    var subjects: [Assumption.Kind: [String]] = [:]
    for assumption in all {
      if subjects[assumption.kind] == nil { order.append(assumption.kind) }
      subjects[assumption.kind, default: []].append(assumption.subject)
    }
    return order.map { kind in
      let names = subjects[kind] ?? []
      let message = kind.message.replacing("{}", with: counted(names.count, kind.noun))
        .replacing("{names}", with: listed(Set(names).sorted()))
      return Finding(.assumption, message: message, help: kind.help)
    }
  }
}

extension Assumption.Kind {
  /// How hard guests write is what a forecast depends on most. `help` names the command that measures it.
  static func workload(measure help: String) -> Self {
    Self(
      topic: .workload, noun: "VM", message: "write intensity of {} unknown: medium assumed", help: help)
  }

  /// The speed of the migration network; `help` names where it can be looked up.
  static func migrationBandwidth(
    _ platform: String, help: String = "set migration_bandwidth to what the hosts have"
  ) -> Self {
    Self(
      topic: .migrationBandwidth, noun: "host",
      message: "\(platform) does not tell the speed of the migration network: 10 Gbit/s assumed for {}",
      help: help)
  }

  /// Memory that hosts keep for themselves.
  static func reservedMemory(_ platform: String) -> Self {
    Self(
      topic: .reservedMemory, noun: "host",
      message: "\(platform) does not tell what hosts keep for themselves: 1 GiB assumed for {}",
      help: "set reserved_memory to what the host's own services need")
  }
}
