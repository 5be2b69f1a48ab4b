import EvacuationModel
import MigrationSimulation
import Quantities

/// The sentences that say why a mode was chosen or refused; each names its numbers.
///
/// Time and pause stand beside them in every view, as scheduled: a guest that shares its path is slower than
/// it was when its mode was chosen.
enum ModeReasons {
  static func running(
    _ forecast: MigrationForecast, vm: VirtualMachine, insteadOf plain: MigrationForecast?,
    settings: MigrationSettings, capacity: DataRate
  ) -> [String] {
    if let known = settings.duration { return ["takes \(known.text), known from earlier (policy rule)"] }
    var reasons: [String] = []
    if forecast.mode == .block { reasons.append(disks(vm, forecast)) }
    let pace = activity(vm, rate: forecast.bandwidth)
    switch forecast.outcome {
    case .convergesThrottled(let throttle):
      reasons.append(
        "\(pace): converges once auto-converge slows it by \(throttle)")
    case .needsPostCopy:
      let why = plain.map { "\(refusal($0, vm: vm, settings: settings, capacity: capacity)); " } ?? ""
      reasons.append(
        "\(why)post-copy after \((forecast.phases.before + forecast.phases.firstPass).text) ends it in "
          + "\(forecast.duration?.text ?? "time"), pause \(forecast.downtime.text)")
    case .timesOut:
      reasons.append("\(pace): paused for the rest at the completion timeout, \(forecast.downtime.text)")
    default:
      let rounds = forecast.roundCount == 1 ? "1 round" : "\(forecast.roundCount) rounds"
      reasons.append("\(pace): converges in \(rounds)")
    }
    return reasons
  }

  static func cold(
    _ forecast: MigrationForecast, vm: VirtualMachine, settings: MigrationSettings
  ) -> [String] {
    if let known = settings.duration { return ["takes \(known.text), known from earlier (policy rule)"] }
    guard vm.state != .stopped else { return [] }
    let copy = forecast.phases.disks > .zero ? ", \(forecast.phases.disks.text) to copy its disks" : ""
    return [
      "down for \(forecast.downtime.text): \(settings.cold.shutdown.text) to shut down\(copy), "
        + "\(settings.cold.boot.text) to boot"
    ]
  }

  /// Why a live or block migration will not do, with the ways out that the policy does not take.
  static func refusal(
    _ forecast: MigrationForecast, vm: VirtualMachine, settings: MigrationSettings, capacity: DataRate
  ) -> String {
    let pace = activity(vm, rate: forecast.bandwidth)
    if forecast.completes, let most = settings.maxDowntime {
      return "\(pace): would pause \(forecast.downtime.text), \(most.text) is allowed"
    }
    let end =
      switch forecast.outcome {
      case .timesOut where !forecast.completes:
        "does not converge, is aborted after \(forecast.duration?.text ?? "the timeout") and \(forecast.bytesTransferred)"
      case .timesOut: "does not converge before its timeout, \(forecast.duration?.text ?? "")"
      case .needsPostCopy:
        "does not converge, left to the platform it ends by post-copy in \(forecast.duration?.text ?? "time")"
      default: "never converges"
      }
    return "\(pace): \(end), \(ways(forecast.remedies, permitted: settings))"
  }

  /// `needs a pause of 5.6 s, 320 MiB/s, a throttle of 75 % or post-copy (157 s)`.
  private static func ways(_ remedies: ConvergenceRemedies?, permitted: MigrationSettings) -> String {
    guard let remedies else { return "no way out found" }
    var ways: [String] = []
    if let pause = remedies.pauseNeeded { ways.append("a pause of \(pause.text)") }
    if let rate = remedies.bandwidthNeeded { ways.append(rate.description) }
    if let throttle = remedies.throttleNeeded { ways.append("a throttle of \(throttle)") }
    ways.append("post-copy (\(remedies.postCopyDuration.text))")
    let last = ways.removeLast()
    return "needs \(ways.isEmpty ? last : ways.joined(separator: ", ") + " or " + last)"
  }

  private static func disks(_ vm: VirtualMachine, _ forecast: MigrationForecast) -> String {
    "local disks travel first, \(forecast.phases.disks.text) on a free path"
  }

  private static func activity(_ vm: VirtualMachine, rate: DataRate) -> String {
    guard vm.state == .running else { return "is paused and writes nothing" }
    let curve = DirtyCurve(of: vm)
    let assumed = vm.memoryActivity.source == .assumed ? " (assumed)" : ""
    return "dirties \(DataRate(bytesPerSecond: curve.dirtied(in: 1)))\(assumed), the path carries \(rate)"
  }
}
