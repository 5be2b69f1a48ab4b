import Testing

@testable import MigrationSimulation

/// PVE/QemuMigrate.pm, `phase2`.
@Suite struct `Proxmox's doubling of the limit` {
  /// A guest of 10 GB over 100 MB/s whose passes take `pass` seconds and leave `left` before, 500 MB after a sync.
  private func limits(pass: Double, passes: Int, left: Double = 5e6) -> [Double] {
    var doubling = DowntimeDoubling(initial: 0.1, from: 0, remaining: 1e10)
    var now = 100.0
    return (0..<passes).map { _ in
      doubling.synced(at: now, before: left, after: left + pass * 1e8, rate: 1e8, sent: now * 1e8)
      now += pass
      doubling.pass(to: now)
      return doubling.limit
    }
  }

  @Test func `comes at the sixth poll that sees more than the one before`() {
    #expect(
      limits(pass: 5, passes: 13) == [0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.4, 0.4])
  }

  @Test func `comes ten times as often once the poll is every 0.1 s`() {
    // Passes of a third of a second: a poll every second would see the first refill after three of them.
    #expect(limits(pass: 1.0 / 3, passes: 6).last == 0.2)
  }

  @Test func `waits while the remainder is more than a second's worth, and polls once a second`() {
    // Never below 400 MB: at 100 MB/s that is not near the end. Of six refills within 3 s three polls can see three.
    #expect(limits(pass: 0.5, passes: 6, left: 4e8).last == 0.1)
  }

  @Test func `never goes beyond QEMU's 2000 s`() {
    var doubling = DowntimeDoubling(initial: 1500, from: 0, remaining: 1e10)
    for pass in 1...20 {
      doubling.synced(
        at: 100 + Double(pass) * 5, before: 5e6, after: 5e8, rate: 1e8, sent: 1e10 * Double(pass))
    }
    #expect(doubling.limit == 2000)
    #expect(!doubling.canRise)
  }
}
