import EvacuationModel
import Quantities

/// What is done for the hosts of one wave.
enum WaveSections {
  static func sections(
    of wave: Wave, _ plan: EvacuationPlan, _ commands: any PlatformCommands
  ) -> [RunbookSection] {
    let steps = plan.steps.filter { $0.wave == wave.number }
    return [closing(of: wave, plan, commands)] + BatchSection.sections(of: steps, plan, commands)
      + maintenance(of: wave, plan, commands) + [opening(of: wave, plan, commands)]
  }

  /// No more arrivals.
  static func closing(
    of wave: Wave, _ plan: EvacuationPlan, _ commands: any PlatformCommands
  ) -> RunbookSection {
    RunbookSection(
      kind: .closeHosts(wave: wave.number), title: "Close \(wave.hosts.list)\(label(wave, plan))",
      steps: wave.hosts.map { commands.close($0, plan: plan) })
  }

  /// Whether the hosts are empty, and the maintenance itself.
  static func maintenance(
    of wave: Wave, _ plan: EvacuationPlan, _ commands: any PlatformCommands
  ) -> [RunbookSection] {
    let label = label(wave, plan)
    let place = plan.request.rolling == nil ? "there" : "on \(wave.hosts.list)"
    return [
      RunbookSection(
        kind: .hostsEmpty(wave: wave.number), title: "Nothing runs \(place) any more\(label)",
        remarks: remaining(on: wave, plan), steps: wave.hosts.map { commands.empty($0) }),
      maintenance(of: wave, plan, label),
    ]
  }

  /// Arrivals again.
  static func opening(
    of wave: Wave, _ plan: EvacuationPlan, _ commands: any PlatformCommands
  ) -> RunbookSection {
    let hosts = plan.request.rolling == nil ? "" : " \(wave.hosts.list)"
    return RunbookSection(
      kind: .openAgain(wave: wave.number), title: "Open\(hosts) again\(label(wave, plan))",
      steps: wave.hosts.map { commands.open($0) })
  }

  private static func label(_ wave: Wave, _ plan: EvacuationPlan) -> String {
    plan.waves.count > 1 ? " (wave \(wave.number))" : ""
  }

  private static func remaining(on wave: Wave, _ plan: EvacuationPlan) -> [String] {
    plan.unplaced.filter { wave.hosts.contains($0.host) }.map { staying in
      "\(staying.vm) stays on \(staying.host): \(staying.message)"
    }
  }

  private static func maintenance(of wave: Wave, _ plan: EvacuationPlan, _ label: String) -> RunbookSection {
    let duration = wave.maintenanceEnd - wave.maintenanceStart
    let staying = plan.unplaced.filter { wave.hosts.contains($0.host) }
    return RunbookSection(
      kind: .maintenance(wave: wave.number), title: "Maintenance\(label)",
      remarks: duration > .zero ? ["Planned: \(duration.text)."] : [],
      steps: wave.hosts.map { host in
        let here = staying.filter { $0.host == host }.map(\.vm.name)
        return RunbookStep(
          "Maintenance of \(host)",
          warnings: here.isEmpty
            ? [] : ["Not before the owners agree: it still runs \(here.joined(separator: ", "))."],
          doneWhen: "\(host) is back, its clock is right and its migration network answers")
      })
  }
}
