import EvacuationModel
import MigrationSimulation
import Quantities

/// What would end a migration that does not converge, over all guests that the log may show.
enum RemedySearch {
  /// `remainder` is what remains after a sync, in bytes, where that is known.
  static func remedies(_ run: PlatformRun, curves: [DirtyCurve], remainder: Double?) -> RemedyBounds {
    let found = curves.map { curve in
      let experiment = run.experiment(curve)
      let wire = experiment.bandwidthLimit == .unlimited ? run.rate : experiment.wireRate
      return ConvergenceSearch(demand: experiment.demand, bandwidth: wire).remedies()
    }
    var bounds = RemedyBounds()
    let pauses = found.compactMap { $0.pauseNeeded?.seconds }
    // Stopping the guest right after a sync, instead of waiting for the moment at which least remains.
    let atOnce = remainder.map { [$0 / max(run.bandwidth.payload, 1)] } ?? []
    bounds.pauseNeeded = pauses.isEmpty ? nil : Bounds(of: pauses + atOnce)
    let rates = found.compactMap { $0.bandwidthNeeded?.bytesPerSecond }
    bounds.bandwidthNeeded = Bounds(of: rates)
    bounds.bandwidthFactor = Bounds(of: rates.map { $0 / max(run.bandwidth.payload, 1) })
    bounds.throttleNeeded = Bounds(of: found.compactMap { $0.throttleNeeded?.fraction })
    bounds.postCopyDuration = Bounds(of: found.map(\.postCopyDuration.seconds))
    bounds.postCopyDowntime = Bounds(of: found.map(\.postCopyDowntime.seconds))
    searchAutoConverge(run, curves: curves, into: &bounds)
    return bounds
  }

  /// Auto-converge on a guest that writes in proportion to the time its CPUs are left.
  private static func searchAutoConverge(
    _ run: PlatformRun, curves: [DirtyCurve], into bounds: inout RemedyBounds
  ) {
    var throttles: [Double] = []
    var durations: [Double] = []
    for curve in curves {
      var experiment = run.experiment(curve)
      experiment.autoConverge = AutoConverge()
      experiment.throttleResponse = .servesDemand(utilisation: 1)
      experiment.timeout = nil
      let forecast = run.run(experiment)
      guard case .convergesThrottled(let throttle) = forecast.outcome, let duration = forecast.duration else {
        continue
      }
      throttles.append(throttle.fraction)
      durations.append(duration.seconds)
    }
    guard throttles.count == curves.count else { return }
    bounds.autoConvergeThrottle = Bounds(of: throttles)
    bounds.autoConvergeDuration = Bounds(of: durations)
  }
}
