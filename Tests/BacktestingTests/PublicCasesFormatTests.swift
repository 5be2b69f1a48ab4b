import Backtesting
import Testing

/// Single migrations from public logs.
@Suite struct `Public cases` {
  @Test func `are forecast 1.1 % off in the median and 3.6 % in nine of ten, with the right outcomes`() throws
  {
    let errors = try Fixture.backtest("public-cases", .publicCases).all
    #expect(errors.count == 13)
    #expect(errors.outcomes.wrong == 0)
    #expect(try #require(errors.medianAbsoluteError) < 0.0128)
    #expect(try #require(errors.p90AbsoluteError) < 0.0436)
  }

  @Test func `that tell too little are left out and say what is missing`() throws {
    let skipped = try Fixture.backtest("public-cases", .publicCases).skipped
    #expect(skipped.map(\.id) == ["Q14", "K01"])
    #expect(skipped.first?.reason.contains("ram_total_bytes") == true)
    #expect(skipped.last?.reason == "no measured total")
  }

  @Test func `include Platform9's guest, which is aborted after 12,800 s`() throws {
    let one = try #require(
      try Fixture.backtest("public-cases", .publicCases).cases.first { $0.id == "N01" })
    #expect(!one.forecast.converges)
    #expect(one.forecast.seconds == 12_800)
  }

  private func outcome(pagesPerSecond: Double) throws -> Bool {
    let text = """
      case_id,platform,mode,ram_total_bytes,bandwidth_cap_Bps,link,downtime_limit_ms,dirty_rate_Bps,working_set_bytes,measured_total_s,outcome,source,role
      sweep,libvirt/QEMU qemu+ssh,precopy,4294967296,117440512,1 GbE,300,\(pagesPerSecond * 4096),1200000000,14,completed,CS695,dirty-sweep
      """
    return try #require(try Backtest(text: text, format: .publicCases).cases.first).forecast.converges
  }

  @Test func `of the dirty sweep converge up to 20,000 pages a second and do not from 35,000`() throws {
    #expect(try outcome(pagesPerSecond: 20_000))
    #expect(try !outcome(pagesPerSecond: 35_000))
  }

  @Test func `with absurd numbers crash nothing`() throws {
    let text = """
      case_id,nonzero_bytes_first_pass,zero_bytes,link,dirty_rate_Bps,working_set_bytes,measured_total_s,outcome,downtime_limit_ms
      a,1e300,1e300,1 GbE,1e300,1e300,1,completed,1e300
      b,-5,0,1 GbE,0,0,1,completed,-1
      c,1,0,,0,0,1,completed,
      d,1000000,0,1 GbE,-1,-1,-1,completed,-1
      """
    let backtest = try Backtest(text: text, format: .publicCases)
    #expect(backtest.cases.count + backtest.skipped.count == 4)
  }
}
