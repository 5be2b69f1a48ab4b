import EvacTestSupport
import EvacuationModel
import Testing

@Suite struct `CPU capacity rule` {
  /// A guest of 3 vCPUs for a host of 4 CPUs on which 2 vCPUs are taken.
  private func question(_ overcommit: Double, guest: PowerState = .running, on platform: Platform = .nova)
    -> PlanQuestion
  {
    PlanQuestion.pair(
      vm: .small("vm", on: "host-1", state: guest, vcpus: 3), to: .small("host-2", cpus: 4),
      guests: [.small("there", on: "host-2", vcpus: 2)], platform: platform
    ).with { $0.policy.capacity.cpuOvercommit = overcommit }
  }

  @Test func `the destination needs the guest's virtual CPUs free, overcommit included`() {
    #expect(question(1.25).answer() == "goes")
    #expect(question(1).answer() == "cpus: has 2 vCPUs free, 1 short")
  }

  @Test func `a stopped guest holds them where the platform reserves them`() {
    #expect(question(1, guest: .stopped, on: .nova).answer() == "cpus: has 2 vCPUs free, 1 short")
    #expect(question(1, guest: .stopped, on: .proxmox).answer() == "goes")
    #expect(question(0.25, guest: .stopped, on: .proxmox).answer() == "goes")
  }
}
