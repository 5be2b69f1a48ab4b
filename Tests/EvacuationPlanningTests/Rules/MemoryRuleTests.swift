import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Memory rule` {
  /// A guest of 4 GiB for a host of 8 GiB on which `taken` are taken.
  private func question(
    taken: Double, by state: PowerState = .running, guest: PowerState = .running,
    on platform: Platform = .nova
  ) -> PlanQuestion {
    .pair(
      vm: .small("vm", on: "host-1", state: guest), to: .small("host-2", memory: .gibibytes(8)),
      guests: [.small("there", on: "host-2", state: state, memory: .gibibytes(taken))], platform: platform)
  }

  @Test func `the destination needs the guest's memory free`() {
    #expect(question(taken: 4).answer() == "goes")
    #expect(question(taken: 5).answer() == "memory: has 3 GiB of memory free, 1 GiB short")
    #expect(question(taken: 5).with { $0.policy.capacity.memoryOvercommit = 1.125 }.answer() == "goes")
  }

  @Test(arguments: [Platform.nova, .ganeti, .generic])
  func `a stopped guest holds its memory where the platform reserves it`(platform: Platform) {
    let refusal = "memory: has 3 GiB of memory free, 1 GiB short"
    #expect(question(taken: 5, by: .stopped, on: platform).answer() == refusal)
    #expect(question(taken: 5, guest: .stopped, on: platform).answer() == refusal)
  }

  @Test(arguments: [Platform.libvirt, .proxmox, .kubevirt, .vsphere])
  func `a stopped guest holds none elsewhere`(platform: Platform) {
    #expect(question(taken: 5, by: .stopped, on: platform).answer() == "goes")
    #expect(question(taken: 5, guest: .stopped, on: platform).answer() == "goes")
    #expect(
      question(taken: 5, by: .paused, on: platform).answer()
        == "memory: has 3 GiB of memory free, 1 GiB short")
  }

  @Test func `a host that is over its memory already takes a guest that needs none`() {
    #expect(question(taken: 12, guest: .stopped, on: .libvirt).answer() == "goes")
    #expect(question(taken: 12, on: .libvirt).answer() == "memory: has 0 B of memory free, 8 GiB short")
  }

  @Test func `what others of the plan take counts`() {
    let question = PlanQuestion.pair(
      to: .small("host-2", memory: .gibibytes(8)),
      guests: [.small("large", on: "host-1", memory: .gibibytes(6))])
    #expect(question.verifiedPlan().destination(of: "large") == "host-2")
    #expect(question.answer() == "memory: has 2 GiB of memory free, 2 GiB short")
  }
}
