import EvacuationModel
import Quantities
import Testing

@testable import MigrationSimulation

@Suite struct `Nova and post-copy` {
  private let guest = Platform9Guest.all[0]

  private func forecast(_ version: String?, _ action: TimeoutAction = .abort) -> MigrationForecast {
    guest.forecast(on: .nova, version, switching: false) {
      $0.postCopy = PostCopyPolicy()
      $0.timeoutAction = action
    }
  }

  @Test(arguments: ["newton", "ocata", "rocky"])
  func `switches by itself in the second pass`(version: String) {
    let forecast = forecast(version)
    #expect(forecast.outcome == .needsPostCopy && forecast.completes)
    let switched = forecast.phases.memory.seconds - forecast.phases.firstPass.seconds
    // The next poll is at most half a second away; then the rest, 0.9 GB at most, goes once.
    #expect((0.5...9).contains(switched), "\(switched) s after the first pass")
    #expect(forecast.downtime < .milliseconds(500))
  }

  @Test func `waits for its operator or its timeout since Stein`() {
    #expect(forecast("stein").outcome == .timesOut)
    #expect(!forecast("stein").completes)
    let forced = forecast("stein", .forceComplete)
    #expect(forced.outcome == .needsPostCopy && forced.completes)
    #expect((12_800...12_820).contains(forced.duration?.seconds ?? 0))
  }

  @Test func `does not switch a guest that has been sent by then`() {
    let quiet = Platform9Guest(0.9, 0.1, pause: 0, bandwidth: 0)
    let forecast = quiet.forecast(on: .nova, "newton", switching: false) { $0.postCopy = PostCopyPolicy() }
    #expect(forecast.outcome == .converges)
  }

  @Test func `compares polls half a second apart, in whole percent`() {
    var watch = SlowProgressSwitch(from: 0, remaining: 1e10)
    // 0.5 s at 1 GB/s of 6 GB is 8 %; of 5 GB it is 10 %.
    watch.synced(at: 10.25, before: 1e10, after: 6.5e9, rate: 1e9)
    #expect(watch.at == 11)
    watch = SlowProgressSwitch(from: 0, remaining: 1e10)
    watch.synced(at: 10.25, before: 1e10, after: 5.25e9, rate: 1e9)
    #expect(watch.at == .infinity)
  }

  @Test func `switches at the first poll that sees more than the last`() {
    var watch = SlowProgressSwitch(from: 0, remaining: 1e10)
    watch.synced(at: 10.25, before: 1e6, after: 8e8, rate: 1e8)
    #expect(watch.at == 10.5)
  }

  @Test func `ignores auto-converge where post-copy is permitted, other platforms do not`() {
    let change: (inout PreCopyPolicy) -> Void = {
      $0.postCopy = PostCopyPolicy()
      $0.autoConverge = AutoConverge()
    }
    #expect(guest.forecast(switching: false, change).outcome == .timesOut)
    let libvirt = guest.forecast(on: .libvirt, switching: false, change)
    guard case .convergesThrottled = libvirt.outcome else {
      Issue.record("\(libvirt.outcome)")
      return
    }
  }
}
