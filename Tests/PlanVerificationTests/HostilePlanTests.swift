import EvacTestSupport
import EvacuationModel
import PlanVerification
import Quantities
import Testing

@Suite struct `A hostile plan` {
  static let numbers: [Double] = [
    .nan, .infinity, -.infinity, -1, 1e300, -1e300, .greatestFiniteMagnitude, 1e15,
  ]

  @Test(arguments: numbers)
  func `with strange numbers is refused`(number: Double) {
    let builder = PlanBuilder.small {
      for index in $0.steps.indices {
        $0.steps[index].start = PlanTime(seconds: number)
        $0.steps[index].end = PlanTime(seconds: number)
        $0.steps[index].bandwidth = DataRate(bytesPerSecond: number)
        $0.steps[index].forecast.duration = Duration(clampingSeconds: number)
        $0.steps[index].forecast.downtime = Duration(clampingSeconds: number)
        $0.steps[index].forecast.phases.before = Duration(clampingSeconds: number)
        $0.steps[index].forecast.phases.after = Duration(clampingSeconds: number)
        $0.steps[index].forecast.bytesTransferred = ByteCount(rounding: number)
      }
    }
    #expect(!builder.verdict().isEmpty)
  }

  @Test(arguments: [Int.min, -1, 0, Int.max])
  func `with strange counts does no harm`(number: Int) {
    let verdict = PlanBuilder.small.verdict {
      $0.summary.live = number
      $0.summary.bytesTransferred = ByteCount(bytes: Int64(number))
      for index in $0.steps.indices {
        $0.steps[index].wave = number
        $0.steps[index].batch = number
        $0.steps[index].guest.memory = ByteCount(bytes: Int64(number))
        $0.steps[index].forecast.bytesTransferred = ByteCount(bytes: .max)
        $0.steps[index].forecast.roundCount = number
      }
      $0.waves[0].number = number
    }
    #expect(verdict.contains("V503 summary"))
  }

  @Test func `over an inventory of impossible sizes does no harm`() {
    let builder = PlanBuilder.small {
      for index in $0.inventory.virtualMachines.indices {
        $0.inventory.virtualMachines[index].memory = ByteCount(bytes: .max)
        $0.inventory.virtualMachines[index].vcpus = .max
        $0.steps = $0.steps.map { step in
          var step = step
          step.guest.memory = ByteCount(bytes: .max)
          return step
        }
      }
    }
    #expect(builder.verdict() == ["V201 m001", "V201 m002", "V202 m001", "V202 m002"])
  }

  @Test func `with one name for everything is refused`() {
    let builder = PlanBuilder.small {
      for index in $0.steps.indices {
        $0.steps[index].id = ""
        $0.steps[index].vm = "web-1"
        $0.steps[index].source = "host-2"
        $0.steps[index].destination = "host-2"
        $0.steps[index].dependsOn = ["", "", ""]
      }
    }
    let codes = Set(builder.findings(in: builder.plan()).map(\.code))
    #expect(codes.isSuperset(of: [.inconsistentPlan, .orderBroken, .needlessMove, .notAccountedFor]))
  }

  @Test func `with a long ring of dependencies is refused`() {
    let builder = PlanBuilder.small {
      let step = $0.steps[0]
      $0.steps = (0..<20_000).map { index in
        var step = step
        step.id = .init("s\(index)")
        step.dependsOn = [.init("s\((index + 1) % 20_000)")]
        return step
      }
    }
    #expect(builder.findings(in: builder.plan()).contains { $0.message.hasPrefix("depends on itself") })
  }

  @Test func `without anything in it is refused only for what it leaves undone`() {
    let builder = PlanBuilder.small { $0.steps = [] }
    #expect(builder.verdict { $0.waves = [] } == ["V501 db-1", "V501 gpu-1", "V501 old-1", "V501 web-1"])
  }
}
