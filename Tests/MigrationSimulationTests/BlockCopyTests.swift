import Testing

@testable import MigrationSimulation

/// QEMU 7.2 on one machine, 768 MiB of random data mirrored at 64 MB/s, guest writing 64 KiB blocks at random.
@Suite struct `A disk mirror` {
  private func seconds(_ mebibytes: Double, writes: Double, rate: Double) -> Double {
    BlockCopy(bytes: mebibytes * 1_048_576, writesPerSecond: writes * 1e6, diskRate: .infinity)
      .secondsLeft(rate: rate * 1e6)
  }

  @Test(arguments: [(768.0, 0.0, 64.0, 12.7), (768, 20, 64, 15.2), (384, 15, 20, 37.0)])
  func `takes what was measured within 2 %`(mebibytes: Double, writes: Double, rate: Double, measured: Double)
  {
    let forecast = seconds(mebibytes, writes: writes, rate: rate)
    #expect(abs(forecast / measured - 1) < 0.02, "\(forecast) s")
  }

  @Test func `never ends when the guest writes as fast as it is copied`() {
    #expect(seconds(384, writes: 25, rate: 20) == .infinity)
  }

  @Test func `ends at the same time whether it is advanced at once or in steps`() {
    var copy = BlockCopy(bytes: 8e8, writesPerSecond: 2e7, diskRate: .infinity)
    let whole = copy.secondsLeft(rate: 6.4e7)
    for _ in 0..<10 { copy.advance(whole / 11, rate: 6.4e7) }
    #expect(abs(copy.secondsLeft(rate: 6.4e7) - whole / 11) < 1e-6)
  }

  @Test func `is no faster than its disks`() {
    #expect(BlockCopy(bytes: 1e9, writesPerSecond: 0, diskRate: 1e8).secondsLeft(rate: 1e9) == 10)
  }
}
