import Backtesting
import EvacuationModel
import Quantities
import Testing

@Suite struct `People's own history` {
  private func backtest(_ text: String) throws -> Backtest { try Backtest(text: text, format: .generic) }

  private func seconds(_ text: String) throws -> Double {
    try #require(try backtest(text).cases.first?.forecast.seconds)
  }

  @Test func `takes a unit from the cell or from the column's name`() throws {
    let cells = try backtest("id,memory,duration,dirty_rate\na,16 GiB,41 s,300 MiB/s\n").cases
    let columns = try backtest(
      "id,memory_gib,duration_milliseconds,dirty_rate_bytes_per_second\na,16,41000,314572800\n"
    ).cases
    #expect(cells.count == 1)
    #expect(cells.map(\.forecast) == columns.map(\.forecast))
    #expect(cells.map(\.measured) == columns.map(\.measured))
  }

  @Test(arguments: [
    ("a,16,41 s,", "memory: no unit; write it, or name the column for it"),
    ("a,16 GiB,-3 s,", "duration: negative"), ("a,16 GiB,0 s,", "no duration"), ("a,,3 s,", "no memory"),
    ("a,16 GiB,nan,", "duration: not a number with a unit"),
    ("a,99999999 PiB,3 s,", "memory: out of range"),
    ("a,16 GiB,3 s,mars", "platform: none of nova, libvirt, proxmox, kubevirt, vsphere, ganeti, generic"),
  ])
  func `names the reason for each row it cannot use`(row: String, reason: String) throws {
    let result = try backtest("id,memory,duration,platform\n\(row)\n")
    #expect(result.cases.isEmpty)
    #expect(result.skipped == [SkippedCase(id: "a", reason: reason)])
  }

  @Test func `has a column for memory and one for duration at least`() {
    #expect(throws: Backtest.Problem.missingColumns(["memory", "duration"])) {
      try backtest("id,ram,seconds\na,1,2\n")
    }
  }

  @Test func `may come from a spreadsheet, with a byte-order mark`() throws {
    #expect(try backtest("\u{FEFF}id,memory,duration\r\na,16 GiB,41 s\r\n").cases.map(\.id) == ["a"])
  }

  @Test func `is grouped by platform, mode and transport unless it says otherwise`() throws {
    let text = """
      id,memory,duration,platform,mode,transport,disk_copied,group
      a,8 GiB,20 s,nova,live,tunnelled,,
      b,8 GiB,60 s,proxmox,block,,20 GiB,
      c,8 GiB,20 s,nova,,,,night
      """
    #expect(try backtest(text).cases.map(\.group) == ["nova/live/tunnelled", "proxmox/block/ssh", "night"])
  }

  @Test func `takes longer through a tunnel, over a narrow path, and with others beside it`() throws {
    func row(_ columns: String, _ cells: String) throws -> Double {
      try seconds("id,memory,duration,platform\(columns)\na,16 GiB,41 s,nova\(cells)\n")
    }
    let alone = try row("", "")
    #expect(try row(",transport", ",tunnelled") > 1.5 * alone)
    let narrow = try row(",bandwidth", ",100 MB/s")
    #expect(narrow > 5 * alone)
    #expect(try row(",bandwidth,concurrent", ",100 MB/s,2") > 1.8 * narrow)
  }

  @Test func `an idle share of the CPUs keeps auto-converge from biting`() throws {
    func forecast(_ use: String) throws -> CaseForecast {
      let text = """
        id,memory,duration,platform,bandwidth,dirty_rate,working_set,auto_converge,downtime_limit,cpu_use
        a,16 GiB,400 s,libvirt,110 MB/s,140 MB/s,8 GiB,true,300 ms,\(use)
        """
      return try #require(try backtest(text).cases.first?.forecast)
    }
    let (busy, idle) = (try forecast("1.0"), try forecast("20 %"))
    #expect(busy.outcome == "converges_throttled")
    #expect(try #require(idle.seconds) > 1.1 * (try #require(busy.seconds)))
  }

  @Test func `an aborted migration counts as one that did not end`() throws {
    let measured = try backtest("id,memory,duration,outcome\na,8 GiB,800 s,timed_out\n").cases.map(\.measured)
    #expect(measured == [MeasuredOutcome(seconds: nil, converged: false)])
  }

  @Test func `tells which columns nothing reads`() throws {
    let history = try History(text: "id,memory,duration,dirty_rates\na,8 GiB,20 s,3\n")
    #expect(history.unknownColumns == ["dirty_rates"])
  }
}
