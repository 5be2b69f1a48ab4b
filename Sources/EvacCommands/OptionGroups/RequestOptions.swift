import ArgumentParser
import EvacuationModel

/// What is to be emptied, when, and the seed.
struct RequestOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("A host to empty; repeat for several.", valueName: "host"))
  var drain: [String] = []

  @Option(
    help: ArgumentHelp(
      "Maintain all hosts that match, each emptied once and taken back: a glob over names, or key=value over labels, rack and zone.",
      valueName: "pattern"))
  var rolling: String?

  @OptionGroup var windowOptions: WindowOptions

  @Option(help: "For everything that involves chance; the same seed gives the same plan.")
  var seed: UInt64 = 0

  /// That there is something to empty: what every command but one for the way home has to have.
  func requireHosts() throws {
    if drain.isEmpty, rolling == nil {
      throw ValidationError("Name at least one host to empty: --drain HOST, or --rolling PATTERN")
    }
    if !drain.isEmpty, rolling != nil {
      throw ValidationError(
        "--drain empties hosts that stay out, --rolling takes each one back: ask for one of the two")
    }
  }

  /// The request to `inventory` under `policy`, or what is wrong with it.
  func request(_ inventory: Inventory, _ policy: Policy) throws(Refusal) -> EvacuationRequest {
    let window = try windowOptions.resolved(over: policy.window)
    if let rolling {
      let findings = RollingRequest.findings(rolling, inventory: inventory)
      guard findings.isEmpty else { throw Refusal(findings: findings) }
      return EvacuationRequest(rolling: HostPattern(rolling), window: window, seed: seed)
    }
    let findings = DrainRequest.findings(drain: drain, inventory: inventory, policy: policy)
    guard findings.isEmpty else { throw Refusal(findings: findings) }
    var seen: Set<String> = []
    return EvacuationRequest(
      drain: drain.filter { seen.insert($0).inserted }.map { Host.ID($0) }, window: window, seed: seed)
  }
}
