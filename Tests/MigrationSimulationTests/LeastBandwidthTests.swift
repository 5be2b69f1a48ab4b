import EvacTestSupport
import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

@Suite struct `The least bandwidth` {
  @Test(.timeLimit(.minutes(1)), arguments: Platform.allCases)
  func `of a guest that writes nothing is found without waiting for ages`(platform: Platform) throws {
    var guest = VirtualMachine.small("paused", on: "host-1", state: .paused, memory: .gibibytes(32))
    guest.memoryTouched = .gibibytes(1)
    let inventory = Inventory.small(platform: platform, hosts: [.small("host-1")], vms: [guest])
    var policy = Policy(name: "endless", platform: platform)
    policy.precopy.completionTimeout = .never
    policy.precopy.autoConverge = AutoConverge()
    let demand = MigrationForecaster(policy: policy, inventory: inventory).demand(
      for: guest, mode: .live, settings: policy.settings(for: guest))
    let least = try #require(
      ConvergenceSearch(demand: demand, bandwidth: .gigabitsPerSecond(10)).leastBandwidth(maxDowntime: nil))
    #expect(least <= DataRate.gigabitsPerSecond(10) * (1 / 64.0))
  }

  @Test(.timeLimit(.minutes(1)), arguments: [0.0, 1e-9, 1])
  func `may be all there is, however little`(rate: Double) {
    let guest = VirtualMachine.small("huge", on: "host-1", memory: ByteCount(bytes: .max))
    let inventory = Inventory.small(platform: .proxmox, hosts: [.small("host-1")], vms: [guest])
    let policy = Policy(name: "endless", platform: .proxmox)
    let forecaster = MigrationForecaster(policy: policy, inventory: inventory)
    let demand = forecaster.demand(for: guest, mode: .live, settings: policy.settings(for: guest))
    let forecast = MigrationForecaster.forecast(demand, bandwidth: DataRate(bytesPerSecond: rate))
    #expect(!forecast.completes)
  }
}
