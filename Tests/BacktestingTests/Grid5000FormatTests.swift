import Backtesting
import Testing

/// Seventy-two concurrent migrations on Grid'5000.
@Suite struct `Grid'5000's migrations` {
  @Test func `take what was measured: 1.5 % off in the median, 6.9 % in nine of ten`() throws {
    let errors = try Fixture.backtest("grid5000", .grid5000).all
    #expect(errors.compared == 72)
    #expect(try #require(errors.medianAbsoluteError) < 0.0175)
    #expect(try #require(errors.meanAbsoluteError) < 0.03)
    #expect(try #require(errors.p90AbsoluteError) < 0.083)
    #expect((0.75...0.9).contains(try #require(errors.insideBand)))
  }

  private func seconds(_ out: Double, _ into: Double, _ sending: Double, nics: String = "1000,500") throws
    -> Double
  {
    let text = """
      execution,vm,src,dst,src_nic_mbps,dst_nic_mbps,mem_used_mb,dirty_rate_cold_mb_s,hot_dirty_mb,duration_s,mean_concurrent_out_of_src,mean_concurrent_into_dst,mean_concurrent_out_of_dst
      1,1,0,1,\(nics),2000,2,96,38,\(out),\(into),\(sending)
      """
    return try #require(try Backtest(text: text, format: .grid5000).cases.first?.forecast.seconds)
  }

  @Test func `share a NIC with another for half of the time and get three quarters of it`() throws {
    #expect(abs(try seconds(0, 0.5, 0) / seconds(0, 0, 0) - 1 / 0.75) < 0.02)
  }

  @Test func `do not mind another sender that leaves room on the faster NIC`() throws {
    #expect(try seconds(1, 0, 0) / seconds(0, 0, 0) < 1.06)
  }

  @Test func `are slower towards a node that is sending itself`() throws {
    #expect((1.07...1.11).contains(try seconds(0, 0, 1) / seconds(0, 0, 0)))
  }

  @Test func `without NICs are left out`() throws {
    let text = "execution,vm,src,dst,mem_used_mb,duration_s\n1,1,0,1,2000,38\n"
    #expect(try Backtest(text: text, format: .grid5000).skipped.count == 1)
  }
}
