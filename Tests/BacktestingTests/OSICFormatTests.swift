import Backtesting
import Testing

/// Fourteen guests and six hosts of each configuration of the OSIC benchmark. Bounds are the errors reached, and a fifth.
@Suite struct `OSIC's evacuations` {
  private static let configurations = [
    "feb_main shared tunnel off small batch 1", "feb_main shared tunnel on small batch 1",
    "feb_main shared tunnel on large batch 1", "feb_main block tunnel off small batch 1",
    "feb_main block tunnel off large batch 1", "mar_parallel shared tunnel off medium batch 1",
  ]

  @Test(arguments: configurations)
  func `take what was measured within 2 % on average, guest by guest`(group: String) throws {
    let backtest = try Fixture.backtest("osic-guests", .osic)
    #expect(abs(backtest.errorOfMean(group)) < 0.02, "\(backtest.errorOfMean(group))")
  }

  @Test(arguments: configurations)
  func `take what was measured within 2 % on average, host by host`(group: String) throws {
    let backtest = try Fixture.backtest("osic-hosts", .osic)
    #expect(abs(backtest.errorOfMean("\(group), host")) < 0.02)
  }

  @Test func `keep three quarters of the durations inside the band`() throws {
    let inside = try #require(try Fixture.backtest("osic-guests", .osic).all.insideBand)
    #expect((0.68...0.9).contains(inside), "\(inside)")
  }

  @Test func `of which nobody knows what failed are left out with the reason`() throws {
    let skipped = try Fixture.backtest("osic-guests", .osic).skipped
    #expect(skipped.count == 2)
    #expect(skipped.allSatisfy { $0.reason.contains("mixed_run_unknown") })
    #expect(
      try Fixture.backtest("osic-hosts", .osic).skipped.map(\.reason) == ["the evacuation is incomplete"])
  }

  private func host(batch: Int, iteration: Int) throws -> Double {
    let text = """
      campaign,storage,tunnelled,flavor,ram_gib,disk_gib,batch_size,vms_on_host,iteration,direction,host_evac_s,vm_timings,outcome
      mar_parallel,shared,off,medium,8,80,\(batch),12,\(iteration),fwd,250,12,success
      """
    return try #require(try Backtest(text: text, format: .osic).cases.first?.forecast.seconds)
  }

  @Test func `of twelve guests two at a time take hardly less than one at a time, and grow with the hours`()
    throws
  {
    let one = try host(batch: 1, iteration: 20)
    let two = try host(batch: 2, iteration: 1)
    #expect((one...one * 1.1).contains(two))
    #expect(try host(batch: 2, iteration: 20) > two * 1.1)
  }

  @Test func `with absurd numbers are left out or forecast, and crash nothing`() throws {
    let text = """
      campaign,storage,tunnelled,flavor,ram_gib,disk_gib,batch_size,vms_on_host,iteration,direction,vm,duration_s,outcome,duplicate_of
      mar_parallel,shared,off,medium,1e300,80,9e99,-4,1e300,back,1e300,20,success,
      mar_parallel,shared,off,medium,8,80,1000000,1000000,1000000,back,1000000,20,success,
      feb_main,block,on,huge,1e300,1e300,0,0,0,,0,20,success,
      feb_main,block,on,medium,8,,1,6,1,fwd,1,20,success,
      feb_main,shared,on,medium,8,80,1,6,1,fwd,1,20,success,row 4
      """
    let backtest = try Backtest(text: text, format: .osic)
    #expect(backtest.cases.count + backtest.skipped.count == 5)
    #expect(backtest.skipped.map(\.reason).contains("a copy of row 4"))
  }
}
