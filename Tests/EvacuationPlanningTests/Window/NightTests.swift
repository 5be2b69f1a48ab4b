import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import PlanVerification
import Quantities
import Testing

struct NightTests {
  /// Rolling maintenance of a generated cluster, in nights of `hours`.
  private func question(_ seed: UInt64, hours: Double) -> PlanQuestion {
    var question = PlanQuestion(World.generated(seed: seed, hosts: 7, vmsPerHost: 4, fill: 0.4).inventory)
    question.policy.maintenance.durationPerHost = .seconds(1200)
    question.request = EvacuationRequest(
      rolling: HostPattern("*"),
      window: MaintenanceWindow(
        duration: Duration(clampingSeconds: hours * 3600),
        start: Instant(secondsSince1970: 1_796_072_400, utcOffsetSeconds: 3600)))
    return question
  }

  private func nights(_ question: PlanQuestion, most: Int) -> NightPlan {
    let digest = InputDigest(name: question.inventory.name, sha256: "")
    return NightPlanner(
      inventory: question.inventory, policy: question.policy, effort: SearchEffort(schedules: 20)
    ).nights(
      question.request, most: most, inventory: digest,
      policy: InputDigest(name: question.policy.name, sha256: "")
    ) { _ in digest }
  }

  private func expectSound(_ nights: NightPlan, _ question: PlanQuestion) {
    for night in nights.nights {
      let findings = PlanVerifier.verify(night.plan, inventory: night.inventory, policy: question.policy)
      #expect(findings.filter { $0.severity != .note } == [], "night \(night.number)")
      #expect(night.plan.completeness == .complete)
      #expect(night.plan.summary.fitsWindow == true)
    }
  }

  @Test(arguments: 1..<5)
  func `Nights maintain every host once, each within its window and safe`(seed: UInt64) {
    let question = question(seed, hours: 1.5)
    let nights = nights(question, most: 20)
    expectSound(nights, question)
    let done = nights.nights.flatMap(\.plan.hostsToEmpty)
    #expect(Set(done).count == done.count)
    #expect(Set(done + nights.left.map(\.host)) == Set(question.inventory.hosts.map(\.id)))
    #expect(nights.nights.count > 1)
  }

  @Test func `Each night begins where the last one ended, a day later`() throws {
    let question = question(2, hours: 1.5)
    let nights = nights(question, most: 20).nights
    for (one, next) in zip(nights, nights.dropFirst()) {
      for guest in next.inventory.virtualMachines {
        let moved = one.plan.steps.last { $0.vm == guest.id }?.destination
        let before = one.inventory.virtualMachines.first { $0.id == guest.id }?.host
        #expect(guest.host == moved ?? before)
      }
      let starts = try (
        #require(one.plan.request.window.start), #require(next.plan.request.window.start)
      )
      #expect(starts.1.secondsSince1970 - starts.0.secondsSince1970 == 86_400)
    }
  }

  @Test func `Hosts of a drain that are done take guests again`() {
    // Two hosts cannot be empty at once: the second night needs what the first has emptied.
    var question = PlanQuestion(World.generated(seed: 3, hosts: 2, vmsPerHost: 3, fill: 0.3).inventory)
    question.request = EvacuationRequest(
      drain: question.inventory.hosts.map(\.id), window: MaintenanceWindow(duration: .seconds(86_400)))
    let nights = nights(question, most: 20)
    #expect(nights.nights.count == 2)
    expectSound(nights, question)
    let first = Set(nights.nights.first?.plan.hostsToEmpty ?? [])
    let later = nights.nights.dropFirst().flatMap(\.plan.steps).map(\.destination)
    #expect(!first.isEmpty)
    #expect(later.contains { first.contains($0) })
  }

  @Test func `What no night has room for is left with a reason`() {
    let question = question(1, hours: 1.5)
    let one = nights(question, most: 1)
    #expect(one.nights.count == 1)
    #expect(one.left.count + (one.nights.first?.plan.hostsToEmpty.count ?? 0) == 7)
    let tooShort = nights(self.question(1, hours: 0.2), most: 3)
    #expect(tooShort.left.count == 7)
  }

  @Test func `A running guest keeps the CPU that it saw`() {
    var inventory = World.generated(seed: 5, hosts: 3).inventory
    let guest = inventory.virtualMachines.indices.first { inventory.virtualMachines[$0].host == "host-001" }
    guard let guest else { return }
    inventory.virtualMachines[guest].cpuModel = "host-model"
    inventory.hosts[0].cpuModel = "Cascadelake-Server"
    inventory.hosts[1].cpuModel = "Icelake-Server"
    var plan = PlanBuilder.small.plan()
    var step = plan.steps[0]
    step.vm = inventory.virtualMachines[guest].id
    step.mode = .live
    step.source = "host-001"
    step.destination = "host-002"
    plan.steps = [step]
    let after = inventory.after(plan)
    #expect(after.virtualMachines[guest].host == "host-002")
    #expect(after.virtualMachines[guest].cpuModel == "Cascadelake-Server")
  }
}
