import ArgumentParser

/// The inventory and the policy.
struct InputOptions: ParsableArguments {
  @Argument(help: "The inventory, YAML or JSON; - for standard input.")
  var inventory: String

  @Option(name: .shortAndLong, help: "The policy; without one the platform's own defaults count.")
  var policy: String?
}

/// JSON instead of text.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print one JSON document and nothing else.")
  var json = false
}
