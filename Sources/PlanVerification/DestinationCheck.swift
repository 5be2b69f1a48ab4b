import EvacuationModel
import Quantities

/// A destination takes arrivals, and this guest may go there.
enum DestinationCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    plan.steps.flatMap { step in
      refusals(step, plan).map { message in
        Finding.inPlan(
          .badDestination, at: step.place, message, help: "choose another destination, or plan again")
      }
    }
  }

  private static func refusals(_ step: ResolvedStep, _ plan: ResolvedPlan) -> [String] {
    let host = plan.host(step.destination)
    let vm = plan.vm(step.vm)
    var result: [String] = []
    if step.destination == step.source { result.append("\(vm.id) is on \(host.id) already") }
    if host.state != .up { result.append("\(host.id) is \(host.state.rawValue) and takes no arrivals") }
    if plan.drained[step.destination], step.destination != step.source {
      result.append("\(host.id) is to be drained itself")
    }
    if let absence = plan.absences[step.destination],
      step.end > absence.start.seconds + Tolerance.duration,
      step.start < absence.maintenanceEnd.seconds - Tolerance.duration
    {
      result.append("\(host.id) is closed then, for its maintenance in wave \(absence.number)")
    }
    if let permitted = step.settings.destinations, !permitted.contains(host.id) {
      result.append("the policy does not send \(vm.id) to \(host.id)")
    }
    if let zone = vm.zone, host.zone != zone {
      result.append("\(vm.id) may not leave zone \(zone), \(host.id) is not in it")
    }
    return result
  }
}
