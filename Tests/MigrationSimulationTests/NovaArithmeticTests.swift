import EvacuationModel
import Quantities
import Testing

@testable import MigrationSimulation

/// nova/virt/libvirt/migration.py (`downtime_steps`) and driver.py (`_live_migration_data_gb`), Ocata to today.
@Suite struct `Nova's arithmetic` {
  @Test func `raises a 16 GiB guest's limit from 50 to 500 ms in ten steps of 1200 s`() {
    let ladder = DowntimeSchedule.ladder(
      final: .milliseconds(500), steps: 10, delay: .seconds(75), dataGibibytes: 16)
    #expect(ladder.map { Int($0.time.seconds) } == (0...10).map { $0 * 1200 })
    #expect(
      ladder.map { Int(($0.limit.seconds * 1000).rounded()) }
        == [50, 95, 140, 185, 230, 275, 320, 365, 410, 455, 500])
  }

  @Test func `gives up on 16 GiB after 12,800 s`() {
    let size = CompletionDeadline.dataSize(.nova, memory: .gibibytes(16), copiedDisks: [])
    #expect(CompletionDeadline.seconds(.perGibibyte(.seconds(800)), dataSize: size) == 12_800)
  }

  @Test func `counts at least 2 GiB of memory and of each copied disk, by its apparent size`() {
    func size(_ memory: Double, _ disks: [Double]) -> Double {
      CompletionDeadline.dataSize(
        .nova, memory: .gibibytes(memory), copiedDisks: disks.map { .gibibytes($0) })
    }
    #expect(size(1, []) == 2)
    #expect(size(16, [160]) == 176)
    #expect(size(16, [1, 160]) == 178)
  }

  @Test func `was exponential up to Newton`() {
    let ladder = DowntimeSchedule.exponentialLadder(
      final: .milliseconds(500), steps: 10, delay: .seconds(75), dataGibibytes: 16)
    #expect(ladder.map { Int($0.time.seconds) } == (0...10).map { $0 * 1200 })
    #expect(
      ladder.map { Int(($0.limit.seconds * 1000).rounded()) }
        == [46, 47, 48, 51, 57, 66, 84, 117, 179, 291, 500])
  }

  @Test
  func `leaves QEMU's own 300 ms until the first poll, and takes each later step at the poll after its time`()
  {
    var schedule = DowntimeSchedule(
      .ladder(final: .milliseconds(500), steps: 10, delayPerGibibyte: .seconds(75)), dataGibibytes: 16)
    #expect(schedule.limit(at: 0) == 0.3)
    #expect(schedule.limit(at: 0.49) == 0.3)
    #expect(schedule.limit(at: 0.5) == 0.05)
    #expect(schedule.limit(at: 1200) == 0.05)
    #expect(schedule.limit(at: 1200.5) == 0.095)
    #expect(schedule.nextChange == 2400.5)
    #expect(schedule.limit(at: 50_000) == 0.5)
    #expect(schedule.nextChange == .infinity)
  }
}

@Suite struct `Other platforms' arithmetic` {
  @Test func `KubeVirt counts units of a billion bytes and rounds up`() {
    let size = CompletionDeadline.dataSize(.kubevirt, memory: .gibibytes(16), copiedDisks: [.gigabytes(10)])
    #expect(size == 28)
    #expect(CompletionDeadline.seconds(.perGibibyte(.seconds(150)), dataSize: size) == 4200)
  }
}
