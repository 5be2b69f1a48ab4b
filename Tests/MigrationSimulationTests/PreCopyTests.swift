import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

@Suite struct `A live migration` {
  private func forecast(
    memory: Double = 4, touched: Double? = nil, activity: MemoryActivity = .init(intensity: .idle),
    platform: Platform = .generic, bandwidth: DataRate = .megabytesPerSecond(100), version: String? = nil,
    switching: Bool = false, _ change: (inout Policy) -> Void = { _ in }
  ) -> MigrationForecast {
    var policy = Policy(name: "test", platform: platform)
    policy.network.fixedTime = FixedTime(before: .zero, after: .zero)
    change(&policy)
    let vm = VirtualMachine(
      id: .init("vm"), host: .init("a"), vcpus: 2, memory: .gibibytes(memory),
      memoryTouched: touched.map { .gibibytes($0) }, memoryActivity: activity)
    let host = Host(
      id: .init("a"), cpus: 8, memory: .gibibytes(64), migrationBandwidth: .gigabitsPerSecond(10),
      version: version)
    let forecaster = MigrationForecaster(
      policy: policy,
      inventory: Inventory(name: "t", platform: platform, hosts: [host], virtualMachines: [vm]))
    let demand = forecaster.demand(
      for: vm, mode: .live, settings: policy.settings(for: vm), switchingToPostCopy: switching,
      recordingRounds: true)
    return MigrationForecaster.forecast(demand, bandwidth: bandwidth)
  }

  private func writer(_ rate: Double, _ workingSet: Double) -> MemoryActivity {
    MemoryActivity(writeRate: .megabytesPerSecond(rate), workingSet: .gigabytes(workingSet))
  }

  @Test
  func `of an idle guest takes its touched memory divided by the rate; zero pages cost next to nothing`() {
    let full = forecast().duration?.seconds ?? 0
    let half = forecast(touched: 2).duration?.seconds ?? 0
    let gibibyteSeconds = 10.73741824
    #expect(abs(full / (4 * gibibyteSeconds) - 1) < 0.01)
    #expect(abs(half / (2 * gibibyteSeconds) - 1) < 0.02)
  }

  @Test func `sends 4104 bytes for each page and 9 for each page of zeros`() {
    let sent = Double(forecast(touched: 1).bytesTransferred.bytes)
    let gibibyte = 1_073_741_824.0
    let touched: Double = gibibyte * 4104 / 4096
    let untouched: Double = 3 * gibibyte * 9 / 4096
    let expected = touched + untouched
    #expect(abs(sent / expected - 1) < 0.01)
  }

  @Test func `counts repeated writes once, so that a small hot set converges even above the link's rate`() {
    // 150 MB/s to 20 MB of hot pages: the hot set is smaller than what the limit lets through.
    let forecast = forecast(activity: writer(150, 0.02))
    #expect(forecast.outcome == .converges)
    #expect(forecast.downtime < .milliseconds(400))
  }

  @Test func `is longer and pauses longer the harder the guest writes, until it never ends`() {
    let forecasts = [0.0, 30, 60, 90].map { forecast(activity: writer($0, 2)) }
    let durations = forecasts.map { $0.duration?.seconds ?? .infinity }
    #expect(durations == durations.sorted())
    let beyond = forecast(activity: writer(400, 2))
    #expect(beyond.outcome == .neverConverges)
    #expect(beyond.duration == nil)
    #expect(!beyond.completes)
  }

  @Test func `converges from the pause on that the closed form gives for a uniform hot set`() {
    // d* = (W/B)(1 − B/r) = (2000/100)(1 − 100/400) = 15 s.
    let remedies = forecast(activity: writer(400, 2)).remedies
    #expect(abs((remedies?.pauseNeeded?.seconds ?? 0) - 15) < 0.5)
    for (limit, converges) in [(14.0, false), (16, true)] {
      let outcome = forecast(activity: writer(400, 2)) {
        $0.precopy.downtimeLimit = .fixed(Duration(clampingSeconds: limit))
      }.outcome
      #expect((outcome == .converges) == converges, "\(limit) s")
    }
  }

  @Test func `ends with each remedy that is offered and without it does not`() throws {
    let activity = writer(400, 2)
    let remedies = try #require(forecast(activity: activity).remedies)
    let bandwidth = try #require(remedies.bandwidthNeeded)
    #expect(forecast(activity: activity, bandwidth: bandwidth * 1.01).completes)
    #expect(!forecast(activity: activity, bandwidth: bandwidth * 0.95).completes)
    let throttle = try #require(remedies.throttleNeeded)
    #expect(forecast(activity: writer(400 * (1 - throttle.fraction - 0.01), 2)).completes)
    #expect(!forecast(activity: writer(400 * (1 - throttle.fraction + 0.05), 2)).completes)
    let switched = forecast(activity: activity, switching: true) { $0.precopy.postCopy = PostCopyPolicy() }
    #expect(switched.outcome == .needsPostCopy)
    #expect(switched.duration == remedies.postCopyDuration)
  }

  @Test func `slows the guest step by step with auto-converge until it converges`() {
    let forecast = forecast(activity: writer(200, 1)) { $0.precopy.autoConverge = AutoConverge() }
    guard case .convergesThrottled(let throttle) = forecast.outcome else {
      Issue.record("\(forecast.outcome)")
      return
    }
    #expect((0.4...0.9).contains(throttle.fraction))
    let steps = forecast.rounds.map(\.throttle.fraction)
    #expect(steps == steps.sorted())
    #expect(
      Set(steps.map { Int(($0 * 100).rounded()) }).isSubset(of: Set([0, 20, 30, 40, 50, 60, 70, 80, 90, 99])))
  }

  @Test func `throttles sooner with QEMU 9.2, which syncs every five seconds`() {
    let slow = forecast(memory: 16, activity: writer(200, 2), version: "8.2.0") {
      $0.precopy.autoConverge = AutoConverge()
    }
    let quick = forecast(memory: 16, activity: writer(200, 2), version: "9.2.1") {
      $0.precopy.autoConverge = AutoConverge()
    }
    #expect((quick.duration ?? .zero) < (slow.duration ?? .zero))
  }

  @Test func `goes on for ever where nothing stops it, and is cut off where a timeout does`() {
    let cut = forecast(activity: writer(400, 2)) { $0.precopy.completionTimeout = .fixed(.seconds(600)) }
    #expect(cut.outcome == .timesOut)
    #expect(cut.duration == .seconds(600))
    #expect(!cut.completes)
  }

  @Test func `is paused for the rest at its timeout where that is the action`() {
    let forced = forecast(activity: writer(400, 2)) {
      $0.precopy.completionTimeout = .fixed(.seconds(600))
      $0.precopy.timeoutAction = .forceComplete
    }
    #expect(forced.outcome == .timesOut)
    #expect(forced.completes)
    #expect((600...620).contains(forced.duration?.seconds ?? 0))
    #expect((15...20).contains(forced.downtime.seconds))
  }

  @Test func `always ends on Proxmox, which doubles the pause`() {
    let forecast = forecast(activity: writer(400, 2), platform: .proxmox) { $0.precopy.autoConverge = nil }
    #expect(forecast.outcome == .converges)
    #expect((10...20.0).contains(forecast.downtime.seconds), "\(forecast.downtime)")
  }

  @Test func `pauses for poll, hand-over and resume on Proxmox even when there is nothing left to send`() {
    let proxmox = forecast(platform: .proxmox).downtime
    let plain = forecast(platform: .libvirt, bandwidth: .megabytesPerSecond(100)).downtime
    #expect(proxmox - plain >= .milliseconds(400))
  }

  @Test func `sends its last round without the cap that the policy sets`() {
    let capped = forecast(activity: writer(60, 1), bandwidth: .megabytesPerSecond(1000)) {
      $0.network.bandwidthLimitPerMigration = .megabytesPerSecond(100)
    }
    let narrow = forecast(activity: writer(60, 1))
    #expect(capped.downtime < narrow.downtime)
  }

  @Test func `of a diverging guest folds its like passes and costs no more passes than a converging one`() {
    let forecast = forecast(memory: 16, activity: writer(400, 0.9)) {
      $0.precopy.completionTimeout = .fixed(.seconds(12_800))
    }
    #expect(forecast.roundCount > 1000)
    #expect(forecast.rounds.count < 100)
    #expect(forecast.rounds.reduce(0) { $0 + $1.repeats } == forecast.roundCount)
    let sent = forecast.rounds.map { Double($0.sent.bytes) }.reduce(0, +)
    #expect(abs(sent / Double(forecast.bytesTransferred.bytes) - 1) < 0.01)
  }

  @Test func `has a band around its duration that widens with what is not known`() {
    let measured = forecast(activity: writer(60, 1))
    let guessed = forecast(activity: MemoryActivity(intensity: .high))
    for forecast in [measured, guessed] {
      let band = [forecast.durationP10, forecast.duration, forecast.durationP90].map {
        $0?.seconds ?? .infinity
      }
      #expect(band == band.sorted())
    }
    func width(_ forecast: MigrationForecast) -> Double {
      ((forecast.durationP90 ?? .seconds(1e9)) - (forecast.durationP10 ?? .zero))
        / (forecast.duration ?? .seconds(1))
    }
    #expect(width(guessed) > width(measured))
  }

  @Test(arguments: [0.0, 1e-9, 1, 1e15, .infinity])
  func `over any bandwidth has a forecast without a trap`(bytesPerSecond: Double) {
    let forecast = forecast(activity: writer(400, 2), bandwidth: DataRate(bytesPerSecond: bytesPerSecond))
    #expect(forecast.duration.map { $0 >= .zero } ?? true)
  }
}

@Suite struct `A migration in progress` {
  @Test(arguments: 1...40)
  func `ends at the same time whether it is advanced at once or in pieces`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var policy = Policy(name: "p", platform: .nova)
    policy.network.streamRate = .megabytesPerSecond(random.number(in: 100...900))
    let vm = VirtualMachine(
      id: .init("vm"), host: .init("a"), vcpus: 2, memory: .gibibytes(random.number(in: 1...32)),
      disks: random.chance(0.5)
        ? [VirtualDisk(name: "vda", datastore: .init("l"), size: .gibibytes(10))] : [],
      memoryActivity: MemoryActivity(
        writeRate: .megabytesPerSecond(random.number(in: 0...90)),
        workingSet: .gigabytes(random.number(in: 0.1...2))))
    let inventory = Inventory(
      name: "i", platform: .nova, datastores: [Datastore(id: .init("l"), kind: .local)])
    let demand = MigrationForecaster(policy: policy, inventory: inventory).demand(
      for: vm, mode: vm.disks.isEmpty ? .live : .block, settings: policy.settings(for: vm))
    let rate = random.number(in: 1e8...9e8)
    var whole = MigrationRun(demand, pathCapacity: rate)
    whole.advance(until: .infinity, rate: rate)
    var pieces = MigrationRun(demand, pathCapacity: rate)
    var time = 0.0
    while pieces.phase != .finished, pieces.phase != .stuck, time < 1e6 {
      time += random.number(in: 0.01...5)
      pieces.advance(until: time, rate: rate)
    }
    #expect(pieces.phase == whole.phase)
    #expect(
      abs(pieces.elapsed - whole.elapsed) < 0.02 * whole.elapsed + 0.2, "\(pieces.elapsed) \(whole.elapsed)")
  }
}
