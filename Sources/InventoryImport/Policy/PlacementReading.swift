import EvacuationModel

extension PolicyReader {
  static func placement(
    _ section: PolicySection, moveOthers: Bool, receivers: ReceiverPreference
  ) -> (moveOthers: Bool, receivers: ReceiverPreference) {
    (
      moveOthers: section.flag("move_others", Sourced(moveOthers, "only hosts to drain are touched")),
      receivers: section.setting(
        "receivers", Sourced(receivers, "no host becomes a hot spot"), text: \.rawValue
      ) { $0.choice() }
    )
  }
}
