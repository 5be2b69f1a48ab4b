public import ArgumentParser

/// The command line: `evac plan`, `evac forecast`, …
public struct Evac: AsyncParsableCommand {
  /// Name, purpose and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "evac",
    abstract: "Plan the evacuation of virtualisation hosts: which VM goes where, how, when and why.",
    discussion: """
      Exit status: 0 done; 2 bad input, nothing written; 3 the plan is partial or does not fit its window; \
      64 usage; 1 a bug in evac.
      """,
    version: "0.1.0",
    subcommands: [
      Plan.self, WhatIfCommand.self, Forecast.self, Diagnose.self, Check.self, Verify.self, Export.self,
      Import.self,
      PolicyCommand.self, BacktestCommand.self, CalibrateCommand.self,
      HistoryCommand.self, ShowCommand.self, DiffCommand.self, RecordCommand.self, StatusCommand.self,
      ReplanCommand.self,
      StoreCommand.self,
    ])

  /// The command line, not yet parsed.
  public init() {}
}
