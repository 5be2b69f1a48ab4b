import ArgumentParser

/// The store to use.
struct StoreOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store of plans and outcomes; by default what EVAC_STORE names, else evac/evac.sqlite in the user's data folder.",
      valueName: "file"))
  var store: String?
}
