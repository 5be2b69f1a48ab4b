import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

/// Paths so slow that passes, polls and seconds go into the millions.
@Suite struct `A path that carries next to nothing` {
  private func demand(
    memory: ByteCount, platform: Platform, disk: ByteCount? = nil, mode: MigrationMode = .live,
    _ change: (inout Policy) -> Void = { _ in }
  ) -> MigrationDemand {
    let vm = VirtualMachine(
      id: .init("a"), host: .init("h"), vcpus: 1, memory: memory,
      disks: disk.map { [VirtualDisk(name: "vda", datastore: .init("local"), size: $0)] } ?? [],
      memoryActivity: MemoryActivity(intensity: .extreme))
    var policy = Policy(name: "slow", platform: platform)
    change(&policy)
    var inventory = Inventory(name: "slow", platform: platform)
    inventory.datastores = [Datastore(id: .init("local"), kind: .local)]
    return MigrationForecaster(policy: policy, inventory: inventory)
      .demand(for: vm, mode: mode, settings: policy.settings(for: vm))
  }

  @Test(arguments: [Platform.proxmox, .kubevirt, .libvirt, .nova], [125.0, 1e4, 125_000])
  func `is answered, with an end or without one`(platform: Platform, rate: Double) {
    let forecast = MigrationForecaster.forecast(
      demand(memory: .mebibytes(1), platform: platform), bandwidth: DataRate(bytesPerSecond: rate))
    #expect(forecast.completes || forecast.duration == nil || forecast.outcome == .timesOut)
  }

  @Test(arguments: [1.0, 64, 4096, 1e6], [125_000.0, 16e6, 1e9])
  func `pauses nobody for longer than the migration takes`(kibibytes: Double, rate: Double) throws {
    let forecast = MigrationForecaster.run(
      demand(memory: ByteCount(rounding: kibibytes * 1024), platform: .generic) { policy in
        policy.network.fixedTime = FixedTime(before: .zero, after: .zero)
      }, bandwidth: DataRate(bytesPerSecond: rate))
    guard forecast.completes else { return }
    #expect(forecast.downtime <= (try #require(forecast.duration)))
  }

  @Test func `still ends a copy of years exactly when it said`() {
    var run = MigrationRun(
      demand(memory: .gibibytes(64), platform: .generic, disk: .gibibytes(64), mode: .cold), pathCapacity: 125
    )
    run.advance(until: 1e6, rate: 124)
    run.advance(until: 1e7, rate: 77.7)
    for _ in 0..<4 where run.phase != .finished { run.advance(until: run.endOfPhase(rate: 125), rate: 125) }
    #expect(run.phase == .finished)
  }
}
