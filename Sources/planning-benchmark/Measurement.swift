import Foundation

/// Everything measured of one cluster; medians of several runs.
struct Measurement {
  let shape: ClusterText.Shape
  let guests: Int
  let profile: StageProfile
  /// The whole `evac`; `nil` where it is not beside this program.
  let process: (coreSeconds: Double, peakMebibytes: Double)?
  /// Python's `json.load` of the inventory; `nil` where there is no python3.
  let floor: Double?

  /// `nil` if the files cannot be read.
  init?(_ cluster: ClusterText, in folder: String, repeats: Int) throws {
    shape = cluster.shape
    guests = cluster.guestCount
    let inventory = folder + "/inventory.json"
    let policy = folder + "/policy.json"
    let output = folder + "/output"
    try cluster.inventory.write(toFile: inventory, atomically: false, encoding: .utf8)
    try cluster.policy.write(toFile: policy, atomically: false, encoding: .utf8)
    var processes: [ChildProcess] = []
    var floors: [Double] = []
    // In turns, so that both have the same share of whatever else the machine does.
    for _ in 0..<repeats {
      floors += Self.floor(inventory, output)
      processes += Self.evac(inventory, policy, cluster.drain, output)
    }
    var profiles: [StageProfile] = []
    for _ in 0..<repeats {
      guard let profile = try StageProfile(inventory: inventory, policy: policy, drain: cluster.drain) else {
        return nil
      }
      profiles.append(profile)
    }
    profile = profiles.sorted { $0.total < $1.total }[repeats / 2]
    floor = Self.median(floors)
    process = Self.median(processes.map(\.coreSeconds)).map {
      ($0, processes.map(\.peakMebibytes).max() ?? 0)
    }
  }

  private static func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }

  private static func floor(_ inventory: String, _ output: String) -> [Double] {
    let script =
      "import json,sys,time; t=time.process_time(); json.load(open(sys.argv[1])); print(time.process_time()-t)"
    guard let python = ChildProcess(["python3", "-c", script, inventory], output: output), python.status == 0,
      let text = try? String(contentsOfFile: output, encoding: .utf8)
    else { return [] }
    return [Double(text.filter { !$0.isWhitespace })].compactMap(\.self)
  }

  private static func evac(
    _ inventory: String, _ policy: String, _ drain: [String], _ output: String
  ) -> [ChildProcess] {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("evac").path
    guard FileManager.default.isExecutableFile(atPath: program) else { return [] }
    let hosts = drain.flatMap { ["--drain", $0] }
    let command = [program, "plan", inventory, "--policy", policy, "--json"] + hosts
    return [ChildProcess(command, output: output)].compactMap(\.self)
  }
}
