import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing

@Suite struct `An explanation` {
  private func explanation(of name: String, in question: PlanQuestion) throws -> PlanExplanation {
    let plan = question.verifiedPlan()
    return try #require(
      PlanExplainer(plan, inventory: question.inventory, policy: question.policy).explain(name))
  }

  private let one = PlanQuestion.timed([[("a", 3), ("b", 10), ("c", 5)]]) {
    $0.liveOutboundPerHost = .atMost(1)
    $0.batching = .rolling
  }

  @Test func `names the slot that a move waits for`() throws {
    let waits = try explanation(of: "c", in: one).moves.map(\.waits)
    #expect(waits == [["host-1 sends one live or block migration at a time: b (m001) had to end first"]])
    #expect(try explanation(of: "b", in: one).moves.map(\.waits) == [["starts with the plan"]])
  }

  @Test func `names the batch that a move waits for`() throws {
    let barrier = one.with { $0.policy.concurrency.batching = .barrier }
    #expect(
      try explanation(of: "c", in: barrier).moves.map(\.waits)
        == [["batch 2 begins when the one before has ended, b (m001) last"]])
  }

  @Test func `names the destination's slots`() throws {
    let question = PlanQuestion.timed([[("a", 10)], [("b", 5)]], receivers: 1) {
      $0.inboundPerHost = .atMost(1)
      $0.batching = .rolling
    }
    #expect(
      try explanation(of: "b", in: question).moves.map(\.waits)
        == [["receiver-1 takes one arrival at a time: a (m001) had to end first"]])
  }

  @Test func `compares every host, the chosen one first`() throws {
    let move = try #require(try explanation(of: "m002", in: one).moves.first)
    #expect(move.possible.first?.host == move.step.destination)
    #expect(Set(move.possible.map(\.host)) == ["receiver-1", "receiver-2"])
    #expect(move.refusals.isEmpty)
  }

  @Test func `says why a host is out of the question`() throws {
    let full = one.with { question in
      for index in question.inventory.hosts.indices where question.inventory.hosts[index].id == "receiver-2" {
        question.inventory.hosts[index].state = .disabled
      }
    }
    let move = try #require(try explanation(of: "c", in: full).moves.first)
    #expect(move.possible.map(\.host) == ["receiver-1"])
    #expect(move.refusals.map { "\($0.host): \($0.code)" } == ["receiver-2: host_state"])
  }

  @Test func `of a host counts who leaves and who comes`() throws {
    let drained = try #require(try explanation(of: "host-1", in: one).host)
    #expect(drained.isDrained)
    #expect([drained.guestsBefore, drained.guestsAfter] == [3, 0])
    #expect(drained.departures.map(\.name) == ["m001", "m002", "m003"])
    let receivers = try ["receiver-1", "receiver-2"].compactMap { try explanation(of: $0, in: one).host }
    #expect(receivers.flatMap(\.arrivals).map(\.name).sorted() == ["m001", "m002", "m003"])
    #expect(receivers.allSatisfy { !$0.isDrained && $0.loadAfter >= $0.loadBefore })
  }

  @Test func `of a guest that stays repeats why`() throws {
    let stuck = one.with { question in
      for index in question.inventory.hosts.indices where question.inventory.hosts[index].id != "host-1" {
        question.inventory.hosts[index].state = .down
      }
    }
    let explanation = try explanation(of: "a", in: stuck)
    #expect(explanation.moves.isEmpty)
    #expect(explanation.stays?.refusals.map(\.code) == ["host_state", "host_state"])
  }

  @Test func `of a name that nothing has is none`() {
    #expect(
      PlanExplainer(one.plan(), inventory: one.inventory, policy: one.policy).explain("nobody") == nil)
  }
}
