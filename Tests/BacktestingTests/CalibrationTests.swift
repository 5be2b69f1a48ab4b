import Backtesting
import EvacuationModel
import Quantities
import Testing

@Suite struct `Calibration` {
  private func reports(_ text: String) throws -> [TransportReport] {
    CalibrationStudy(try History(text: text)).reports
  }

  /// Migrations of idle guests that attain `rate` MB/s and need `fixed` seconds besides.
  private func rows(
    _ gibibytes: [Double], rate: Double, fixed: Double, wild: Set<Int> = [], extra: String = ""
  ) -> String {
    let rows = gibibytes.enumerated().map { index, size in
      let seconds = fixed + size * 1073.741824 / rate
      // A thousandth of scatter, so that there is a scale at all.
      let scatter = 1 + 0.001 * Double(index % 3 - 1)
      return "r\(index),libvirt,\(size),\(size),\(size)"
        + ",\(wild.contains(index) ? 5 * seconds : seconds * scatter),idle\(extra)"
    }
    return
      (["id,platform,memory_gib,memory_touched_gib,transferred_gib,duration_seconds,write_intensity"] + rows)
      .joined(separator: "\n") + "\n"
  }

  private static let sizes = (0..<24).map { Double([2, 4, 8, 16][$0 % 4]) }

  @Test(arguments: [Set<Int>(), [3, 10]])
  func `finds rate and fixed part again, whatever a few wild ones say`(wild: Set<Int>) throws {
    let report = try #require(try reports(rows(Self.sizes, rate: 400, fixed: 5, wild: wild)).first)
    #expect(report.result.learned == .both)
    #expect(abs(report.result.rate.bytesPerSecond / 400e6 - 1) < 0.005, "\(report.result.rate)")
    // What the model knows of the pause besides (device state) is no part of it.
    #expect((4.8...5.1).contains(report.result.fixed.seconds), "\(report.result.fixed)")
    #expect(report.result.outliers == wild.count)
    #expect(try #require(report.errorAfter) < 0.01)
    #expect(try #require(report.errorBefore) > 0.1)
  }

  @Test(arguments: [0, 24])
  func `learns the rate alone from transfers, or leaves them to those that tell more`(
    whole: Int
  ) throws {
    var lines = rows(Self.sizes, rate: 400, fixed: 5).split(separator: "\n").map { "\($0)," }
    lines[0] += "transfer_seconds"
    if whole == 0 { lines = [lines[0]] }
    // Transfers at half the rate tell that rate, if they are asked at all.
    lines += Self.sizes.enumerated().map { index, size in
      "t\(index),libvirt,\(size),\(size),\(size),,idle,\(size * 1073.741824 / 200)"
    }
    let report = try #require(try reports(lines.joined(separator: "\n") + "\n").first)
    #expect(report.result.learned == (whole == 0 ? .rate : .both))
    let rate = whole == 0 ? 200e6 : 400e6
    #expect(abs(report.result.rate.bytesPerSecond / rate - 1) < 0.02, "\(report.result.rate)")
    if whole == 0 {
      #expect(report.result.fixed == PlatformProfile.of(.libvirt).fixedTime.value.around)
    } else {
      #expect(report.remarks.contains { $0.hasPrefix("24 tell the transfer alone") })
    }
  }

  @Test func `learns nothing from two migrations`() throws {
    let report = try #require(try reports(rows([4, 16], rate: 400, fixed: 5)).first)
    #expect(report.result.learned == .nothing)
    #expect(report.remarks == ["2 usable of 3 migrations that are needed: nothing is learned"])
  }

  @Test(arguments: [[4.0, 16, 4, 16, 4, 16, 4], [Double](repeating: 4, count: 20)])
  func `keeps the platform's fixed part where rows or sizes do not tell it apart`(sizes: [Double]) throws {
    let report = try #require(try reports(rows(sizes, rate: 400, fixed: 5)).first)
    #expect(report.result.learned == .rate)
    let kept = PlatformProfile.of(.libvirt).fixedTime.value.around
    #expect(report.result.fixed == kept)
    #expect(report.remarks.contains { $0.hasSuffix("the platform's fixed part is kept") })
  }

  @Test func `leaves out what did not complete, ran beside others, or was cold`() throws {
    let text = """
      id,memory,duration,outcome,concurrent,mode
      a,4 GiB,20 s,aborted,,
      b,4 GiB,20 s,,3,
      c,4 GiB,200 s,,,cold
      """
    let study = CalibrationStudy(try History(text: text))
    #expect(study.reports.isEmpty)
    #expect(
      study.excluded.map(\.reason) == [
        "it did not complete", "others ran at the same time and shared what there was",
        "a cold migration: its time depends on shutting down and booting",
      ])
  }

  @Test func `does not take a path's speed for the stream's`() throws {
    let around = PlatformProfile.of(.libvirt).fixedTime.value.around.seconds
    let bound = (0..<9).map { "n\($0),libvirt,4 GiB,\(around + 4294.97 / 118) s,125 MB/s" }
    let report = try #require(
      try reports((["id,platform,memory,duration,bandwidth"] + bound).joined(separator: "\n") + "\n").first)
    #expect(report.result.learned == .nothing)
    #expect(report.remarks.first == "9 were held back by their path or a limit and left out")
  }

  @Test func `of OSIC's guests gives what their authors' figures imply`() throws {
    let study = CalibrationStudy(try History(text: Fixture.text("osic-guests"), format: .osic))
    func learned(_ transport: String, _ mode: MigrationMode) throws -> CalibratedTransport {
      try #require(study.reports.map(\.result).first { $0.transport == transport && $0.mode == mode })
    }
    let tunnel = try learned("tunnelled", .live)
    #expect(abs(tunnel.rate.bytesPerSecond / 199.7e6 - 1) < 0.03, "\(tunnel.rate)")
    #expect(abs(tunnel.fixed.seconds - 8.7) < 1, "\(tunnel.fixed)")
    let direct = try learned("direct", .live)
    #expect(abs(direct.rate.bytesPerSecond / 459e6 - 1) < 0.05, "\(direct.rate)")
    #expect(abs(direct.fixed.seconds - 6.9) < 0.7, "\(direct.fixed)")
    let block = try learned("direct", .block)
    #expect(abs(block.rate.bytesPerSecond / 449e6 - 1) < 0.05, "\(block.rate)")
  }

  @Test func `the band that it gives holds most of what it was learned from`() throws {
    let history = try History(text: Fixture.text("osic-guests"), format: .osic)
    let study = CalibrationStudy(history)
    let learned = try #require(
      study.reports.map(\.result).first { $0.transport == "tunnelled" && $0.mode == .live })
    var policies: [HistorySetup: Policy] = [:]
    for setup in history.setups where setup.transport == "tunnelled" {
      var policy = setup.defaultPolicy
      policy.network.streamRate = learned.rate
      policy.network.fixedTime = policy.network.fixedTime.with(around: learned.fixed)
      policy.network.measuredSpread[.live] = learned.spread
      policies[setup] = policy
    }
    let group = try #require(
      Backtest(history: history, policies: policies).groups.first { $0.group == "nova/live/tunnelled" })
    #expect(try #require(group.medianAbsoluteError) < 0.05)
    #expect((0.7...0.95).contains(try #require(group.insideBand)))
  }
}
