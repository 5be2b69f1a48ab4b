import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

@Suite struct `A dirty curve` {
  private func curve(_ activity: MemoryActivity, touched: ByteCount = .gibibytes(16)) -> DirtyCurve {
    DirtyCurve(activity: activity, touched: touched)
  }

  private func rate(_ megabytes: Double, over seconds: Double) -> DirtyRateMeasurement {
    DirtyRateMeasurement(rate: .megabytesPerSecond(megabytes), period: Duration(clampingSeconds: seconds))
  }

  @Test func `from two periods goes through both`() {
    let curve = curve(MemoryActivity(dirtyRates: [rate(310, over: 1), rate(190, over: 5)]))
    #expect(abs(curve.dirtied(in: 1) / 310e6 - 1) < 1e-6)
    #expect(abs(curve.dirtied(in: 5) / 950e6 - 1) < 1e-6)
  }

  @Test func `from one period and a working set goes through the one and ends at the other`() {
    let curve = curve(MemoryActivity(dirtyRates: [rate(200, over: 1)], workingSet: .gigabytes(1)))
    #expect(abs(curve.dirtied(in: 1) / 200e6 - 1) < 1e-6)
    #expect(abs(curve.dirtied(in: 1000) / 1e9 - 1) < 1e-6)
  }

  @Test func `from an exact write rate starts with that rate and counts repeated writes once`() {
    let curve = curve(MemoryActivity(writeRate: .megabytesPerSecond(400), workingSet: .gigabytes(0.9)))
    #expect(abs(curve.initialRate.bytesPerSecond / 400e6 - 1) < 1e-9)
    // 0.9 GB × (1 − e^(−400/900)) in the first second.
    #expect(abs(curve.dirtied(in: 1) / 322.9e6 - 1) < 1e-3)
  }

  @Test func `from one period grows with the power 0.7 over a hundred periods`() {
    let curve = curve(MemoryActivity(dirtyRates: [rate(20, over: 1)]))
    for (seconds, expected) in [(1.0, 20e6), (10, 20e6 * 5.012), (100, 20e6 * 25.12)] {
      #expect(abs(curve.dirtied(in: seconds) / expected - 1) < 0.01)
    }
  }

  @Test(arguments: WriteIntensity.allCases)
  func `of a class is concave, grows with the class and stays within memory`(intensity: WriteIntensity) {
    let curve = curve(MemoryActivity(intensity: intensity), touched: .gibibytes(4))
    let values = stride(from: 0.0, through: 60, by: 0.5).map { curve.dirtied(in: $0) }
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    #expect(zip(steps.dropFirst(), steps).allSatisfy { $0 <= $1 * (1 + 1e-9) })
    #expect(values.allSatisfy { $0 <= Double(ByteCount.gibibytes(4).bytes) })
    let place = WriteIntensity.allCases.firstIndex(of: intensity) ?? 0
    if place > 0 {
      let softer = self.curve(
        MemoryActivity(intensity: WriteIntensity.allCases[place - 1]), touched: .gibibytes(4))
      #expect(curve.dirtied(in: 1) > softer.dirtied(in: 1))
    }
  }

  @Test func `of nothing known is that of medium`() {
    #expect(curve(MemoryActivity()) == curve(MemoryActivity(intensity: .medium)))
  }

  @Test(arguments: [PowerState.paused, .stopped])
  func `of a guest that does not execute is flat`(state: PowerState) {
    let vm = VirtualMachine(
      id: .init("vm"), host: .init("h"), state: state, vcpus: 1, memory: .gibibytes(1),
      memoryActivity: MemoryActivity(intensity: .extreme))
    #expect(DirtyCurve(of: vm).dirtied(in: 100) == 0)
  }

  @Test func `of noisy measurements stays finite`() {
    let odd = [
      [rate(100, over: 1), rate(100, over: 5)], [rate(100, over: 1), rate(10, over: 5)],
      [rate(0, over: 1), rate(50, over: 5)], [rate(50, over: 1), rate(0, over: 5)], [rate(0, over: 1)],
      [rate(1e9, over: 1), rate(1e9, over: 1)],
    ]
    for rates in odd {
      let curve = curve(MemoryActivity(dirtyRates: rates))
      #expect(curve.dirtied(in: 10).isFinite && curve.dirtied(in: 10) >= 0)
      #expect(curve.initialRate.bytesPerSecond.isFinite)
    }
  }
}
