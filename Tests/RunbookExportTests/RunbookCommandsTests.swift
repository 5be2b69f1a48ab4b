import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

/// Every fenced block of a runbook is handed to a real shell, with stubs in place of the tools.
@Suite struct `Commands of a runbook` {
  @Test(arguments: Platform.allCases)
  func `hostile names run nothing and arrive as one argument`(platform: Platform) throws {
    let plan = Self.hostilePlan(platform, count: 500)
    let runbook = RunbookBuilder.runbook(for: plan)
    let script = Self.blocks(of: MarkdownRunbook.render(runbook)).joined(separator: "\n")
    try Shell.withFolder { folder in
      let calls = try Self.calls(of: script, in: folder)
      let written = Self.commands(of: runbook).filter { ShellQuoting.line(for: $0) != nil }
      #expect(Set(calls) == Set(written.map(\.argv)))
      #expect(calls.isEmpty == written.isEmpty)
    }
  }

  @Test(arguments: [Platform.nova, .libvirt])
  func `without an id the name is used as it is, and called ambiguous`(platform: Platform) throws {
    let name = "-a; rm -rf / '\"$(x)"
    let step = SamplePlans.live("m001", name, id: nil, memory: 4)
    let built = try Self.migrationStep(SamplePlans.plan(platform, steps: [step]))
    let migrate = try #require(built.commands.first { $0.argv.contains("migrate") })
    let index = try #require(migrate.argv.firstIndex(of: name))
    #expect(migrate.argv[index - 1] == "--")
    #expect(built.warnings.contains { $0.contains("ambiguous") })
  }

  @Test(arguments: ["7", "12345", "", "5d2c6a0e-94a1-4c57-9a3b-0f6d2b1c7e09", "a\nb"])
  func `a name that reads as an id or cannot be seen is never used as one`(name: String) throws {
    let step = SamplePlans.live("m001", name, id: nil, memory: 4)
    let built = try Self.migrationStep(SamplePlans.plan(.libvirt, steps: [step]))
    #expect(!built.commands.contains { $0.argv.contains("migrate") })
    #expect(built.warnings.contains { $0.hasPrefix("No command is given") })
  }

  @Test(arguments: [nil, "12", "012", "1000000000", "101; reboot", "web"])
  func `Proxmox without a VMID gets an instruction and no command`(id: String?) throws {
    let step = SamplePlans.live("m001", "web", id: id, memory: 4)
    let built = try Self.migrationStep(SamplePlans.plan(.proxmox, steps: [step]))
    #expect(built.commands.map(\.argv) == [["qm", "list"]])
  }

  @Test func `a destination that would change a libvirt URI is refused`() throws {
    var step = SamplePlans.live("m001", "web", id: SamplePlans.uuids[0], memory: 4)
    step.destination = .init("compute-02/system?command=/tmp/x#")
    let built = try Self.migrationStep(SamplePlans.plan(.libvirt, steps: [step]))
    #expect(!built.commands.contains { $0.argv.contains("migrate") })
  }

  private static func migrationStep(_ plan: EvacuationPlan) throws -> RunbookStep {
    try #require(
      RunbookBuilder.runbook(for: plan).sections.flatMap(\.steps).first { $0.migration != nil })
  }

  private static func hostilePlan(_ platform: Platform, count: Int) -> EvacuationPlan {
    var names = HostileNames(seed: 2)
    var steps: [PlannedMigration] = []
    for number in 0..<count {
      let id = number % 3 == 0 ? names.next() : nil
      var step =
        number % 2 == 0
        ? SamplePlans.live("m\(number)", names.next(), id: id, memory: 4)
        : SamplePlans.cold("m\(number)", names.next(), id: id)
      if number % 5 == 0 {
        step.guest.platformID = platform == .proxmox ? "\(1000 + number)" : SamplePlans.uuids[0]
      }
      if number % 7 == 0 { step.destination = .init(names.next()) }
      if number % 11 == 0 { step.guest.copiedDisks = [names.next()] }
      step.batch = number / 10 + 1
      step.reasons = [names.next()]
      step.source = .init("src")
      steps.append(step)
    }
    var plan = SamplePlans.plan(platform, steps: steps, inventory: names.next())
    plan.request.drain.append(.init(names.next()))
    plan.waves[0].hosts = plan.request.drain
    return plan
  }

  /// The contents of all fenced `sh` blocks, with the fence's own indentation taken off.
  private static func blocks(of markdown: String) -> [String] {
    var blocks: [String] = []
    var open: (indent: Int, lines: [String])?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = line.prefix { $0 == " " }.count
      if let block = open {
        if line.dropFirst(indent) == "```" {
          blocks.append(block.lines.joined(separator: "\n"))
          open = nil
        } else {
          open?.lines.append(String(line.dropFirst(min(block.indent, indent))))
        }
      } else if line.dropFirst(indent) == "```sh" {
        open = (indent, [])
      }
    }
    return blocks
  }

  private static func commands(of runbook: Runbook) -> [RunbookCommand] {
    let steps = runbook.sections.flatMap { $0.checksBefore + $0.steps + $0.checksAfter }
    return steps.flatMap { step in
      let instructions = step.then + step.levers + [step.abort, step.rollback].compactMap(\.self)
      return [step.commands, step.watch, step.verify].joined() + instructions.flatMap(\.commands)
    }
  }

  /// Runs `script` with nothing but stubs on the `PATH`, and returns the arguments of each call.
  private static func calls(of script: String, in folder: URL) throws -> [[String]] {
    let stubs = folder.appendingPathComponent("bin")
    let log = folder.appendingPathComponent("log").path
    let work = folder.appendingPathComponent("work")
    for directory in [stubs, work] {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    for tool in [
      "openstack", "virsh", "qm", "pct", "pvesh", "pvecm", "ha-manager", "find", "kubectl", "virtctl", "govc",
      "pwsh", "gnt-cluster", "gnt-job", "gnt-node", "gnt-instance", "esxcli", "curl",
    ] {
      try stub(tool, "printf '%s\\0' \(tool) \"$@\" >>\(log); printf '\\n\\0' >>\(log)", in: stubs)
    }
    // The remote shell reads the rest of the line a second time.
    try stub("ssh", "[ \"$1\" = -- ] && shift; HOST=$1; shift; exec /bin/sh -c \"$*\"", in: stubs)
    try stub("touch", ": >\(folder.path)/canary", in: stubs)
    let file = folder.appendingPathComponent("runbook.sh")
    try script.write(to: file, atomically: true, encoding: .utf8)
    #expect(try Shell.run(file.path, flags: ["-n"]).status == 0)
    #expect(try Shell.run(file.path, flags: [], path: stubs.path, in: work).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: work.path).isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("canary").path))
    guard let data = FileManager.default.contents(atPath: log) else { return [] }
    let words = data.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    return words.dropLast().split(separator: "\n").map { Array($0) }
  }

  private static func stub(_ name: String, _ body: String, in folder: URL) throws {
    let file = folder.appendingPathComponent(name)
    try "#!/bin/sh\n\(body)\n".write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }
}
