import EvacuationModel
import Quantities

extension PolicyReader {
  static func cold(_ section: PolicySection, _ base: Sourced<ColdPolicy>) -> ColdPolicy {
    ColdPolicy(
      allowed: section.flag("allowed", Sourced(base.value.allowed, base.source)),
      shutdown: section.setting("shutdown", Sourced(base.value.shutdown, base.source), text: \.text) {
        $0.quantity()
      },
      boot: section.setting("boot", Sourced(base.value.boot, base.source), text: \.text) { $0.quantity() })
  }
}
