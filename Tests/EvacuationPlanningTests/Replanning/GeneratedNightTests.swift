import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing

@Suite struct `Plans of the rest of a night` {
  static let seeds: Range<UInt64> = 0..<50

  @Test(arguments: seeds) func `change nothing that matters where nothing has happened`(_ seed: UInt64) {
    let night = Night(.generated(seed))
    let again = night.replanned().plan
    let difference = PlanDifference(from: night.plan, to: again)
      .ignoring([.wave, .batch, .start, .duration, .outcome, .pause])
    #expect(difference.changes == [])
    #expect(Set(again.steps.map(\.id)) == Set(night.plan.steps.map(\.id)))
    #expect(again.unplaced.map(\.vm) == night.plan.unplaced.map(\.vm))
    #expect(again.summary.makespan.seconds <= night.plan.summary.makespan.seconds * 1.2 + 1)
  }

  @Test(arguments: seeds) func `leave alone who has moved, and let go on who is under way`(_ seed: UInt64)
    throws
  {
    let night = Night.generated(seed)
    let outcome = night.replanned()
    let done = night.guests("done")
    #expect(outcome.plan.steps.filter { done.contains($0.vm) } == [])
    for guest in outcome.present.underWay {
      let step = try #require(outcome.plan.step(of: guest.step.vm))
      #expect(step.destination == guest.step.destination)
      #expect(step.mode == guest.step.mode)
      #expect(step.id == guest.step.id)
    }
    #expect(outcome.started.map(\.step) == outcome.present.underWay.map(\.step.id))
    for vm in night.guests("started") where !outcome.present.underWay.contains(where: { $0.step.vm == vm }) {
      let there = outcome.present.inventory.virtualMachines.first { $0.id == vm }?.host
      #expect(there == night.plan.destination(of: vm))
    }
  }

  @Test(arguments: 0..<UInt64(20)) func `verify where guests of hosts that stay may be moved`(_ seed: UInt64)
  {
    let night = Night.generated(seed) { $0.policy.moveOthers = true }
    let outcome = night.replanned()
    let moved = Set(outcome.plan.steps.map(\.vm))
    #expect(outcome.present.underWay.allSatisfy { moved.contains($0.step.vm) })
  }

  @Test(arguments: seeds) func `avoid a host that had no room or did not answer`(_ seed: UInt64) {
    let night = Night.generated(seed)
    let outcome = night.replanned()
    for failure in outcome.present.failures where [.noRoom, .hostDown].contains(failure.kind) {
      #expect(outcome.plan.destination(of: failure.step.vm) != failure.step.destination)
    }
    let silent = Set(outcome.present.silentHosts)
    #expect(!outcome.plan.steps.contains { silent.contains($0.destination) })
  }

  @Test(arguments: seeds) func `have no steps when everything is done`(_ seed: UInt64) {
    var night = Night(.generated(seed))
    for step in night.plan.steps { night.record(step.id, .done) }
    let rest = night.replanned().plan
    #expect(rest.steps == [])
    #expect(Set(rest.unplaced.map(\.vm)) == Set(night.plan.unplaced.map(\.vm)))
  }
}
