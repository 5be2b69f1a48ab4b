public import ArgumentParser
public import EvacuationModel

/// `evac policy`.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Look into a policy.", subcommands: [Show.self])

  /// `evac policy show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print every setting as it counts, and where it comes from.")

    @Argument(help: "The policy.")
    var policy: String

    @Option(
      help:
        "Whose defaults fill what the policy leaves out: \(Platform.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var platform: Platform = .generic

    @Option(
      help: "Which release of that platform, as an inventory's `platform_version` says; default: today's.")
    var platformVersion: String?

    @OptionGroup var json: JSONOption

    func run() async throws {
      try await guarded(json: json.json) {
        let reading = try PolicyFile(policy).read(platform: platform, release: try release())
        guard let effective = reading.policy else { throw Refusal(findings: reading.findings) }
        Console.remark(reading.findings)
        let view = PolicyView(policy: effective, platform: platform)
        try Console.result(json.json ? view.json : view.text)
      }
    }

    private func release() throws(Refusal) -> PlatformRelease? {
      guard let platformVersion else { return nil }
      if let release = PlatformRelease(platformVersion, of: platform) { return release }
      let known = PlatformRelease.known(of: platform)
      throw Refusal(findings: [
        Finding(
          .badChoice, place: "--platform-version",
          message: "\"\(platformVersion)\" is not a release of \(platform.rawValue) that is known",
          help: known.isEmpty ? "leave it out" : "known are \(known.joined(separator: ", "))")
      ])
    }
  }
}

extension Platform: ExpressibleByArgument {}
