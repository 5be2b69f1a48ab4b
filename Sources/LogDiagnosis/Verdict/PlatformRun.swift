import EvacuationModel
import MigrationSimulation
import Quantities

/// The migration that a log shows, as a question to the simulation.
struct PlatformRun {
  let series: ProgressSeries
  let total: Double
  let bandwidth: BandwidthDiagnosis
  /// Nova gives up then, unless told otherwise.
  let timeout: Double?

  /// The rate of guest data.
  var rate: DataRate { DataRate(bytesPerSecond: bandwidth.payload) }

  /// The platform's rules on a guest of `curve`.
  func experiment(_ curve: DirtyCurve) -> MigrationExperiment {
    let platform = Self.platform(of: series.source)
    let profile = PlatformProfile.of(platform)
    // A default limit of QEMU leaves a link behind it that is faster; how fast the log does not say.
    let isCapped = bandwidth.likeness.contains("default limit")
    var experiment = MigrationExperiment(
      memory: ByteCount(rounding: total), curve: curve, bandwidthLimit: isCapped ? rate : .unlimited,
      wireRate: isCapped ? .gigabitsPerSecond(10) : rate,
      downtimeLimit: profile.downtimeLimit.value,
      switchOver: profile.switchOver.value.applying(
        mirrors: series.diskBytes > 0, sshTunnel: platform == .proxmox
      )
      .total)
    experiment.timeout = timeout.map { Duration(clampingSeconds: $0) }
    if profile.autoConverge.value != nil || series.samples.contains(where: { $0.throttle > 0 }) {
      experiment.autoConverge = AutoConverge()
    }
    return experiment
  }

  /// How the simulation runs `experiment`.
  func run(_ experiment: MigrationExperiment) -> MigrationForecast {
    MigrationForecaster.run(
      experiment.demand, bandwidth: experiment.bandwidthLimit == .unlimited ? rate : experiment.wireRate)
  }

  static func platform(of source: MigrationLogKind) -> Platform {
    switch source {
    case .nova: .nova
    case .proxmox: .proxmox
    case .domjobinfo: .libvirt
    case .queryMigrate, .infoMigrate: .generic
    }
  }
}
