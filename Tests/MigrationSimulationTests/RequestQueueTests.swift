import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

/// OSIC's parallel test: twelve VMs asked for in batches of 1 to 4, of which Nova performs one at a time.
@Suite struct `Asking Nova for several migrations at once` {
  private func queue(_ slots: Limit = .atMost(1)) throws -> RequestQueue {
    RequestQueue(slots: slots, times: try #require(PlatformProfile.of(.nova).requestQueue).value)
  }

  private func seconds(_ times: [Duration]) -> [Double] { times.map(\.seconds) }

  @Test func `makes the k-th of a batch wait for k holds of the semaphore`() throws {
    let hold = Duration.seconds(19)
    #expect(seconds(try queue().clientTimes([hold])) == [21])
    #expect(
      seconds(try queue().clientTimes(Array(repeating: hold, count: 4))) == [23.5, 42.5, 61.5, 80.5])
  }

  @Test func `takes each guest's own hold in the order of the queue`() throws {
    let holds = [Duration.seconds(10), .seconds(30), .seconds(5)]
    #expect(seconds(try queue().clientTimes(holds)) == [14.5, 44.5, 49.5])
  }

  @Test func `with more slots gives each the slot that is free first`() throws {
    let holds = [Duration.seconds(10), .seconds(30), .seconds(5), .seconds(5)]
    #expect(seconds(try queue(.atMost(2)).clientTimes(holds)) == [14.5, 34.5, 19.5, 24.5])
    #expect(seconds(try queue(.unlimited).clientTimes(holds)) == [14.5, 34.5, 9.5, 9.5])
  }

  @Test(arguments: [(1, 2.0), (2, 4.5), (3, 4.5), (4, 4.5)])
  func `empties a host in ⌈N/b⌉ (O + b H) and 7.5 s`(batch: Int, overhead: Double) throws {
    let holds = Array(repeating: Duration.seconds(19), count: 12)
    let batches = (12.0 / Double(batch)).rounded(.up)
    let wanted = batches * (overhead + Double(batch) * 19) + 7.5
    #expect(abs(try queue().hostTime(holds, batchesOf: batch).seconds - wanted) < 1e-9)
  }

  @Test func `counts the last batch by its own size`() throws {
    let holds = Array(repeating: Duration.seconds(10), count: 5)
    #expect(try queue().hostTime(holds, batchesOf: 2).seconds == 2 * 24.5 + 12 + 7.5)
    #expect(try queue().hostTime([], batchesOf: 0).seconds == 7.5)
  }
}
