import EvacuationModel
import Quantities
import Testing

@testable import MigrationSimulation

/// Nova's progress timeout up to Rocky (bug 1644248).
@Suite struct `Nova's low watermark` {
  private func watch(_ timeout: Double = 150, remaining: Double = 17_184_923_648) -> ProgressWatch {
    ProgressWatch(timeout: timeout, rule: .lowWatermark, from: 0, remaining: remaining)
  }

  @Test func `set at the end of the first pass is not beaten, and Platform9's guest is aborted at 290 s`() {
    var watch = watch()
    // Its log: 517 pages left at the poll before the first sync, then a saw-tooth from 0.83 GB down to some 5 MB.
    watch.synced(at: 142, before: 2_117_632, after: 831_111_168)
    for pass in 1...30 {
      watch.synced(at: 142 + 7.26 * Double(pass), before: 5.7e6, after: 831_111_168)
    }
    #expect((290...293).contains(watch.abortAt), "\(watch.abortAt)")
    let isStuck = watch.isStuck(at: watch.abortAt, remaining: 4e8, sent: 3e10)
    #expect(isStuck)
  }

  @Test func `that the first poll sets and nothing beats ends an OSIC migration after 155.7 s`() {
    var watch = watch(remaining: 1e6)
    watch.synced(at: 0.6, before: 1e6, after: 1.7e10)
    let before = PlatformProfile.of(.nova).fixedTime.value.before.seconds
    #expect(abs(before + watch.abortAt - 155.7) < 0.5, "\(before + watch.abortAt)")
  }

  @Test func `is beaten at every poll while memory is sent for the first time`() {
    var watch = watch()
    var answers = [watch.isStuck(at: watch.abortAt, remaining: 1.5e10, sent: 2e9)]
    #expect(watch.abortAt > 290)
    answers.append(watch.isStuck(at: watch.abortAt, remaining: 1.3e10, sent: 4e9))
    #expect(answers == [false, false])
  }

  @Test func `of nothing left is none: the next poll sets another`() {
    var watch = watch()
    watch.synced(at: 100, before: 0, after: 8e8)
    watch.synced(at: 107, before: 5e6, after: 8e8)
    #expect(watch.abortAt > 256)
  }

  @Test(arguments: Platform9Guest.all)
  func `ends a diverging guest after minutes on Newton, and not before 12,800 s on Ocata`(
    guest: Platform9Guest
  ) {
    let newton = guest.forecast(on: .nova, "newton")
    #expect(newton.outcome == .timesOut && !newton.completes)
    let seconds = newton.duration?.seconds ?? 0
    #expect((285...900).contains(seconds), "\(seconds) s")
    #expect((12_800...12_810).contains(guest.forecast(on: .nova, "ocata").duration?.seconds ?? 0))
    let patient = guest.forecast(on: .nova, "newton") { $0.progressTimeout = nil }
    #expect((12_800...12_810).contains(patient.duration?.seconds ?? 0))
    let asked = guest.forecast(on: .nova, "rocky") { $0.progressTimeout = .seconds(150) }
    #expect((285...900).contains(asked.duration?.seconds ?? 0))
  }

  @Test func `does not touch a guest that converges`() {
    let guest = Platform9Guest.all[0]
    #expect(guest.forecast(at: 459, on: .nova, "newton").outcome == .converges)
  }
}

@Suite struct `KubeVirt's progress timeout` {
  @Test func `wants something sent, however little it helps`() {
    let guest = Platform9Guest.all[0]
    let forecast = guest.forecast(on: .kubevirt) { $0.completionTimeout = .never }
    #expect(forecast.outcome == .neverConverges)
  }

  @Test func `ends a migration that sends nothing for 150 s`() {
    let forecast = Platform9Guest.all[0].forecast(at: 0, on: .kubevirt) { $0.completionTimeout = .never }
    #expect(forecast.outcome == .timesOut && !forecast.completes)
    #expect(forecast.phases.memory.seconds == 150)
  }
}
