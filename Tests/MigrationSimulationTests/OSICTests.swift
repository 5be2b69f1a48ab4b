import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

/// Means of the OSIC benchmark (github.com/osic/benchmarking_live-migration, February 2017): all memory non-zero,
/// nothing dirtied, one migration at a time on 10 GbE. 459 MB/s and 6.9 s fixed are the slope and the intercept
/// over the flavours, 199.7 MB/s and 8.7 s those of libvirt's tunnel, 449 MB/s and 2 s more those of the disks.
@Suite struct `The OSIC benchmark` {
  private func seconds(
    gibibytes: Double, disk: Double? = nil, rate: Double, before: Duration, after: Duration,
    block: Duration = .zero
  ) -> Double {
    var policy = Policy(name: "osic", platform: .nova)
    policy.network.streamRate = .megabytesPerSecond(rate)
    policy.network.fixedTime = FixedTime(before: before, after: after, block: block)
    let vm = VirtualMachine(
      id: .init("vm"), host: .init("a"), vcpus: 2, memory: .gibibytes(gibibytes),
      disks: disk.map {
        [VirtualDisk(name: "vda", datastore: .init("raid10"), size: .gibibytes($0), used: .gibibytes($0 / 2))]
      } ?? [], memoryActivity: MemoryActivity(intensity: .idle))
    let inventory = Inventory(
      name: "osic", platform: .nova,
      datastores: [Datastore(id: .init("raid10"), kind: .local, write: .megabytesPerSecond(449))])
    let forecaster = MigrationForecaster(policy: policy, inventory: inventory)
    let demand = forecaster.demand(
      for: vm, mode: disk == nil ? .live : .block, settings: policy.settings(for: vm))
    return MigrationForecaster.forecast(demand, bandwidth: .gigabitsPerSecond(10)).duration?.seconds ?? .nan
  }

  @Test(arguments: [(4.0, 16.34), (16, 44.5)])
  func `over shared storage takes what was measured within 3 %`(gibibytes: Double, measured: Double) {
    let forecast = seconds(gibibytes: gibibytes, rate: 459, before: .seconds(4.5), after: .seconds(2.4))
    #expect(abs(forecast / measured - 1) < 0.03, "\(forecast) s")
  }

  @Test(arguments: [(4.0, 30.46), (16, 95.22)])
  func `through libvirt's tunnel takes what was measured within 3 %`(gibibytes: Double, measured: Double) {
    let forecast = seconds(gibibytes: gibibytes, rate: 199.7, before: .seconds(5.7), after: .seconds(3))
    #expect(abs(forecast / measured - 1) < 0.03, "\(forecast) s")
  }

  @Test(arguments: [(4.0, 40.0, 66.19), (16, 160, 237.8)])
  func `with half-full local disks takes what was measured within 4 %`(
    gibibytes: Double, disk: Double, measured: Double
  ) {
    let forecast = seconds(
      gibibytes: gibibytes, disk: disk, rate: 459, before: .seconds(4.5), after: .seconds(2.4),
      block: .seconds(2))
    #expect(abs(forecast / measured - 1) < 0.04, "\(forecast) s")
  }
}
