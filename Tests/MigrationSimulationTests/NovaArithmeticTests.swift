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

  @Test func `uses the value in force at each moment, the first one at once`() {
    var schedule = DowntimeSchedule(
      .ladder(final: .milliseconds(500), steps: 10, delayPerGibibyte: .seconds(75)), dataGibibytes: 16)
    #expect(schedule.limit(at: 0) == 0.05)
    #expect(schedule.limit(at: 1199.9) == 0.05)
    #expect(schedule.limit(at: 1200) == 0.095)
    #expect(schedule.nextChange == 2400)
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

  @Test func `Proxmox doubles its limit at the sixth poll with a grown remainder, a second apart`() {
    var schedule = DowntimeSchedule(.doubling(initial: .milliseconds(100)), dataGibibytes: 8)
    for second in 1...5 { schedule.remainderGrew(at: Double(second)) }
    schedule.remainderGrew(at: 5.5)
    #expect(schedule.limit(at: 5.5) == 0.1)
    schedule.remainderGrew(at: 6)
    #expect(schedule.limit(at: 6) == 0.2)
    #expect(schedule.growsByItself)
  }

  @Test func `Proxmox never goes beyond QEMU's 2000 s`() {
    var schedule = DowntimeSchedule(.doubling(initial: .seconds(1500)), dataGibibytes: 8)
    for second in 1...20 { schedule.remainderGrew(at: Double(second)) }
    #expect(schedule.limit(at: 20) == 2000)
    #expect(!schedule.growsByItself)
  }
}
