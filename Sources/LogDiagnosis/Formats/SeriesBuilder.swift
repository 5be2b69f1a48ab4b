import EvacuationModel

/// Puts looks at progress that carry their own clock into migrations: one whose clock or counters go back is the
/// next.
struct SeriesBuilder {
  private let source: MigrationLogKind
  private let path: String
  private let basis: String
  private var series: [ProgressSeries] = []
  private var isOver = true

  init(source: MigrationLogKind, path: String, basis: String) {
    self.source = source
    self.path = path
    self.basis = basis
  }

  mutating func add(_ sample: ProgressSample) {
    if let last = series.last?.samples.last {
      let goesBack = sample.seconds < last.seconds || sample.processed ?? 0 < last.processed ?? 0
      let isRepeat = sample.seconds == last.seconds && sample.processed == last.processed
      if isRepeat, !isOver {
        series[series.count - 1].samples.removeLast()
      } else if goesBack {
        isOver = true
      }
    }
    if isOver {
      var next = ProgressSeries(source: source, path: path)
      next.clock = ClockDiagnosis(isCorrected: false, factor: Bounds(1), basis: basis)
      series.append(next)
      isOver = false
    }
    series[series.count - 1].samples.append(sample)
  }

  mutating func note(diskBytes: Double, usesXBZRLE: Bool, rounding: Double) {
    guard let index = series.indices.last else { return }
    series[index].diskBytes = max(series[index].diskBytes, diskBytes)
    series[index].usesXBZRLE = series[index].usesXBZRLE || usesXBZRLE
    series[index].rounding = max(series[index].rounding, rounding)
  }

  mutating func end(_ kind: MigrationEnding, at seconds: Double, downtime: Double? = nil) {
    guard let index = series.indices.last else { return }
    series[index].ending = kind
    series[index].endedAt = seconds
    if let downtime, downtime < 1e9 { series[index].downtime = downtime }
  }

  /// There was no job to look at: the next look belongs to another migration.
  mutating func pauseReading() { isOver = true }

  mutating func finish() -> [ProgressSeries] { series }
}
