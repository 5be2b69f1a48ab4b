import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Disks and devices` {
  @Test func `on a shared pool need it at the destination`() {
    let builder = PlanBuilder.small { $0.changeHost("host-2") { $0.storage.remove(at: 0) } }
    #expect(builder.verdict() == ["V403 m001", "V403 m004"])
  }

  @Test func `on a local pool need a piece of it at the destination`() {
    let builder = PlanBuilder.small { $0.changeHost("host-3") { $0.storage.remove(at: 1) } }
    #expect(builder.verdict() == ["V403 m003"])
  }

  @Test func `forbid a live migration if local`() {
    let builder = PlanBuilder.small { $0.changeGuest("web-1") { $0.disks.append(.local()) } }
    #expect(builder.verdict() == ["V405 m001"])
  }

  @Test func `forbid a block migration if all are shared`() {
    let builder = PlanBuilder.small {
      $0.changeGuest("db-1") { $0.disks.removeLast() }
      $0.change("m003") { $0.guest.copiedDisks = [] }
    }
    #expect(builder.verdict() == ["V405 m003"])
  }

  @Test(arguments: ["pci-passthrough", "vgpu", "sriov", "local-cdrom", "of-some-other-kind"])
  func `permit only a cold migration if the guest holds a device`(kind: String) {
    let builder = PlanBuilder.small {
      $0.changeGuest("web-1") { $0.devices = [.init(kind: kind, name: "x")] }
    }
    #expect(builder.verdict() == ["V405 m001"])
  }
}
