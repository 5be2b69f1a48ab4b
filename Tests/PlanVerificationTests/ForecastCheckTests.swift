import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `A step's numbers` {
  private func verdict(_ change: (inout PlannedMigration) -> Void) -> [String] {
    // m004 is the last one, so that nothing follows from its times.
    PlanBuilder.small { $0.change("m004", change) }.verdict()
  }

  @Test(arguments: [(Double.nan, 1.0), (.infinity, .infinity), (-1, 1), (1, 0), (0, .nan)])
  func `are times`(start: Double, end: Double) {
    let found = verdict {
      $0.start = PlanTime(seconds: start)
      $0.end = PlanTime(seconds: end)
      $0.dependsOn = []
    }
    #expect(found.contains("V503 m004"))
  }

  @Test func `agree on the duration as far as a file's milliseconds tell`() {
    #expect(verdict { $0.end = $0.end + .microseconds(1500) } == [])
    #expect(verdict { $0.end = $0.end + .milliseconds(2) } == ["V503 m004"])
    #expect(verdict { $0.forecast.duration = nil } == ["V503 m004"])
  }

  @Test func `have a pause within the duration, and none below zero`() {
    #expect(verdict { $0.forecast.downtime += .seconds(1) } == ["V503 m004"])
    #expect(verdict { $0.forecast.downtime = .seconds(-1) } == ["V503 m004"])
    #expect(verdict { $0.forecast.bytesTransferred = ByteCount(bytes: -1) } == ["V503 m004"])
    #expect(verdict { $0.forecast.phases.before = .seconds(-1) } == ["V503 m004"])
    #expect(verdict { $0.forecast.durationP10 = .seconds(1_000_000) } == ["V503 m004"])
  }

  @Test func `have a rate`() {
    #expect(verdict { $0.bandwidth = DataRate(bytesPerSecond: .nan) } == ["V503 m004"])
    #expect(verdict { $0.bandwidth = DataRate(bytesPerSecond: -1) } == ["V503 m004"])
  }

  @Test func `are those of the step's own mode`() {
    #expect(verdict { $0.forecast.mode = .live } == ["V503 m004"])
  }

  @Test func `do not send more than the path carries`() {
    func sends(_ gigabytes: Double, uplink: Double = 40) -> [String] {
      PlanBuilder.small {
        $0.inventory.links[1].bandwidth = .gigabitsPerSecond(uplink)
        $0.change("m003") { $0.forecast.bytesTransferred = .gigabytes(gigabytes) }
      }.verdict()
    }
    // db-1 takes 84.2 s over a path of 10 Gbit/s.
    #expect(sends(106) == [])
    #expect(sends(107) == ["V503 m003"])
    #expect(sends(53, uplink: 5) == [])
    #expect(sends(54, uplink: 5) == ["V503 m003"])
  }

  @Test func `leave time for the transfer`() {
    #expect(
      PlanBuilder.small { $0.change("m001") { $0.forecast.phases.before = .seconds(100) } }.verdict()
        == ["V503 m001"])
  }
}
