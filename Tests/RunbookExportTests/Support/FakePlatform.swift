import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

/// A folder with an exported script, a platform of fake clients that keep their world in files, and a record of every
/// call that they got.
struct FakePlatform {
  let folder: URL
  private var world: URL { folder.appendingPathComponent("world") }
  private var script: String { folder.appendingPathComponent("run.sh").path }

  struct Outcome {
    let status: Int32
    let output: String
  }

  /// Everything of `plan` where it should be before the first step.
  init(_ plan: EvacuationPlan, in folder: URL) throws {
    self.folder = folder
    try ShellRunbook.render(plan, id: "47f9dc9f46d5").write(toFile: script, atomically: true, encoding: .utf8)
    let hosts = (plan.hostsToEmpty + plan.steps.flatMap { [$0.source, $0.destination] }).map(\.name)
    for host in hosts { try makeFolder("guests/\(host)") }
    for sub in ["behaviour", "migrations"] { try makeFolder(sub) }
    for step in plan.steps {
      guard let id = step.guest.platformID else { continue }
      try put(id, on: step.source.name, state: Self.state(step.guest.state, plan.platform))
    }
    for guest in plan.unplaced {
      try put(guest.platformID ?? guest.vm.name, on: guest.host.name, state: "ACTIVE")
    }
    let up = plan.platform == .kubevirt ? "True" : "enabled up"
    try write("services", Set(hosts).sorted().map { "\($0) \(up)\n" }.joined())
  }

  private static func state(_ state: PowerState, _ platform: Platform) -> String {
    let words =
      switch platform {
      case .libvirt: ("running (booted)", "paused (user)", "shut off (shutdown)")
      case .proxmox: ("running", "paused", "stopped")
      default: ("ACTIVE", "PAUSED", "SHUTOFF")
      }
    return switch state {
    case .running: words.0
    case .paused: words.1
    case .stopped: words.2
    }
  }

  func put(_ id: String, on host: String, state: String) throws {
    try write("guests/\(host)/\(id.replacing("/", with: "__"))", state + "\n")
  }

  /// What the migration of `id` does: `ok N`, `fail N` or `hang`, after N looks.
  func behave(_ id: String, _ how: String) throws {
    try write("behaviour/\(id.replacing("/", with: "__"))", how + "\n")
  }

  func write(_ path: String, _ text: String) throws {
    try text.write(to: world.appendingPathComponent(path), atomically: true, encoding: .utf8)
  }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: world.appendingPathComponent(path), withIntermediateDirectories: true)
  }

  /// Where a guest is now.
  func host(of id: String) throws -> String? {
    let hosts = try FileManager.default.contentsOfDirectory(
      atPath: world.appendingPathComponent("guests").path)
    return hosts.sorted().first {
      FileManager.default.fileExists(
        atPath: world.appendingPathComponent("guests/\($0)/\(id.replacing("/", with: "__"))").path)
    }
  }

  /// The argument lists of all calls so far.
  var calls: [[String]] {
    guard let data = FileManager.default.contents(atPath: world.appendingPathComponent("calls").path) else {
      return []
    }
    let words = data.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    return words.dropLast().split(separator: "\n").map { Array($0) }
  }

  /// The calls that hold `word`.
  func calls(with word: String) -> [[String]] { calls.filter { $0.contains(word) } }

  func text(_ file: String) -> String {
    FileManager.default.contents(atPath: folder.appendingPathComponent(file).path)
      .map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  var outcomes: [String] {
    text("evac-47f9dc9f46d5.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).prefix(2).joined(separator: " ")
    }
  }

  /// A run that looks ten times a second and, if told so, does not mind the inventory's age.
  func run(_ options: String..., input: String = "", atAnyAge: Bool = true) throws -> Outcome {
    let process = try start(["--poll", "0.1"] + (atAnyAge ? ["--accept-age"] : []) + options, input: input)
    let output = process.pipe.fileHandleForReading.readDataToEndOfFile()
    process.process.waitUntilExit()
    return Outcome(
      status: process.process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }

  /// A run that gets `signal` as soon as `moment` has come.
  func run(_ options: String..., signal: Int32, when moment: (FakePlatform) -> Bool) throws -> Outcome {
    let process = try start(["--poll", "0.1", "--accept-age"] + options)
    for _ in 0..<600 where process.process.isRunning && !moment(self) { usleep(20_000) }
    kill(process.process.processIdentifier, signal)
    process.process.waitUntilExit()
    return Outcome(status: process.process.terminationStatus, output: text("evac-47f9dc9f46d5.log"))
  }

  /// `bash`'s or another program's own view of the script.
  func check(_ program: String, _ flags: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + flags + [script]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }

  private func start(
    _ options: [String], input: String = ""
  ) throws -> (process: Process, pipe: Pipe) {
    let process = Process()
    // A shell cannot trap what it was started to ignore, as everything is that a CI runs in the background.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal=INT", "bash", script] + options
    process.environment = [
      "PATH": "\(try Self.fakes):/usr/local/bin:/usr/bin:/bin", "FAKE_WORLD": world.path,
    ]
    process.currentDirectoryURL = folder
    let (pipe, entry) = (Pipe(), Pipe())
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = entry
    try process.run()
    try entry.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try entry.fileHandleForWriting.close()
    return (process, pipe)
  }

  private static var fakes: String {
    get throws {
      try #require(Bundle.module.url(forResource: "Fixtures/fakes", withExtension: nil)).path
    }
  }
}

extension FakePlatform {
  /// A plan of small guests: `count` live migrations in batches of `size`.
  static func plan(
    _ platform: Platform, count: Int, size: Int, batching: Batching = .barrier,
    names: (Int) -> String = { "vm-\($0)" }
  ) -> EvacuationPlan {
    let steps = (0..<count).map { index in
      var step = SamplePlans.live(
        "m\(index + 1)", names(index), id: id(index, platform), memory: 0.25)
      step.batch = index / size + 1
      return step
    }
    var plan = SamplePlans.plan(platform, steps: steps)
    plan.concurrency = ConcurrencyLimits(liveOutboundPerHost: .atMost(size), batching: batching)
    return plan
  }

  static func id(_ index: Int, _ platform: Platform) -> String {
    switch platform {
    case .proxmox: "\(101 + index)"
    case .kubevirt: "shop/vm-\(index)"
    default: "5d2c6a0e-94a1-4c57-9a3b-0f6d2b1c\(String(7000 + index))"
    }
  }
}
