import EvacuationModel
import LogDiagnosis
import Quantities
import Testing

@Suite struct `Nova logs` {
  /// 8 GiB without zero pages at 100 MB/s, seen every 30 s of a clock that runs slow by `slowness`.
  private func log(
    slowness: Double, stamped: Bool, disk: String = "", instance: String = "a", looks: Range<Int> = 1..<3
  ) -> String {
    let total = 8 * 1_073_741_824.0
    return looks.map { look in
      let reported = 30 * look
      let real = Double(reported) * slowness
      let sent = min(100e6 * real, total)
      return NovaLines.progress(
        reported, sent: sent, left: total - sent * 4096 / 4104, total: total,
        stamp: stamped ? NovaLines.prefix(real, instance: instance) : "", disk: disk)
    }.joined()
  }

  @Test(arguments: [1.0, 1.05, 1.2]) func `with time stamps show the real bandwidth`(_ slowness: Double)
    throws
  {
    let diagnosis = try #require(Logs.diagnoses(log(slowness: slowness, stamped: true)).first)
    #expect(abs(try #require(diagnosis.bandwidth).wire / 100e6 - 1) < 0.002)
    #expect(diagnosis.clock?.isCorrected == (slowness > 1))
  }

  @Test func `since Wallaby have a clock that is left alone`() throws {
    let total = 8 * 1_073_741_824.0
    let disk = "; disk 0% remaining (bytes processed=0, remaining=0, total=0)."
    let text = [31, 62, 93].map { seconds in
      NovaLines.progress(
        seconds, sent: 80e6 * Double(seconds), left: total - 80e6 * Double(seconds) * 4096 / 4104,
        total: total,
        disk: disk)
    }.joined()
    let diagnosis = try #require(Logs.diagnoses(text).first)
    #expect(diagnosis.clock?.isCorrected == false)
    #expect(abs(try #require(diagnosis.bandwidth).wire - 80e6) < 1e5)
  }

  @Test func `without any real time leave the clock's factor open`() throws {
    let diagnosis = try #require(Logs.diagnoses(log(slowness: 1, stamped: false)).first)
    #expect(diagnosis.clock?.factor == Bounds(1, 1.06))
  }

  @Test func `tell the clock by the moments at which the downtime limit was raised`() throws {
    // 1200 s really passed between the lines of 1140 and 1170 s.
    let text =
      "Increasing downtime to 50 ms after 0 sec elapsed time\n"
      + log(slowness: 1.05, stamped: false, looks: 37..<39)
      + "Increasing downtime to 95 ms after 1200 sec elapsed time\n"
      + log(slowness: 1.05, stamped: false, looks: 39..<41)
    let clock = try #require(Logs.diagnoses(text).first?.clock)
    #expect(clock.factor.low > 1.02 && clock.factor.high < 1.06)
    #expect(clock.isCorrected)
  }

  @Test func `of several instances are told apart`() {
    let one = log(slowness: 1, stamped: true, instance: "aaaa").split(separator: "\n")
    let other = log(slowness: 1.1, stamped: true, instance: "bbbb").split(separator: "\n")
    let mixed = zip(one, other).map { "\($0)\n\($1)\n" }.joined()
    #expect(Logs.diagnoses(mixed).map(\.vm) == ["aaaa", "bbbb"])
  }

  @Test func `of a second attempt are a migration of their own`() {
    let attempt = log(slowness: 1, stamped: true)
    let text =
      attempt + NovaLines.prefix(3000, instance: "a") + "Live migration not completed after 3000 sec\n"
    #expect(Logs.diagnoses(text + attempt).map(\.ending) == [.aborted, nil])
  }

  @Test func `of the first pass alone promise nothing`() throws {
    let diagnosis = try #require(Logs.diagnoses(log(slowness: 1, stamped: true)).first)
    #expect(diagnosis.verdict == .undecided)
    #expect(diagnosis.dirtyRates.isEmpty)
    #expect(diagnosis.remedies == nil)
    #expect(diagnosis.outlook?.aborts == 6400)
  }

  @Test func `of the moment before anything was counted hold no look`() throws {
    let text =
      "Migration running for 0 secs, memory 100% remaining; (bytes processed=0, remaining=0, total=0)\n"
      + log(slowness: 1, stamped: false)
    let diagnosis = try #require(Logs.diagnoses(text).first)
    #expect(diagnosis.samples == 2)
  }
}
