import EvacTestSupport
import EvacuationModel
import Testing

@Suite struct `Zone rule` {
  private func answer(_ zone: String?, target: String?) -> String {
    PlanQuestion.pair(
      vm: .small("vm", on: "host-1", zone: zone), from: .small("host-1", zone: "az1"),
      to: .small("host-2", zone: target)
    ).answer()
  }

  @Test func `a guest that is bound to a zone stays in it`() {
    #expect(answer("az1", target: "az1") == "goes")
    #expect(answer("az1", target: "az2") == "zone: is outside zone az1")
    #expect(answer("az1", target: nil) == "zone: is outside zone az1")
  }

  @Test func `a guest without a zone may leave its host's`() {
    #expect(answer(nil, target: "az2") == "goes")
  }
}
