import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

/// Exported scripts, run from beginning to end against fake clients.
@Suite struct `Scripts that carry out a plan` {
  static let platforms: [Platform] = [.nova, .libvirt, .proxmox, .kubevirt]

  @Test(arguments: platforms)
  func `a plan goes through, and nothing but what it says is done`(platform: Platform) throws {
    try Shell.withFolder { folder in
      let plan = FakePlatform.plan(platform, count: 3, size: 2)
      let fake = try FakePlatform(plan, in: folder)
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 0, "\(outcome.output)")
      for index in 0..<3 { #expect(try fake.host(of: FakePlatform.id(index, platform)) == "compute-02") }
      #expect(Self.changes(fake.calls) == Self.expectedChanges(platform))
      #expect(
        fake.outcomes.sorted() == ["m1 done", "m1 started", "m2 done", "m2 started", "m3 done", "m3 started"])
      let opened = try fake.run("--yes", "--maintained", "compute-01")
      #expect(opened.status == 0 && opened.output.contains("All done."), "\(opened.output)")
    }
  }

  @Test(arguments: platforms)
  func `bash and shellcheck have nothing to say`(platform: Platform) throws {
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(platform, count: 3, size: 2)
      plan.steps.append(SamplePlans.cold("m009", "legacy", id: nil))
      plan.steps[3].dependsOn = [plan.steps[2].id]
      let fake = try FakePlatform(plan, in: folder)
      #expect(try fake.check("bash", ["-n"]).status == 0)
      guard try Shell.run("command -v shellcheck").status == 0 else { return }
      let outcome = try fake.check("shellcheck", [])
      #expect(outcome.status == 0, "\(outcome.output)")
    }
  }

  @Test(arguments: platforms)
  func `a rehearsal asks and does nothing, and names every start`(platform: Platform) throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(platform, count: 3, size: 2), in: folder)
      let outcome = try fake.run("--dry-run")
      #expect(outcome.status == 0 && fake.calls.isEmpty)
      for step in ["m1", "m2", "m3"] { #expect(outcome.output.contains("Starting \(step) ")) }
      #expect(fake.text("evac-47f9dc9f46d5.state").isEmpty)
    }
  }

  @Test(arguments: platforms)
  func `a failed migration stops what follows, says what to do, and may be tried again`(
    platform: Platform
  ) throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(platform, count: 3, size: 2), in: folder)
      try fake.behave(FakePlatform.id(0, platform), "fail 2")
      let outcome = try fake.run("--yes")
      #expect(outcome.status == 1, "\(outcome.output)")
      #expect(fake.outcomes.contains("m1 failed") && fake.outcomes.contains("m2 done"))
      #expect(!outcome.output.contains("Starting m3"))
      for text in ["evac record 47f9dc9f46d5 --csv", "evac replan 47f9dc9f46d5", "--retry m1", "1. Stop."] {
        #expect(outcome.output.contains(text))
      }
      // Left alone it stays stopped; told to, it goes on.
      #expect(try fake.run("--yes").status == 1)
      try fake.behave(FakePlatform.id(0, platform), "ok 1")
      #expect(try fake.run("--yes", "--retry", "m1").status == 0)
      #expect(fake.outcomes.suffix(1) == ["m3 done"])
    }
  }

  @Test(arguments: platforms)
  func `a migration past its limit is stopped by the platform's own command`(platform: Platform) throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(platform, count: 2, size: 1), in: folder)
      try fake.behave(FakePlatform.id(0, platform), "hang 0")
      let outcome = try fake.run("--yes", "--limit", "1")
      #expect(outcome.status == 1, "\(outcome.output)")
      #expect(
        fake.text("evac-47f9dc9f46d5.csv").contains("m1,failed,,\"timed out after 1 s and was stopped\""))
      #expect(try fake.host(of: FakePlatform.id(0, platform)) == "compute-01")
      #expect(!outcome.output.contains("Starting m2"))
      let id = FakePlatform.id(0, platform)
      let abort: [String] =
        switch platform {
        case .libvirt: ["compute-01", "virsh", "domjobabort", id]
        case .proxmox:
          [
            "compute-01", "pvesh", "delete",
            "/nodes/compute-01/tasks/UPID:compute-01:0001A2B3:02FA7D1C:6740B1C2:qmigrate:101:root@pam:",
          ]
        case .kubevirt: ["virtctl", "migrate-cancel", "vm-0", "-n", "shop"]
        default: ["openstack", "--os-compute-api-version", "2.24", "server", "migration", "abort", id, "101"]
        }
      #expect(fake.calls.filter { $0 == abort }.count == 1)
    }
  }

  @Test(arguments: platforms)
  func `after an interrupt nothing starts, what is under way is watched, and a later run goes on`(
    platform: Platform
  ) throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(platform, count: 3, size: 1), in: folder)
      for index in 0..<3 { try fake.behave(FakePlatform.id(index, platform), "ok 8") }
      let first = try fake.run("--yes", signal: SIGINT) {
        $0.text("evac-47f9dc9f46d5.state").contains(" m2 started")
      }
      #expect(first.status == 130, "\(first.output)")
      #expect(fake.outcomes == ["m1 started", "m1 done", "m2 started", "m2 done"])
      #expect(try fake.run("--yes").status == 0)
      #expect(fake.outcomes.suffix(2) == ["m3 started", "m3 done"])
      #expect(Self.starts(fake.calls).count == 3)
    }
  }

  @Test(arguments: platforms)
  func `a step under way when the script was killed is looked at and not started twice`(
    platform: Platform
  ) throws {
    try Shell.withFolder { folder in
      let fake = try FakePlatform(FakePlatform.plan(platform, count: 2, size: 1), in: folder)
      for index in 0..<2 { try fake.behave(FakePlatform.id(index, platform), "ok 8") }
      _ = try fake.run("--yes", signal: SIGKILL) {
        $0.text("evac-47f9dc9f46d5.state").contains(" m1 started")
      }
      let second = try fake.run("--yes")
      #expect(second.status == 0, "\(second.output)")
      #expect(second.output.contains("looking, not starting"))
      #expect(Self.starts(fake.calls).count == 2)
      #expect(fake.outcomes == ["m1 started", "m1 done", "m2 started", "m2 done"])
    }
  }

  /// The calls that change something, in order.
  private static func changes(_ calls: [[String]]) -> [[String]] {
    let asking: Set = [
      "list", "show", "get", "version", "status", "domstate", "domjobinfo", "nodememstats", "config",
      "/proc/meminfo",
    ]
    return calls.filter { call in !call.contains(where: asking.contains) }
  }

  private static func starts(_ calls: [[String]]) -> [[String]] {
    changes(calls).filter { $0.contains("migrate") }
  }

  private static func expectedChanges(_ platform: Platform) -> [[String]] {
    let ids = (0..<3).map { FakePlatform.id($0, platform) }
    switch platform {
    case .libvirt:
      return ids.map {
        [
          "compute-01", "virsh", "migrate", "--live", "--persistent", "--undefinesource", "--verbose",
          "--abort-on-error", $0, "qemu+ssh://compute-02/system",
        ]
      }
    case .proxmox:
      return ids.map { ["compute-01", "qm", "migrate", $0, "compute-02", "--online"] } + [
        ["compute-01", "ha-manager", "crm-command", "node-maintenance", "enable", "compute-01"]
      ]
    case .kubevirt:
      return [["kubectl", "cordon", "compute-01"]]
        + (0..<3).map {
          [
            "virtctl", "migrate", "vm-\($0)", "-n", "shop", "--addedNodeSelector",
            "kubernetes.io/hostname=compute-02",
          ]
        }
    default:
      return [
        [
          "openstack", "--os-compute-api-version", "2.24", "compute", "service", "set", "--disable",
          "--disable-reason", "maintenance; emptied by plan 47f9dc9f46d5", "compute-01", "nova-compute",
        ]
      ]
        + ids.map {
          [
            "openstack", "--os-compute-api-version", "2.30", "server", "migrate", "--live-migration",
            "--host",
            "compute-02", $0,
          ]
        }
    }
  }
}
