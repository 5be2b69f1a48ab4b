import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `On the way home` {
  /// web-1 is on host-2 and belongs on host-1.
  private func builder(to destination: Host.ID, then next: Host.ID? = nil) -> PlanBuilder {
    var builder = PlanBuilder(inventory: .threeHosts, drain: [])
    builder.inventory.virtualMachines = [.small("web-1", on: "host-2"), .small("web-2", on: "host-2")]
    builder.request = EvacuationRequest(
      restore: RestoreRequest(plan: "before", homes: [.init(vm: "web-1", host: "host-1")]))
    builder.move("web-1", to: destination, at: 0, batch: 1)
    return builder
  }

  @Test func `who moves ends at home`() {
    #expect(builder(to: "host-1").verdict() == [])
    #expect(builder(to: "host-3").verdict().contains("V401 m001"))
  }

  @Test func `nobody moves who has no home to go to`() {
    var builder = builder(to: "host-1")
    builder.move("web-2", to: "host-1", at: 60, batch: 2)
    #expect(builder.verdict().contains("V502 m002"))
  }

  @Test func `who does not move is listed`() {
    var builder = builder(to: "host-1")
    builder.steps = []
    #expect(builder.verdict().contains { $0.hasPrefix("V501") })
    builder.leave("web-1", on: "host-2")
    #expect(!builder.verdict { $0.completeness = .impossible }.contains { $0.hasPrefix("V501") })
  }
}
