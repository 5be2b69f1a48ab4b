import EvacuationModel
import Quantities
import Testing

@testable import MigrationSimulation

@Suite struct `KubeVirt's stall detector` {
  private func watch(postCopy: Bool = false, disruption: Bool = false, until last: Double = 1e4) -> StallWatch
  {
    StallWatch(
      StallDetector(), .init(postCopy: postCopy, disruption: disruption, lastMoment: last))
  }

  /// What it decides, and when, about passes every 10 s that leave `remaining`.
  private func decision(
    _ watch: StallWatch, rate: Double = 1e8, _ remaining: (Int) -> Double
  ) -> (time: Int, action: MonitorAction)? {
    var watch = watch
    for pass in 1...60 {
      let action = watch.passed(at: Double(pass) * 10, remaining: remaining(pass), rate: rate)
      if let action { return (pass * 10, action) }
    }
    return nil
  }

  @Test func `speaks when a pass is compared with one more than 40 s old and 4 % are not gone`() {
    #expect(decision(watch()) { _ in 5e8 }?.time == 60)
    // 1 % a pass is 5 % in the time between.
    #expect(decision(watch()) { 5e8 * (1 - 0.015 * Double($0)) } == nil)
    #expect(decision(watch()) { 5e8 * (1 - 0.005 * Double($0)) }?.time == 60)
  }

  @Test func `waits for a pass within 4 % of the best, less and less patiently`() {
    // The best pass was the second; at 60 s and later all are worse by half.
    let decided = decision(watch()) { $0 == 2 ? 4e8 : 6e8 }
    #expect(decided.map { (100...120).contains($0.time) } ?? false, "\(String(describing: decided))")
    // A good one comes at 80 s.
    #expect(decision(watch()) { $0 == 2 || $0 == 8 ? 4e8 : 6e8 }?.time == 80)
  }

  @Test func `prefers post-copy, then a pause of any length, then one of 900 ms`() {
    #expect(decision(watch(postCopy: true, disruption: true)) { _ in 5e8 }?.action == .switchToPostCopy)
    #expect(decision(watch(disruption: true)) { _ in 5e8 }?.action == .raiseLimit(2000))
    #expect(decision(watch()) { _ in 1.34e8 }?.action == .raiseLimit(0.9))
  }

  @Test func `aborts what 1.35 s at this bandwidth would not end`() {
    #expect(decision(watch()) { _ in 1.36e8 }?.action == .abort)
  }

  @Test func `aborts what would not be through by twice the completion timeout`() {
    #expect(decision(watch(postCopy: true, until: 70)) { _ in 1.1e9 }?.action == .abort)
  }

  @Test func `ends the Platform9 guest in minutes`() {
    let guest = Platform9Guest.all[0]
    let classic = guest.forecast(on: .kubevirt)
    #expect(classic.outcome == .timesOut && !classic.completes)
    // 150 s for each of 18 units of 10⁹ bytes, and 20 s of orchestration.
    #expect(classic.duration == .seconds(150 * 18 + 20))
    let stalled = guest.forecast(on: .kubevirt) { $0.stallDetector = StallDetector() }
    #expect(stalled.outcome == .timesOut && !stalled.completes)
    #expect((180...330).contains(stalled.duration?.seconds ?? 0), "\(String(describing: stalled.duration))")
  }

  @Test func `pauses or switches it instead where disruption is allowed`() {
    let guest = Platform9Guest.all[0]
    let paused = guest.forecast(on: .kubevirt) {
      $0.stallDetector = StallDetector()
      $0.timeoutAction = .forceComplete
    }
    #expect(paused.completes && (6...8.5).contains(paused.downtime.seconds), "\(paused.downtime)")
    let switched = guest.forecast(on: .kubevirt, switching: false) {
      $0.stallDetector = StallDetector()
      $0.postCopy = PostCopyPolicy()
    }
    #expect(switched.outcome == .needsPostCopy && switched.downtime < .milliseconds(500))
    #expect((180...330).contains(switched.duration?.seconds ?? 0))
  }

  @Test func `leaves a guest alone that converges`() {
    let guest = Platform9Guest.all[0]
    let forecast = guest.forecast(at: 459, on: .kubevirt) { $0.stallDetector = StallDetector() }
    #expect(forecast.outcome == .converges)
  }
}

@Suite struct `KubeVirt's completion timeout` {
  private func forecast(_ version: String?, rate: Double = 114.4, _ change: (inout PreCopyPolicy) -> Void)
    -> MigrationForecast
  {
    Platform9Guest.all[0].forecast(at: rate, on: .kubevirt, version, switching: false, change)
  }

  @Test func `was 800 s per unit up to 1.3`() {
    #expect(forecast("1.3") { _ in }.duration == .seconds(800 * 18 + 20))
  }

  @Test func `pauses a guest whose workload may be disrupted, and switches it where post-copy is permitted`()
  {
    let paused = forecast(nil) { $0.timeoutAction = .forceComplete }
    #expect(paused.outcome == .timesOut && paused.completes)
    #expect((2700...2730).contains(paused.duration?.seconds ?? 0))
    #expect((6...8.5).contains(paused.downtime.seconds))
    let switched = forecast(nil) {
      $0.timeoutAction = .forceComplete
      $0.postCopy = PostCopyPolicy()
    }
    #expect(switched.outcome == .needsPostCopy)
  }

  @Test func `gives a paused guest as long again, and then it goes on at the source`() {
    // Half a minute for each timeout; 17 GB need 150 s.
    let forecast = forecast(nil) {
      $0.completionTimeout = .fixed(.seconds(30))
      $0.timeoutAction = .forceComplete
    }
    #expect(forecast.outcome == .timesOut && !forecast.completes)
    #expect(forecast.phases.memory.seconds == 60)
    #expect((29...31).contains(forecast.downtime.seconds))
  }
}
