import ArgumentParser
import EvacuationModel
import EvacuationPlanning
import RunbookExport

/// `evac forecast`.
struct Forecast: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Forecast migrations: does each one converge, how long, with what pause.",
    discussion: """
      Each virtual machine alone, on the best path away from its host. Exit status 0 whatever the outcome.

      Example: evac forecast inventory/platform9-volume-backed.yaml --policy policies/platform9.yaml --vm big-db
      """)

  @OptionGroup var input: InputOptions

  @Option(
    name: .long, help: ArgumentHelp("A virtual machine; repeat for several, none for all.", valueName: "name")
  )
  var vm: [String] = []

  @Option(help: "For the draws behind the bands; the same seed gives the same bands.")
  var seed: UInt64 = 0

  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let inputs = try Inputs(inventory: input.inventory, policy: input.policy)
      try checkNames(in: inputs)
      Console.remark(inputs.findings)
      let names = Set(vm.map { VirtualMachine.ID($0) })
      let forecasts = InventoryForecast(
        inventory: inputs.inventory, policy: inputs.policy.policy, seed: seed,
        recordingRounds: json.json || !vm.isEmpty)
      if json.json {
        try await Progress.during("Forecasting") {
          Result { () throws(Refusal) in try Self.printJSON(forecasts, names) }
        }.get()
      } else {
        let entries = await Progress.during("Forecasting") { forecasts.entries(for: names) }
        try Console.result(
          ForecastView(entries: entries, showsRounds: !vm.isEmpty, paint: .standardOutput).text)
      }
    }
  }

  /// Prints every few hundred forecasts as they are made.
  private static func printJSON(
    _ forecasts: InventoryForecast, _ names: Set<VirtualMachine.ID>
  ) throws(Refusal) {
    var text = ForecastJSON.opening
    var separator = ""
    try forecasts.forEach(in: names) { (entry) throws(Refusal) in
      text += separator + ForecastJSON.entry(entry.vm, entry.forecast, reasons: entry.reasons)
      separator = ForecastJSON.separator
      if text.utf8.count > 1 << 20 {
        try Console.result(text)
        text = ""
      }
    }
    try Console.result(text + ForecastJSON.closing)
  }

  private func checkNames(in inputs: Inputs) throws(Refusal) {
    let known = inputs.inventory.virtualMachines.map(\.id.name)
    let names = Set(known)
    let findings = vm.filter { !names.contains($0) }.map { name in
      Finding(
        .unknownVirtualMachine, path: "--vm", place: name,
        message: "the inventory has no such virtual machine",
        help: Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" } ?? "check the name")
    }
    guard findings.isEmpty else { throw Refusal(findings: inputs.findings + findings) }
  }
}
