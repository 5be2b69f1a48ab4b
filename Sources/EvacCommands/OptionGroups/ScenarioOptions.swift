import ArgumentParser
import EvacuationModel
import InventoryImport
import WhatIf

/// What may be otherwise.
struct ScenarioOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Values for a key of the policy, or of the inventory as in 'hosts.compute-*.migration_bandwidth=…'; repeat.",
      valueName: "key=v1,v2"))
  var vary: [String] = []

  @Option(
    help: ArgumentHelp(
      "With and without one more host, an empty copy of one there is.", valueName: "like=name"))
  var addHost: [String] = []

  @Option(help: ArgumentHelp("With and without this host, which must be empty.", valueName: "host"))
  var withoutHost: [String] = []

  @Option(
    help: ArgumentHelp(
      "As it is, and with all guests writing so many times as fast.", valueName: "times"))
  var scaleDirtyRate: [Double] = []

  @Option(help: ArgumentHelp("A file that lists scenarios by name.", valueName: "file"))
  var scenarios: String?

  private var isGrid: Bool {
    !vary.isEmpty || !addHost.isEmpty || !withoutHost.isEmpty || !scaleDirtyRate.isEmpty
  }

  func validate() throws {
    if !isGrid, scenarios == nil {
      throw ValidationError("Say what may be otherwise: --vary KEY=V1,V2, or --scenarios FILE")
    }
    if isGrid, scenarios != nil {
      throw ValidationError("--scenarios has the scenarios in a file, the other options make them: choose")
    }
    if scaleDirtyRate.contains(where: { !($0 > 0 && $0 <= ScenarioReader.mostTimes) }) {
      throw ValidationError("--scale-dirty-rate is how many times as fast guests write, such as 2")
    }
  }

  /// The base case, then what may be otherwise.
  func scenarios(_ inputs: Inputs) throws(Refusal) -> [Scenario] {
    let base = Scenario(name: ScenarioGrid.baseName, changes: [])
    if let scenarios { return [base] + (try file(scenarios, inputs)) }
    var findings: [Finding] = []
    let grid = ScenarioGrid(axes(&findings))
    if findings.isEmpty, grid.count ?? .max > ScenarioGrid.mostScenarios {
      let count = grid.count.map { "\($0)" } ?? "far too many"
      findings.append(
        Finding(
          .badRequest, path: "command line", message: "these options make \(count) scenarios",
          help: "vary fewer keys or values, so that there are at most \(ScenarioGrid.mostScenarios)"))
    }
    guard findings.isEmpty else { throw Refusal(findings: inputs.findings + findings) }
    return [base] + grid.scenarios
  }

  private func file(_ path: String, _ inputs: Inputs) throws(Refusal) -> [Scenario] {
    let file = try InputFile(path)
    let reading = ScenarioFile.read(file.bytes, path: file.path)
    var findings = reading.findings
    if let taken = reading.value?.first(where: { $0.name == ScenarioGrid.baseName }) {
      findings.append(
        Finding(
          .duplicateName, path: file.path, message: "\"\(taken.name)\" is the name of the base case",
          help: "name the scenario after what is otherwise in it"))
    }
    guard let scenarios = reading.value, !findings.contains(where: { $0.severity == .error }) else {
      throw Refusal(findings: inputs.findings + findings)
    }
    Console.remark(findings)
    return scenarios
  }

  private func axes(_ findings: inout [Finding]) -> [ScenarioGrid.Axis] {
    var axes: [ScenarioGrid.Axis] = []
    for text in vary {
      let reading = VaryOption.read(text)
      findings += reading.findings
      axes.append(reading.value ?? [])
    }
    for text in addHost {
      let names = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard names.count == 2 else {
        findings.append(
          Finding(
            .badRequest, path: "--add-host", place: text, message: "is no LIKE=NAME",
            help: "write it as in --add-host compute-01=compute-99"))
        continue
      }
      axes.append([
        nil,
        ScenarioChange(.addedHost(.init(names[1]), like: .init(names[0])), path: "--add-host \(text)"),
      ])
    }
    axes += withoutHost.map {
      [nil, ScenarioChange(.missingHost(.init($0)), path: "--without-host \($0)")]
    }
    if !scaleDirtyRate.isEmpty {
      axes.append(
        [nil] + scaleDirtyRate.map { ScenarioChange(.dirtyRate(times: $0), path: "--scale-dirty-rate") })
    }
    findings += Self.repeated(axes)
    return axes
  }

  /// The later of two values at one key would always count.
  private static func repeated(_ axes: [ScenarioGrid.Axis]) -> [Finding] {
    var seen: Set<String> = []
    return axes.compactMap { $0.compactMap(\.self).first }.filter { !seen.insert($0.key).inserted }.map {
      Finding(
        .badRequest, path: $0.path, message: "`\($0.key)` is varied twice",
        help: "write all its values behind one option")
    }
  }
}
