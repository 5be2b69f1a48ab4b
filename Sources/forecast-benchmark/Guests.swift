import EvacuationModel
import MigrationSimulation
import Quantities

/// A guest to forecast, and the rules it is under.
struct Guest {
  let name: String
  let vm: VirtualMachine
  let bandwidth: DataRate
  let policy: Policy

  init(
    _ name: String, memory: Double, _ activity: MemoryActivity, at megabytesPerSecond: Double = 1100,
    disk: Double? = nil, _ change: (inout Policy) -> Void = { _ in }
  ) {
    self.name = name
    let disks = disk.map { size in
      [
        VirtualDisk(
          name: "vda", datastore: .init("local"), size: .gibibytes(size),
          writeRate: .megabytesPerSecond(5))
      ]
    }
    vm = VirtualMachine(
      id: .init(name), host: .init("a"), vcpus: 4, memory: .gibibytes(memory), disks: disks ?? [],
      memoryActivity: activity)
    bandwidth = .megabytesPerSecond(megabytesPerSecond)
    var policy = Policy(name: "nova", platform: .nova)
    change(&policy)
    self.policy = policy
  }

  /// Builds what the migration asks for and forecasts it, as a plan does; returns the number of passes.
  func forecast(_ forecaster: MigrationForecaster) -> Int {
    let demand = forecaster.demand(
      for: vm, mode: vm.disks.isEmpty ? .live : .block, settings: policy.settings(for: vm))
    return MigrationForecaster.forecast(demand, bandwidth: bandwidth).roundCount
  }

  var forecaster: MigrationForecaster {
    MigrationForecaster(
      policy: policy,
      inventory: Inventory(
        name: "benchmark", platform: .nova, datastores: [Datastore(id: .init("local"), kind: .local)]))
  }
}

extension Guest {
  private static func writer(_ rate: Double, _ workingSet: Double) -> MemoryActivity {
    MemoryActivity(writeRate: .megabytesPerSecond(rate), workingSet: .gigabytes(workingSet / 1000))
  }

  private static func autoConverging(_ policy: inout Policy) {
    policy.precopy.autoConverge = AutoConverge()
  }

  /// One of each kind. The diverging one is the guest of Platform9's log: 1,740 passes until Nova's timeout.
  static let kinds = [
    Self("idle", memory: 4, MemoryActivity(intensity: .idle)),
    Self("medium", memory: 8, MemoryActivity(intensity: .medium)),
    Self("converging", memory: 16, writer(80, 900), at: 114.4),
    Self("near the edge", memory: 16, writer(121, 900), at: 114.4),
    Self("diverging", memory: 16, writer(400, 900), at: 114.4),
    Self("auto-converging", memory: 8, writer(300, 2000), at: 114.4, autoConverging),
    Self("block", memory: 4, MemoryActivity(intensity: .low), disk: 40),
  ]

  /// The same guest, written harder and harder: more and more passes.
  static let growing = [40.0, 100, 115, 120, 121.5, 122, 122.3, 130, 200, 400].map { rate in
    Self("\(rate) MB/s", memory: 16, writer(rate, 900), at: 114.4)
  }

  /// As a cloud has them: half known by class only, a third measured over two periods, the rest not at all; some
  /// auto-converging, some with local disks.
  static func mixed(_ count: Int) -> [Self] {
    var random = SeededGenerator(seed: 1)
    return (0..<count).map { _ in
      let memory = random.pick([2.0, 4, 8, 16])
      let kind = random.fraction()
      let activity: MemoryActivity
      if kind < 0.5 {
        activity = MemoryActivity(intensity: random.pick(WriteIntensity.allCases))
      } else if kind < 0.8 {
        let first = random.number(in: 1...600)
        activity = MemoryActivity(dirtyRates: [
          DirtyRateMeasurement(rate: .megabytesPerSecond(first), period: .seconds(1)),
          DirtyRateMeasurement(
            rate: .megabytesPerSecond(first * random.number(in: 0.2...1)), period: .seconds(5)),
        ])
      } else {
        activity = MemoryActivity()
      }
      let throttles = random.chance(0.2)
      return Self(
        "mixed", memory: memory, activity, at: random.pick([110, 440, 1100]),
        disk: random.chance(0.1) ? 40 : nil
      ) { if throttles { autoConverging(&$0) } }
    }
  }
}
