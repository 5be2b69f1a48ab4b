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

  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let inputs = try Inputs(inventory: input.inventory, policy: input.policy)
      try checkNames(in: inputs)
      Console.remark(inputs.findings)
      let names = Set(vm.map { VirtualMachine.ID($0) })
      let entries = await Progress.during("Forecasting") {
        InventoryForecast(inventory: inputs.inventory, policy: inputs.policy.policy).entries(for: names)
      }
      if json.json {
        try Console.result(ForecastJSON.encode(entries.map { ($0.vm, $0.forecast, $0.reasons) }))
      } else {
        try Console.result(
          ForecastView(entries: entries, showsRounds: !vm.isEmpty, paint: .standardOutput).text)
      }
    }
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
