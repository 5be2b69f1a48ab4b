import EvacTestSupport
import EvacuationModel
import Testing

@Suite struct `Host state rule` {
  @Test func `only a host that is up takes arrivals`() {
    #expect(PlanQuestion.pair(to: .small("host-2", state: .up)).answer() == "goes")
    #expect(
      PlanQuestion.pair(to: .small("host-2", state: .disabled)).answer()
        == "host_state: is disabled and takes no arrivals")
    #expect(
      PlanQuestion.pair(to: .small("host-2", state: .down)).answer()
        == "host_state: is down and takes no arrivals")
  }

  @Test func `a disabled host can be drained`() {
    #expect(PlanQuestion.pair(from: .small("host-1", state: .disabled)).answer() == "goes")
  }
}
