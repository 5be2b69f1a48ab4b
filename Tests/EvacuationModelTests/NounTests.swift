import EvacuationModel
import Quantities
import Testing

@Suite struct `Nouns of an evacuation` {
  @Test func `labels are in key order and the last of equal keys counts`() {
    let labels = Labels([("b", "1"), ("a", "2"), ("b", "3")])
    #expect(labels.pairs.map { "\($0.key)=\($0.value)" } == ["a=2", "b=3"])
    #expect(labels["b"] == "3")
    #expect(labels["c"] == nil)
  }

  @Test func `a limit of unlimited allows everything`() {
    #expect(Limit.unlimited.allows(.max))
    #expect(Limit.atMost(2).allows(2))
    #expect(!Limit.atMost(2).allows(3))
    #expect(Limit.unlimited.description == "unlimited")
  }

  @Test func `a finding prints place, severity, code and help`() {
    let finding = Finding(
      .badQuantity, path: "inventory/rack.yaml", place: "12:13 hosts[3].memory",
      message: "\"512\" has no unit", help: "write \"512 GiB\"; a unit is never guessed")
    #expect(
      finding.description == """
        inventory/rack.yaml:12:13 hosts[3].memory: error[I009]: "512" has no unit
          help: write "512 GiB"; a unit is never guessed
        """)
    #expect(Finding(.assumption, message: "m", help: "").description == "note[I107]: m")
  }

  @Test func `measurements tell where a dirty curve comes from`() {
    let once = DirtyRateMeasurement(rate: .mebibytesPerSecond(1))
    let longer = DirtyRateMeasurement(rate: .mebibytesPerSecond(1), period: .seconds(5))
    #expect(MemoryActivity().source == .assumed)
    #expect(MemoryActivity(intensity: .low).source == .declared)
    #expect(MemoryActivity(dirtyRates: [once]).source == .estimated)
    #expect(MemoryActivity(dirtyRates: [longer, once]).source == .measured)
    #expect(MemoryActivity(dirtyRates: [longer, once]).dirtyRates == [once, longer])
    #expect(MemoryActivity(dirtyRates: [once], workingSet: .gibibytes(1)).source == .measured)
  }

  @Test func `a host offers its memory less the reserve, times overcommit`() {
    let host = Host(
      id: .init("a"), cpus: 10, memory: .gibibytes(64), reservedMemory: .gibibytes(4),
      migrationBandwidth: .zero)
    #expect(host.guestMemory(CapacityPolicy()) == .gibibytes(60))
    #expect(host.guestMemory(CapacityPolicy(memoryOvercommit: 1.5)) == .gibibytes(90))
    #expect(host.guestCPUs(CapacityPolicy(cpuOvercommit: 1.25)) == 12)
  }
}
