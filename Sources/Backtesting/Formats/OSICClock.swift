import EvacuationModel
import Glibc
import MigrationSimulation
import Quantities

/// The hours of the parallel test: its series of batches of 1, 2, 3 and 4 ran one after the other, and the guests' memory
/// filled meanwhile. The table of guests has no times, so the clock is what the forecasts add up to.
struct OSICClock {
  private let starts: [[Double]]

  /// The clock for a host with the guests of `setup`.
  init(_ setup: OSICSetup) {
    var clock = 0.0
    starts = (1...4).map { batch in
      (0..<OSICConstants.evacuationsPerSeries).map { _ in
        let start = clock
        let demand = setup.experiment(touched: Self.touched(after: clock, of: setup.memory)).demand
        let alone = MigrationForecaster.run(demand, bandwidth: setup.rate).duration?.seconds ?? 0
        clock += setup.hostSeconds(alone: alone, batch: batch)
        clock += OSICConstants.pauseBetween
        return start
      }
    }
  }

  /// What each guest had touched in the evacuation that `row` is about; `nil` for one that the test did not have.
  func touched(_ row: CSVRow, setup: OSICSetup) -> ByteCount? {
    guard let iteration = row.count("iteration"), let direction = row.text("direction"),
      starts.indices.contains(setup.batch - 1)
    else { return nil }
    let series = starts[setup.batch - 1]
    let number = (iteration - 1) * 2 + (direction == "back" ? 1 : 0)
    guard series.indices.contains(number) else { return nil }
    return Self.touched(after: series[number], of: setup.memory)
  }

  private static func touched(after seconds: Double, of memory: ByteCount) -> ByteCount {
    let left = exp(-seconds / 3600 / OSICConstants.fillingHours)
    let most = memory.gibibytes * OSICConstants.fillableShare
    return .gibibytes(max(0, most - OSICConstants.untouchedGibibytes * left))
  }
}
