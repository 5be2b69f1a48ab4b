import EvacuationModel
import Quantities

extension PolicyReader {
  static func capacity(_ section: PolicySection, _ defaults: CapacityPolicy) -> CapacityPolicy {
    CapacityPolicy(
      cpuOvercommit: section.setting(
        "cpu_overcommit", Sourced(defaults.cpuOvercommit, "Nova cpu_allocation_ratio since 25.0"),
        text: { $0.text(significantDigits: 3) }, read: overcommit),
      memoryOvercommit: section.setting(
        "memory_overcommit", Sourced(defaults.memoryOvercommit, "no overcommit"),
        text: { $0.text(significantDigits: 3) }, read: overcommit),
      keepFree: section.setting(
        "keep_free", Sourced(defaults.keepFree, "nothing is kept free"), text: text, read: keepFree))
  }

  private static func overcommit(_ value: SourceValue) -> Double? {
    guard let factor = value.number() else { return nil }
    guard factor > 0, factor <= 1_000 else {
      value.report(
        .badQuantity, "\(shown(value.text)) is out of range",
        help: "write how much is promised for each real one, such as 4.0")
      return nil
    }
    return factor
  }

  private static func keepFree(_ value: SourceValue) -> Headroom? {
    guard value.kind == .mapping else { return value.share().map { .share($0) } }
    return value.mapping { fields in
      fields.required("hosts", example: "1")?.int(in: 0...100_000).map { .hosts($0) } ?? .hosts(0)
    }
  }

  private static func text(_ headroom: Headroom) -> String {
    switch headroom {
    case .hosts(0): "nothing"
    case .hosts(let count): counted(count, "host")
    case .share(let share): share.description
    }
  }
}
