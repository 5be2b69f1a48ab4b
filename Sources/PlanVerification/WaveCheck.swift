import EvacuationModel
import Quantities

/// A host's maintenance begins when its last guest has left.
enum WaveCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    var lastEnd: [Int: Double] = [:]
    for step in plan.steps where step.hasPossibleTimes {
      // Who leaves a host after its maintenance goes home from there.
      if let absence = plan.absences[step.source], step.start >= absence.maintenanceEnd.seconds { continue }
      lastEnd[step.source] = max(lastEnd[step.source] ?? 0, step.end)
    }
    return plan.plan.waves.flatMap { wave in
      let times = [wave.start, wave.drained, wave.maintenanceStart, wave.maintenanceEnd].map(\.seconds)
      guard times.allSatisfy(\.isFinite) else { return [finding(wave, "has a time that is no time")] }
      var findings: [Finding] = []
      for host in wave.hosts {
        guard let end = plan.hostIndex[host].flatMap({ lastEnd[$0] }),
          wave.drained.seconds < end - Tolerance.duration
        else { continue }
        findings.append(
          finding(
            wave,
            "\(host) is called drained at \(text(wave.drained)), its last guest leaves at "
              + "\(Duration(clampingSeconds: end).text)"))
      }
      if wave.maintenanceStart.seconds < wave.drained.seconds - Tolerance.duration {
        findings.append(
          finding(wave, "maintenance begins at \(text(wave.maintenanceStart)), before the hosts are drained")
        )
      }
      if wave.maintenanceEnd.seconds < wave.maintenanceStart.seconds - Tolerance.duration {
        findings.append(finding(wave, "maintenance ends before it begins"))
      }
      return findings
    }
  }

  private static func text(_ time: PlanTime) -> String { Duration(clampingSeconds: time.seconds).text }

  private static func finding(_ wave: Wave, _ message: String) -> Finding {
    Finding.inPlan(
      .inconsistentPlan, at: "wave \(wave.number)", message,
      help: "plan again; do not change numbers of a plan by hand")
  }
}
