/// The files of measurements that can be read, by the name that `--format` takes.
public enum BacktestFormat: String, CaseIterable, Sendable {
  /// QEMU 7.2 with a guest that writes at a known rate: memory.
  case qemuLab = "qemu-lab"
  /// The same with disks.
  case qemuLabBlock = "qemu-lab-block"
  /// The same, several at once over one link.
  case qemuLabConcurrent = "qemu-lab-concurrent"
  /// Evacuations of the OpenStack Innovation Center, 2017.
  case osic
  /// Concurrent migrations on Grid'5000.
  case grid5000
  /// PostgreSQL under load, watched through QMP.
  case qmp
  /// Single cases from public logs.
  case publicCases = "public-cases"
  /// People's own history, in documented columns.
  case generic

  /// A file beside the one that was named which this format reads as well, if it is there.
  public var companion: String? {
    switch self {
    case .qmp: "iterations.csv"
    case .qemuLabConcurrent: "concurrent_vms.csv"
    default: nil
    }
  }

  /// Columns without which a file is not of this format.
  var requiredColumns: [String] {
    switch self {
    case .qemuLab: ["id", "group", "ram_mib", "fill_mib", "bw_mbs", "dl_ms", "converged", "total_ms"]
    case .qemuLabBlock: ["id", "group", "disk_mib", "speed_mbs", "mirror_s", "total_s", "converged"]
    case .qemuLabConcurrent: ["id", "level", "at_once", "link_mbs", "n_vms"]
    case .osic: ["campaign", "storage", "tunnelled", "flavor", "ram_gib", "batch_size"]
    case .grid5000: ["execution", "vm", "src", "dst", "mem_used_mb", "duration_s"]
    case .qmp: ["scenario", "run"]
    case .publicCases: ["case_id", "measured_total_s", "outcome"]
    // Memory and duration as well, whose columns may be named for their units.
    case .generic: ["id"]
    }
  }
}

/// Where a laboratory guest's dirty curve comes from.
public enum DirtyInput: String, CaseIterable, Sendable {
  /// The write rate and the working set that the experiment set.
  case `true`
  /// What an operator could have measured beforehand: calc-dirty-rate.
  case measured
}
