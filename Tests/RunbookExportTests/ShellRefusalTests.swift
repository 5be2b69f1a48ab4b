import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

/// When a script does not go on, and what it never hands to a client.
@Suite struct `What a script refuses` {
  @Test func `an old inventory stops it before it asks anybody`() throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 1, size: 1)
      plan.capturedAt = Instant(secondsSince1970: 1_577_836_800)
      let fake = try FakePlatform(plan, in: folder)
      let outcome = try fake.run("--yes", atAnyAge: false)
      #expect(outcome.status == 2)
      #expect(outcome.output.contains("the limit is 24 h"))
      #expect(fake.calls.isEmpty)
    }
  }

  @Test func `a fresh inventory is no obstacle, and one without a date is`() throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 1, size: 1)
      plan.capturedAt = Instant(secondsSince1970: Date().timeIntervalSince1970 - 3600)
      let outcome = try FakePlatform(plan, in: folder).run("--yes", atAnyAge: false)
      #expect(outcome.status == 0)
    }
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 1, size: 1)
      plan.capturedAt = nil
      let outcome = try FakePlatform(plan, in: folder).run("--yes", atAnyAge: false)
      #expect(outcome.status == 2)
    }
  }

  @Test(arguments: [Platform.nova, .libvirt, .proxmox, .kubevirt])
  func `a guest that the plan does not know stops it before anything is changed`(platform: Platform) throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(platform, count: 1, size: 1), in: folder)
      try fake.put(FakePlatform.id(77, platform), on: "compute-01", state: "running")
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 2)
      #expect(outcome.output.contains("not planned: \(FakePlatform.id(77, platform))"))
      #expect(fake.outcomes.isEmpty)
    }
  }

  @Test func `a guest that has gone stops it too, one that stays does not`() throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 2, size: 1)
      let staying = FakePlatform.id(50, .nova)
      plan.unplaced = [
        UnplacedVirtualMachine(
          vm: .init("gpu-3"), platformID: staying, host: .init("compute-01"), refusals: [], message: "tied")
      ]
      let fake = try FakePlatform(plan, in: folder)
      #expect(try fake.run("--yes").status == 0)
      #expect(try fake.host(of: staying) == "compute-01")
    }
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(.nova, count: 2, size: 1), in: folder)
      try FileManager.default.removeItem(
        at: folder.appendingPathComponent("world/guests/compute-01/\(FakePlatform.id(1, .nova))"))
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 2)
      #expect(outcome.output.contains("not there: \(FakePlatform.id(1, .nova))"))
    }
  }

  @Test func `it asks before each batch, and a no or nobody's answer starts nothing`() throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(.nova, count: 2, size: 1), in: folder)
      #expect(try fake.run().status == 4)
      #expect(try fake.run(input: "n\n").status == 4)
      #expect(fake.outcomes.isEmpty)
      #expect(try fake.run(input: "y\nn\n").status == 4)
      #expect(fake.outcomes == ["m1 started", "m1 done"])
      #expect(try fake.run(input: "y\n").status == 0)
    }
  }

  @Test(arguments: [Platform.libvirt, .proxmox])
  func `a destination whose room somebody has used takes nobody`(platform: Platform) throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(platform, count: 2, size: 2), in: folder)
      try fake.write("free.compute-02", "400000")
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("has 390 MiB of memory left, and 512 MiB arrive"))
      #expect(fake.outcomes.isEmpty)
    }
  }

  @Test func `a guest that is nowhere any more ends it, with the state called unknown`() throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(.libvirt, count: 2, size: 1), in: folder)
      try fake.behave(FakePlatform.id(0, .libvirt), "fail 4")
      let gone = folder.appendingPathComponent("world/guests/compute-01/\(FakePlatform.id(0, .libvirt))")
      let outcome = try fake.run("--yes", signal: 0) { fake in
        guard fake.text("evac-47f9dc9f46d5.state").contains(" m1 started") else { return false }
        return (try? FileManager.default.removeItem(at: gone)) != nil
      }
      #expect(outcome.status == 3, "\(outcome.output)")
      #expect(outcome.output.contains("UNKNOWN: m1"))
      #expect(fake.outcomes == ["m1 started"])
    }
  }

  @Test func `a slot is filled again as soon as it is free, and never more than the limit`() throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 5, size: 1, batching: .rolling)
      plan.concurrency.liveOutboundPerHost = .atMost(2)
      let fake = try FakePlatform(plan, in: folder)
      try fake.behave(FakePlatform.id(0, .nova), "ok 12")
      #expect(try fake.run("--yes").status == 0)
      var under = 0
      var most = 0
      for outcome in fake.outcomes {
        under += outcome.hasSuffix("started") ? 1 : -1
        most = max(most, under)
      }
      #expect(most == 2)
      #expect(fake.outcomes.suffix(1) == ["m1 done"] || fake.outcomes.firstIndex(of: "m1 done") ?? 0 > 4)
    }
  }

  @Test func `names that somebody made up to do harm reach no client, and the ids do`() throws {
    try Shell.withFolder { folder in
      var names = HostileNames(seed: 9)
      let plan = FakePlatform.plan(.nova, count: 60, size: 20) { _ in names.next() }
      let fake = try FakePlatform(plan, in: folder)
      #expect(try fake.check("bash", ["-n"]).status == 0)
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 0, "\(outcome.output)")
      let hostile = Set(plan.steps.map(\.vm.name)).subtracting(["", "a", "7", "web"])
      #expect(!fake.calls.joined().contains { hostile.contains($0) })
      #expect(
        fake.calls.filter { $0.contains("--live-migration") }.map { $0.last }
          == plan.steps.map(\.guest.platformID))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(
        files.allSatisfy { $0.hasPrefix("evac-47f9dc9f46d5.") || ["run.sh", "world"].contains($0) },
        "\(files)")
      #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\u{202E}"))
    }
  }

  @Test func `a guest without an id of the platform's is left to a person`() throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(.nova, count: 2, size: 1)
      plan.steps[0].guest.platformID = "$(touch canary)"
      let fake = try FakePlatform(plan, in: folder)
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 4, "\(outcome.output)")
      #expect(outcome.output.contains("--done m1"))
      #expect(!fake.calls.joined().contains { $0.contains("canary") })
    }
  }

  @Test(arguments: ["a b", "-x", "a;b", "$(x)", "a\nb"])
  func `a host or a step with a name that is none has no script`(name: String) {
    var plan = FakePlatform.plan(.nova, count: 1, size: 1)
    plan.steps[0].destination = .init(name)
    #expect(throws: ShellRunbook.Refusal.self) { try ShellRunbook.render(plan, id: "47f9dc9f46d5") }
    plan = FakePlatform.plan(.nova, count: 1, size: 1)
    plan.steps[0].id = .init(name)
    #expect(throws: ShellRunbook.Refusal.self) { try ShellRunbook.render(plan, id: "47f9dc9f46d5") }
  }
}
