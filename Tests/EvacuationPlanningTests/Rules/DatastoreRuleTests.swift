import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Datastore rule` {
  private func answer(_ disks: [VirtualDisk], reaches pools: [Datastore.ID]) -> String {
    PlanQuestion.pair(
      vm: .small("vm", on: "host-1", disks: disks),
      to: .small("host-2", storage: pools.map { HostStorage(datastore: $0) })
    ).answer()
  }

  @Test func `a shared disk needs a host that reaches its pool`() {
    #expect(answer([.shared()], reaches: ["ceph"]) == "goes")
    #expect(answer([.shared()], reaches: ["ssd"]) == "storage_unreachable: does not reach pool ceph")
  }

  @Test func `a local disk needs a host with a piece of its pool`() {
    #expect(answer([.local()], reaches: ["ssd"]) == "goes")
    #expect(
      answer([.shared(), .local()], reaches: ["ceph"]) == "storage_unreachable: does not reach pool ssd")
  }

  @Test func `a guest without disks goes anywhere`() {
    #expect(answer([], reaches: []) == "goes")
  }
}
