import EvacuationModel
import LogDiagnosis
import Quantities
import Testing

@Suite struct `Platform9's log` {
  private let diagnosis: MigrationDiagnosis

  init() throws {
    diagnosis = try #require(try Logs.diagnoses(fixture: "platform9.log").first)
  }

  @Test func `shows a full 1 Gbit/s link`() throws {
    let bandwidth = try #require(diagnosis.bandwidth)
    #expect((114.0e6...115.9e6).contains(bandwidth.wire))
    #expect(bandwidth.range.low >= 113.9e6 && bandwidth.range.high <= 115.9e6)
    #expect((113.9e6...114.7e6).contains(bandwidth.payload))
    #expect(bandwidth.likeness.hasPrefix("a full 1 Gbit/s link"))
  }

  @Test func `shows twelve per cent of zero pages and a first pass of 132 to 142 s`() throws {
    let zero = try #require(diagnosis.zeroShare)
    #expect(abs(zero.share.fraction - 0.123) < 0.001)
    #expect(zero.scope == .soFar)
    let pass = try #require(diagnosis.firstPass)
    #expect(abs(pass.low - 132) < 0.5 && abs(pass.high - 142) < 0.5)
  }

  @Test func `has its clock corrected by what nova counts in real seconds`() throws {
    let clock = try #require(diagnosis.clock)
    #expect(clock.isCorrected)
    #expect(clock.factor.low > 1.03 && clock.factor.high < 1.052)
    #expect(try #require(diagnosis.elapsed) == 12_800)
  }

  @Test func `shows that as much is dirtied in 7.3 s as is sent, and never how much more`() throws {
    let rate = try #require(diagnosis.dirtyRates.first)
    #expect(rate.isFloor)
    #expect(rate.bytesPerSecond >= 113.9e6 && rate.bytesPerSecond < 115e6)
    #expect(abs(rate.overSeconds - 7.27) < 0.05)
  }

  @Test func `has a low watermark that says nothing, and why`() throws {
    let mark = try #require(diagnosis.lowWatermark)
    #expect(mark.bytes.bytes == 2_117_632)
    #expect(mark.reachedAt.high <= 178)
    #expect(mark.leastVisible.bytes > 20 * mark.bytes.bytes)
    #expect(mark.reason.contains("cannot be beaten"))
  }

  @Test func `was aborted, would not have converged, and has four ways out`() throws {
    #expect(diagnosis.ending == .aborted)
    #expect(diagnosis.verdict == .doesNotConverge)
    let remedies = try #require(diagnosis.remedies)
    let pause = try #require(remedies.pauseNeeded)
    #expect((3.5...4.5).contains(pause.low) && (6.5...7.5).contains(pause.high))
    let factor = try #require(remedies.bandwidthFactor)
    #expect((1.0...1.1).contains(factor.low) && (2.6...3.2).contains(factor.high))
    let throttle = try #require(remedies.autoConvergeThrottle)
    #expect((0.5...0.7).contains(throttle.low) && (0.8...0.95).contains(throttle.high))
    #expect(try #require(remedies.postCopyDuration).high < 240)
  }

  @Test func `without the abort is forecast to be aborted then`() throws {
    let text = String(decoding: try Logs.fixture("platform9.log"), as: UTF8.self)
    let running = text.split(separator: "\n").filter { !$0.contains("not completed") }.joined(separator: "\n")
    let diagnosis = try #require(Logs.diagnoses(running).first)
    #expect(diagnosis.ending == nil)
    #expect(diagnosis.verdict == .doesNotConverge)
    #expect(diagnosis.outlook?.aborts == 12_800)
    #expect(diagnosis.clock?.isCorrected == true)
  }
}
