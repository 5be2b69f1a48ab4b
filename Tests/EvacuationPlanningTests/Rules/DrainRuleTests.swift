import EvacTestSupport
import EvacuationModel
import Testing

@Suite struct `Drain rule` {
  @Test func `a host that is drained itself takes nothing`() {
    let question = PlanQuestion.pair()
    #expect(question.answer() == "goes")
    #expect(
      question.with { $0.request.drain = ["host-1", "host-2"] }.answer()
        == "being_drained: is being drained itself")
  }
}
