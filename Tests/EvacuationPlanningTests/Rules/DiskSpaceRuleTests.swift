import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Disk space rule` {
  /// Two disks of 40 GiB, half of them allocated.
  private func answer(free: ByteCount?) -> String {
    PlanQuestion.pair(
      vm: .small("vm", on: "host-1", disks: [.local("vda"), .local("vdb")]),
      to: .small("host-2", storage: [HostStorage(datastore: "ssd", free: free)])
    ).answer()
  }

  @Test func `local disks need their apparent size on the destination`() {
    #expect(answer(free: .gibibytes(80)) == "goes")
    #expect(answer(free: .gibibytes(70)) == "disk_space: is 10 GiB short of space on ssd")
  }

  @Test func `space that the inventory does not tell is not refused`() {
    #expect(answer(free: nil) == "goes")
  }

  @Test func `what others of the plan take counts`() {
    let question = PlanQuestion.pair(
      vm: .small("vm", on: "host-1", disks: [.local()]),
      to: .small("host-2", storage: [HostStorage(datastore: "ssd", free: .gibibytes(60))]),
      guests: [.small("large", on: "host-1", memory: .gibibytes(8), disks: [.local()])])
    #expect(question.answer() == "disk_space: is 20 GiB short of space on ssd")
  }
}
