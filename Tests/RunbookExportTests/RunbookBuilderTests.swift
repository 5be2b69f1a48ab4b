import EvacuationModel
import Quantities
import RunbookExport
import Testing

@Suite struct `Runbooks` {
  @Test func `sections stand in the order of the work`() {
    let runbook = RunbookBuilder.runbook(for: SamplePlans.drain(.nova, ids: SamplePlans.uuids))
    #expect(
      runbook.sections.map(\.kind) == [
        .preChecks, .closeHosts(wave: 1), .batch(wave: 1, batch: 1), .batch(wave: 1, batch: 2),
        .hostsEmpty(wave: 1), .maintenance(wave: 1), .openAgain(wave: 1), .wayBack, .whenStuck,
      ])
  }

  @Test func `the limit is twice what the path carries within the downtime limit, after P90`() throws {
    var step = SamplePlans.live("m001", "a", id: nil, memory: 16)
    step.guest.downtimeLimit = .milliseconds(500)
    let limit = try #require(try Self.step(step).worry)
    #expect(limit.lookAfter == .seconds(30))
    #expect(limit.remaining == ByteCount(bytes: 1_000_000_000))
    #expect(limit.passTime == .seconds(30))
    #expect(limit.decideAfter == .seconds(90))
    #expect(limit.lookEvery == .seconds(5))
  }

  @Test func `a slow first pass makes the period longer that is judged`() throws {
    var step = SamplePlans.live("m001", "a", id: nil, memory: 16)
    step.forecast.phases.firstPass = .seconds(137)
    #expect(try Self.step(step).worry?.passTime == .seconds(180))
  }

  @Test func `nothing is judged by a remainder when the guest is off or in post-copy`() throws {
    var step = SamplePlans.live("m001", "a", id: nil, memory: 16)
    step.usesPostCopy = true
    #expect(try Self.step(step).worry?.remaining == nil)
    #expect(try Self.step(SamplePlans.cold("m001", "a", id: nil)).worry?.remaining == nil)
  }

  @Test(arguments: [Platform.nova, .libvirt])
  func `post-copy is switched on after disks and first pass, with its price`(platform: Platform) throws {
    var step = SamplePlans.block("m001", "a", id: SamplePlans.uuids[0], limits: false)
    step.usesPostCopy = true
    // 4.5 s before, 130 s of disks and 17 s for the first pass, up to the next half minute.
    let lever = try #require(try Self.step(step, platform).levers.first)
    #expect(lever.text.contains("3 min after the start"))
    #expect(lever.text.contains("no way back"))
    #expect(lever.commands.count == 1)
  }

  @Test func `libvirt gets the flags that the plan relies on`() throws {
    var step = SamplePlans.block("m001", "a", id: SamplePlans.uuids[0], limits: true)
    step.usesPostCopy = true
    let commands = try Self.step(step, .libvirt).commands
    #expect(
      commands.map(\.argv) == [
        ["virsh", "migrate-setmaxdowntime", SamplePlans.uuids[0], "500"],
        [
          "virsh", "migrate", "--live", "--persistent", "--undefinesource", "--verbose", "--abort-on-error",
          "--auto-converge", "--postcopy", "--bandwidth", "400", "--copy-storage-all", "--migrate-disks",
          "vdb", SamplePlans.uuids[0], "qemu+ssh://compute-02/system",
        ],
      ])
  }

  @Test func `a lone Nova migration is waited for, two that start together are not`() throws {
    let both = RunbookBuilder.runbook(for: SamplePlans.drain(.nova, ids: SamplePlans.uuids))
    let migrations = both.sections.flatMap(\.steps).filter { $0.migration != nil }
    #expect(migrations.map { $0.commands[0].argv.contains("--wait") } == [false, false, true])
  }

  @Test func `what must be waited for never stands in one block`() throws {
    for platform in [Platform.nova, .libvirt, .proxmox] {
      let id = platform == .proxmox ? "101" : SamplePlans.uuids[0]
      let step = try Self.step(SamplePlans.cold("m001", "a", id: id), platform)
      #expect(step.commands.count == 1)
      #expect(step.then.count >= 2)
    }
  }

  @Test func `hosts of a later wave are closed only when their turn comes`() {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.steps[2].wave = 2
    var second = plan.waves[0]
    second.number = 2
    second.hosts = [.init("compute-09")]
    plan.waves.append(second)
    let kinds = RunbookBuilder.runbook(for: plan).sections.map(\.kind)
    #expect(
      kinds.firstIndex(of: .openAgain(wave: 1)).flatMap { first in
        kinds.firstIndex(of: .closeHosts(wave: 2)).map { first < $0 }
      } == true)
    #expect(kinds.contains(.batch(wave: 2, batch: 2)) && !kinds.contains(.batch(wave: 1, batch: 2)))
  }

  @Test func `a migration of a wave that the plan does not list is not left out`() {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.steps[1].wave = 4
    let sections = RunbookBuilder.runbook(for: plan).sections
    #expect(
      sections.flatMap(\.steps).compactMap(\.migration).map(\.id.name).sorted() == ["m001", "m002", "m003"])
  }

  @Test func `a guest that stays is named where the host should be empty`() throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.unplaced = [
      UnplacedVirtualMachine(vm: .init("gpu-3"), host: .init("compute-01"), refusals: [], message: "tied")
    ]
    let runbook = RunbookBuilder.runbook(for: plan)
    let empty = try #require(runbook.sections.first { $0.kind == .hostsEmpty(wave: 1) })
    let maintenance = try #require(runbook.sections.first { $0.kind == .maintenance(wave: 1) })
    #expect(empty.remarks == ["gpu-3 stays on compute-01: tied"])
    #expect(maintenance.steps[0].warnings.joined().contains("gpu-3"))
  }

  @Test func `absurd numbers do not crash`() throws {
    for value in [Double.nan, .infinity, -1, 1e300] {
      var step = SamplePlans.block("m001", "a", id: SamplePlans.uuids[0], limits: true)
      step.forecast.bandwidth = DataRate(bytesPerSecond: value)
      step.guest.bandwidthLimit = DataRate(bytesPerSecond: value)
      step.guest.downtimeLimit = Duration(clampingSeconds: value)
      step.forecast.durationP90 = Duration(clampingSeconds: value)
      step.start = PlanTime(seconds: value)
      for platform in [Platform.nova, .libvirt, .proxmox] {
        let plan = SamplePlans.plan(platform, steps: [step])
        #expect(!MarkdownRunbook.render(RunbookBuilder.runbook(for: plan)).isEmpty)
        #expect(try !PlanJSON.encode(plan).isEmpty)
      }
    }
  }

  private static func step(_ step: PlannedMigration, _ platform: Platform = .generic) throws -> RunbookStep {
    let runbook = RunbookBuilder.runbook(for: SamplePlans.plan(platform, steps: [step]))
    return try #require(runbook.sections.flatMap(\.steps).first { $0.migration != nil })
  }
}
