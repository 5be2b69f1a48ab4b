import EvacuationModel

/// The destination can present the CPU that the guest runs on, or will boot on.
enum CPUCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    plan.steps.flatMap { step in
      let vm = plan.vm(step.vm)
      let destination = plan.host(step.destination)
      let missing = vm.cpuFeatures.filter { !destination.cpuFeatures.contains($0) }
      var messages = missing.isEmpty ? [] : ["\(destination.id) lacks \(missing.joined(separator: ", "))"]
      if let model = unusableModel(vm, step, from: plan.host(step.source), to: destination) {
        messages.append("\(destination.id) cannot present \(model) to \(vm.id)")
      }
      return messages.map {
        Finding.inPlan(
          .cpuMismatch, at: step.place, $0, help: "choose a destination with that CPU, or move it cold")
      }
    }
  }

  /// The model that is missing at the destination. A guest that boots anew takes whatever model the host
  /// has, unless it asks for one by name.
  private static func unusableModel(
    _ vm: VirtualMachine, _ step: ResolvedStep, from source: Host, to destination: Host
  ) -> String? {
    switch vm.cpuModel {
    case nil: return nil
    case "host-passthrough"?:
      guard step.step.mode != .cold, let model = source.cpuModel, let other = destination.cpuModel else {
        return nil
      }
      return model == other ? nil : model
    case "host-model"?:
      guard step.step.mode != .cold, let model = source.cpuModel else { return nil }
      return presents(model, destination) ? nil : model
    case let model?:
      return presents(model, destination) ? nil : model
    }
  }

  /// A host that states no model at all may present any.
  private static func presents(_ model: String, _ host: Host) -> Bool {
    if host.cpuModel == nil, host.cpuModels.isEmpty { return true }
    return host.cpuModel == model || host.cpuModels.contains(model)
  }
}
