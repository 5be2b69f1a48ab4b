import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Capacity at every moment` {
  @Test func `of memory is exceeded by one byte too many`() {
    // host-2 gets web-1 and gpu-1 besides web-2, 4 GiB each.
    let builder = PlanBuilder.small { $0.changeHost("host-2") { $0.memory = .gibibytes(12) } }
    #expect(builder.verdict() == [])
    var short = builder
    short.changeHost("host-2") { $0.reservedMemory = ByteCount(bytes: 1) }
    #expect(short.verdict() == ["V201 m004"])
    short.policy.capacity.memoryOvercommit = 1.1
    #expect(short.verdict() == [])
  }

  @Test func `of CPUs is exceeded by one too many`() {
    let builder = PlanBuilder.small {
      $0.policy.capacity.cpuOvercommit = 1
      $0.changeHost("host-2") { $0.cpus = 6 }
    }
    #expect(builder.verdict() == [])
    var short = builder
    short.changeHost("host-2") { $0.cpus = 5 }
    #expect(short.verdict() == ["V202 m004"])
  }

  @Test func `of local disks is counted in allocated bytes, where the space left is known`() {
    func free(_ amount: ByteCount?) -> [String] {
      PlanBuilder.small {
        $0.changeHost("host-3") { $0.storage[1].free = amount }
      }.verdict()
    }
    #expect(free(.gibibytes(20)) == [])
    #expect(free(.gibibytes(19)) == ["V203 m003"])
    #expect(free(nil) == [])
  }

  @Test func `counts a guest at its source until the end and at its destination from the start`() {
    // web-2 leaves host-2 while web-1 comes; then after it has left.
    func swap(at start: Double) -> [String] {
      var builder = PlanBuilder.empty([.small("web-1", on: "host-1"), .small("web-2", on: "host-2")])
      builder.policy.moveOthers = true
      builder.policy.concurrency.batching = .rolling
      builder.changeHost("host-2") { $0.memory = .gibibytes(4) }
      builder.move("web-2", to: "host-3", at: 0, batch: 1)
      builder.move("web-1", to: "host-2", at: start, batch: 2, after: ["m001"])
      return builder.verdict()
    }
    let end = PlanBuilder.small.steps[0].end.seconds
    #expect(swap(at: end - 0.001) == ["V201 m002", "V304 m002"])
    #expect(swap(at: end) == [])
    #expect(swap(at: end - 0.5e-6) == [])
  }

  @Test(arguments: Platform.allCases)
  func `is asked for by a paused guest, and by a stopped one where the platform reserves it`(
    platform: Platform
  ) {
    func verdict(_ state: PowerState, _ mode: MigrationMode) -> [String] {
      var builder = PlanBuilder.empty([.small("web-1", on: "host-1", state: state)])
      builder.inventory.platform = platform
      builder.changeHost("host-2") { $0.memory = .gibibytes(1) }
      builder.move("web-1", to: "host-2", mode, at: 0, batch: 1)
      return builder.verdict()
    }
    let reserves = [.nova, .ganeti, .generic].contains(platform)
    #expect(verdict(.stopped, .cold) == (reserves ? ["V201 m001"] : []))
    #expect(verdict(.paused, .live) == ["V201 m001"])
    #expect(verdict(.running, .cold) == ["V201 m001"])
  }

  @Test func `may be exceeded before the plan, as long as no step adds to it`() {
    let full = PlanBuilder.small {
      $0.inventory.virtualMachines.append(.small("huge", on: "host-3", memory: .gibibytes(90)))
    }
    // The stopped m002 arrives first, and on Nova it holds room.
    #expect(full.verdict() == ["V201 m002"])
    var elsewhere = full
    elsewhere.change("m002") { $0.destination = "host-2" }
    #expect(elsewhere.verdict() == ["V201 m003"])
    elsewhere.change("m003") { $0.destination = "host-2" }
    #expect(elsewhere.verdict() == [])
  }

  @Test func `may be exceeded where the arrival holds nothing`() {
    let full = PlanBuilder.small {
      $0.inventory.platform = .libvirt
      $0.inventory.virtualMachines.append(.small("huge", on: "host-3", memory: .gibibytes(90)))
    }
    #expect(full.verdict() == ["V201 m003"])
  }
}
