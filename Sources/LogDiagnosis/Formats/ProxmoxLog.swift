import EvacuationModel

/// Task logs of Proxmox VE: `qm migrate`, old and new wording (PVE/QemuMigrate.pm, `phase2`).
struct ProxmoxLog: LogFormat {
  private let path: String
  private var clock = LogClock()
  private var series: [ProgressSeries] = []
  private var isOpen = false
  /// The stamp of the transfer's start.
  private var start: Double?
  private var diskSizes: [String: Double] = [:]

  init(path: String) {
    self.path = path
  }

  mutating func take(_ line: LogLine) -> LineReading {
    for (phrase, read) in Self.readings {
      var cursor = LineCursor(line.bytes)
      guard cursor.skip(past: phrase) else { continue }
      let stamp = clock.seconds(of: line.bytes)
      return read(&self, &cursor, stamp)
    }
    return isOpen ? readDisk(line) : .foreign
  }

  mutating func finish() -> [ProgressSeries] {
    series.filter { !$0.isEmpty }
  }

  private typealias Reading = @Sendable (inout ProxmoxLog, inout LineCursor, _ stamp: Double?) -> LineReading

  private static let readings: [(Phrase, Reading)] = [
    ("starting migration of VM ", { log, cursor, _ in log.begin(vm: cursor.word()) }),
    ("starting online/live migration on ", { log, _, stamp in log.startTransfer(stamp) }),
    ("start migrate command to ", { log, _, stamp in log.startTransfer(stamp) }),
    ("migration active, transferred ", { $0.readProgress(&$1, $2) }),
    ("migration status: active (transferred ", { $0.readOldProgress(&$1, $2) }),
    ("auto-increased downtime to continue migration: ", { $0.readLimit(&$1, $2, factor: 1e-3) }),
    ("migration downtime limit: ", { $0.readLimit(&$1, $2, factor: 1e-3) }),
    ("migrate_set_downtime: ", { $0.readLimit(&$1, $2, factor: 1) }),
    (" - downtime ", { log, cursor, _ in log.readPause(&cursor) }),
    ("migration completed, transferred ", { $0.readSent(&$1, $2) }),
    ("migration status: completed", { log, _, stamp in log.end(.completed, stamp) }),
    ("migration finished ", { log, _, stamp in log.end(.completed, stamp) }),
    ("migration status error: cancelled", { log, _, stamp in log.end(.cancelled, stamp) }),
    ("migration status error: ", { log, _, stamp in log.end(.failed, stamp) }),
    ("migration aborted ", { log, _, stamp in log.end(.failed, stamp) }),
    ("xbzrle: send updates to ", { log, _, _ in log.noteXBZRLE() }),
  ]

  private mutating func begin(vm: String) -> LineReading {
    open(vm: vm.isEmpty ? nil : vm)
    return .taken
  }

  private mutating func open(vm: String? = nil) {
    var next = ProgressSeries(source: .proxmox, path: path, vm: vm)
    next.clock = ClockDiagnosis(
      isCorrected: false, factor: Bounds(1), basis: "the task's time stamps, in whole seconds")
    series.append(next)
    isOpen = true
    start = nil
    diskSizes = [:]
  }

  /// Changes the migration under way; a log whose beginning was cut off starts in the middle of one.
  private mutating func update(_ change: (inout ProgressSeries) -> Void) -> LineReading {
    if !isOpen { open() }
    change(&series[series.count - 1])
    return .taken
  }

  private mutating func startTransfer(_ stamp: Double?) -> LineReading {
    start = stamp ?? start
    return isOpen ? .taken : begin(vm: "")
  }

  private func elapsed(_ stamp: Double?) -> Double? {
    guard let stamp, let start, stamp >= start else { return nil }
    return stamp - start
  }

  private mutating func append(_ sample: ProgressSample, _ stamp: Double?, rounding: Double) -> LineReading {
    if !isOpen || series.last?.ending != nil { open() }
    // Without the start's own line the first look stands for it; it is one poll, a second, later.
    if start == nil, let stamp { start = stamp - 1 }
    let last = series.last?.samples.last?.seconds
    var sample = sample
    // Without time stamps: a look a second.
    sample.seconds = elapsed(stamp) ?? (last ?? 0) + 1
    return update {
      $0.samples.append(sample)
      $0.rounding = max($0.rounding, rounding)
    }
  }

  /// `transferred 1.2 GiB of 12.6 GiB VM-state, 428.1 MiB/s, VM dirties lots of memory: 600.0 MiB/s`.
  private mutating func readProgress(_ cursor: inout LineCursor, _ stamp: Double?) -> LineReading {
    guard let sent = cursor.amount(), cursor.skip("of"), let total = cursor.amount() else {
      return .garbled("transferred and total are no amounts")
    }
    guard total > 0 else { return .garbled("the total is zero") }
    var sample = ProgressSample(seconds: 0, processed: sent, total: total)
    if cursor.skip(past: "dirties lots of memory: ") { sample.dirtyRate = cursor.amount() }
    return append(sample, stamp, rounding: sent >= 0x1p30 ? 0.05 * 0x1p30 : 0.05 * 0x1p20)
  }

  /// `(transferred 133567908, remaining 930062336), total 1082789888)`.
  private mutating func readOldProgress(_ cursor: inout LineCursor, _ stamp: Double?) -> LineReading {
    guard let sent = cursor.amount(), cursor.skip(past: "remaining"), let remaining = cursor.amount(),
      cursor.skip(past: "total"), let total = cursor.amount()
    else { return .garbled("transferred, remaining and total are not all there") }
    guard total > 0 else { return .garbled("the total is zero") }
    guard remaining <= total else { return .garbled("more remains than there is") }
    return append(
      ProgressSample(seconds: 0, processed: sent, remaining: remaining, total: total), stamp, rounding: 0)
  }

  private mutating func readLimit(_ cursor: inout LineCursor, _ stamp: Double?, factor: Double) -> LineReading
  {
    guard let limit = cursor.number(), limit < 1e9 else { return .garbled("the limit is no number") }
    let step = LimitStep(
      limit: limit * factor, seconds: elapsed(stamp) ?? series.last?.samples.last?.seconds ?? 0)
    return update { $0.limits.append(step) }
  }

  private mutating func readPause(_ cursor: inout LineCursor) -> LineReading {
    guard isOpen else { return .foreign }
    guard let pause = cursor.number(), pause < 1e12 else { return .garbled("the pause is no number") }
    return update { $0.downtime = pause / 1000 }
  }

  /// All that was sent, as newer releases say it at the end.
  private mutating func readSent(_ cursor: inout LineCursor, _ stamp: Double?) -> LineReading {
    guard isOpen else { return .foreign }
    guard let sent = cursor.amount() else { return .garbled("what was transferred is no amount") }
    let seconds = elapsed(stamp)
    return update { series in
      if let last = series.samples.last, let before = last.processed, sent >= before, let seconds {
        series.samples.append(
          ProgressSample(seconds: max(seconds, last.seconds), processed: sent, total: last.total))
        series.sentIsFinal = true
      }
    }
  }

  private mutating func end(_ kind: MigrationEnding, _ stamp: Double?) -> LineReading {
    guard isOpen, series.last?.ending == nil else { return .taken }
    let seconds = elapsed(stamp)
    return update {
      $0.ending = kind
      $0.endedAt = seconds
    }
  }

  private mutating func noteXBZRLE() -> LineReading {
    isOpen ? update { $0.usesXBZRLE = true } : .taken
  }

  /// `drive-scsi0: transferred 1.4 GiB of 8.0 GiB (17.50%) in 5s`, before memory.
  private mutating func readDisk(_ line: LogLine) -> LineReading {
    var cursor = LineCursor(line.bytes)
    guard cursor.skip(past: ": transferred"), let name = diskName(line) else { return .foreign }
    _ = cursor.skip(":")
    guard cursor.amount() != nil else { return .garbled("what a disk transferred is no amount") }
    guard cursor.skip(past: "of ") || cursor.skip(past: "total: "), let size = cursor.amount() else {
      return .taken
    }
    diskSizes[name] = size
    let bytes = diskSizes.values.reduce(0, +)
    return update { $0.diskBytes = bytes }
  }

  private func diskName(_ line: LogLine) -> String? {
    for phrase: Phrase in ["drive-", "mirror-"] {
      var cursor = LineCursor(line.bytes)
      if cursor.skip(past: phrase) { return cursor.word() }
    }
    return nil
  }
}
