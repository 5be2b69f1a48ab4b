import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

/// Moves of several commands, post-copy, and what a plan asks of the platform beside the plain way.
@Suite struct `Scripts for moves with several parts` {
  @Test(arguments: [Platform.nova, .libvirt, .proxmox], [PowerState.running, .stopped])
  func `a cold move comes to its end in the state in which it began`(platform: Platform, state: PowerState)
    throws
  {
    try Shell.withFolder { folder in
      let id = FakePlatform.id(0, platform)
      var step = SamplePlans.cold("m1", "legacy", id: id)
      step.guest.state = state
      step.dependsOn = []
      let fake = try FakePlatform(SamplePlans.plan(platform, steps: [step]), in: folder)
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 0, "\(outcome.output)")
      #expect(try fake.host(of: id) == "compute-02")
      let last = fake.text("world/guests/compute-02/\(id)")
      switch (platform, state) {
      case (.nova, .running): #expect(last == "ACTIVE\n")
      case (.nova, _): #expect(last == "SHUTOFF\n")
      case (.libvirt, .running): #expect(last == "running (booted)\n")
      case (.libvirt, _): #expect(last == "shut off (unknown)\n")
      default: #expect(last == (state == .running ? "running\n" : "stopped\n"))
      }
    }
  }

  @Test func `a cold move whose disks somebody has to copy is left to a person, and goes on when it is done`()
    throws
  {
    try Shell.withFolder { folder in
      var step = SamplePlans.cold("m1", "legacy", id: FakePlatform.id(0, .libvirt))
      step.guest.copiedDisks = ["vdb"]
      step.dependsOn = []
      let fake = try FakePlatform(SamplePlans.plan(.libvirt, steps: [step]), in: folder)
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 4)
      #expect(outcome.output.contains("copy vdb while it is off"))
      #expect(fake.calls.allSatisfy { !$0.contains("shutdown") && !$0.contains("migrate") })
      // Somebody has moved it meanwhile.
      let (from, to) = (folder.appendingPathComponent("world/guests/compute-01"), "world/guests/compute-02")
      try FileManager.default.moveItem(
        at: from.appendingPathComponent(FakePlatform.id(0, .libvirt)),
        to: folder.appendingPathComponent("\(to)/\(FakePlatform.id(0, .libvirt))"))
      #expect(try fake.run("--yes", "--done", "m1").status == 0)
      #expect(fake.outcomes == ["m1 started", "m1 done"])
    }
  }

  @Test func `post-copy is switched on when the plan says so, and is not stopped after that`() throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 1, size: 1)
      plan.steps[0].usesPostCopy = true
      plan.steps[0].forecast.phases.before = .zero
      plan.steps[0].forecast.phases.firstPass = .milliseconds(10)
      let fake = try FakePlatform(plan, in: folder)
      try fake.behave(FakePlatform.id(0, .nova), "hang 0")
      // Five seconds is the least that the plan's time of switching is rounded up to.
      let outcome = try fake.run("--yes", "--limit", "4000")
      #expect(outcome.status == 0, "\(outcome.output)")
      #expect(outcome.output.contains("switching to post-copy"))
      #expect(fake.calls.filter { $0.contains("force") }.count == 1)
      #expect(fake.calls(with: "abort").isEmpty)
    }
  }

  @Test func `libvirt gets the limits and flags that the plan relies on`() throws {
    try Shell.withFolder { folder in
      var step = SamplePlans.block("m1", "db", id: FakePlatform.id(0, .libvirt), limits: true)
      step.guest.memory = .mebibytes(64)
      let fake = try FakePlatform(SamplePlans.plan(.libvirt, steps: [step]), in: folder)
      #expect(try fake.run("--yes").status == 0)
      #expect(
        fake.calls.filter { $0.contains("migrate") || $0.contains("migrate-setmaxdowntime") } == [
          ["compute-01", "virsh", "migrate-setmaxdowntime", FakePlatform.id(0, .libvirt), "500"],
          [
            "compute-01", "virsh", "migrate", "--live", "--persistent", "--undefinesource", "--verbose",
            "--abort-on-error", "--auto-converge", "--bandwidth", "400", "--copy-storage-all",
            "--migrate-disks",
            "vdb", FakePlatform.id(0, .libvirt), "qemu+ssh://compute-02/system",
          ],
        ])
    }
  }

  @Test func `Nova that finds no host is believed, and the reason is recorded`() throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(.nova, count: 2, size: 1), in: folder)
      try fake.write("refuse.\(FakePlatform.id(0, .nova))", "")
      #expect(try fake.run("--yes").status == 1)
      #expect(
        fake.text("evac-47f9dc9f46d5.csv").contains("m1,failed,,\"not started: No valid host was found. \""))
    }
  }

  @Test func `two waves wait for the maintenance between them`() throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 2, size: 1)
      plan.steps[1].wave = 2
      plan.steps[1].source = .init("compute-03")
      var second = plan.waves[0]
      (second.number, second.hosts) = (2, [.init("compute-03")])
      plan.waves.append(second)
      plan.request.drain = [.init("compute-01"), .init("compute-03")]
      let fake = try FakePlatform(plan, in: folder)
      #expect(try fake.run("--yes").status == 4)
      #expect(fake.outcomes == ["m1 started", "m1 done"])
      #expect(try fake.run("--yes", "--maintained", "compute-01").status == 0)
      #expect(fake.outcomes.suffix(2) == ["m2 started", "m2 done"])
      #expect(fake.calls(with: "--enable").count == 1)
    }
  }
}
