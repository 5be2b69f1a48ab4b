import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

/// Proxmox bug 1458: the guest's pause is more than QEMU's.
@Suite struct `The parts of a pause` {
  private func forecast(
    _ platform: Platform, disks: Bool = false, ssh: Bool = true, postCopy: Bool = false
  ) -> MigrationForecast {
    var policy = Policy(name: "x", platform: platform)
    policy.network.sshTunnel = ssh
    policy.network.streamRate = .megabytesPerSecond(800)
    if postCopy { policy.precopy.postCopy = PostCopyPolicy() }
    let vm = VirtualMachine(
      id: .init("vm"), host: .init("a"), vcpus: 2, memory: .gibibytes(8),
      disks: disks ? [VirtualDisk(name: "scsi0", datastore: .init("lvm"), size: .gibibytes(10))] : [],
      memoryActivity: MemoryActivity(writeRate: .megabytesPerSecond(200), workingSet: .gibibytes(1)))
    let inventory = Inventory(
      name: "x", platform: platform, datastores: [Datastore(id: .init("lvm"), kind: .local)])
    let forecaster = MigrationForecaster(policy: policy, inventory: inventory)
    let demand = forecaster.demand(
      for: vm, mode: disks ? .block : .live, settings: policy.settings(for: vm), switchingToPostCopy: postCopy
    )
    return MigrationForecaster.forecast(demand, bandwidth: .gigabitsPerSecond(10))
  }

  @Test(arguments: Platform.allCases)
  func `add up to it`(platform: Platform) throws {
    for disks in [false, true] {
      for postCopy in [false, true] {
        let forecast = forecast(platform, disks: disks, postCopy: postCopy)
        let pause = try #require(forecast.pause)
        #expect(abs(pause.total.seconds - forecast.downtime.seconds) < 1e-6)
        #expect((forecast.outcome == .needsPostCopy) == postCopy)
      }
    }
  }

  @Test func `on Proxmox are the last round, poll, hand-over and resume`() throws {
    let forecast = forecast(.proxmox)
    let pause = try #require(forecast.pause)
    #expect(pause.lastRound > .zero && pause.lastRound < .milliseconds(150))
    #expect(pause.poll == .milliseconds(100))
    #expect(pause.handOver == .milliseconds(150))
    #expect(pause.resume == .milliseconds(350))
    #expect(pause.mirrors == .zero)
    #expect(forecast.downtime > .milliseconds(600))
  }

  @Test func `with local disks include ending the mirrors`() throws {
    #expect(try #require(forecast(.proxmox, disks: true).pause).mirrors == .milliseconds(500))
  }

  @Test func `over plain TCP have no tunnel to close`() throws {
    #expect(try #require(forecast(.proxmox, ssh: false).pause).handOver == .milliseconds(100))
  }

  @Test func `with post-copy have no last round`() throws {
    let pause = try #require(forecast(.libvirt, postCopy: true).pause)
    #expect(pause.lastRound == .zero)
    // The discard bitmap is device state: it is read before the guest goes on.
    #expect(pause.device > .milliseconds(30) && pause.device < .milliseconds(100))
  }
}
