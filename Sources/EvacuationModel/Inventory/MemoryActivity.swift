public import Quantities

/// How hard a guest writes its memory, declared by class when nothing was measured.
public enum WriteIntensity: String, CaseIterable, Hashable, Sendable {
  /// Nothing but timers.
  case idle
  /// Small services.
  case low
  /// Web servers, small databases.
  case medium
  /// Busy databases, JVMs.
  case high
  /// In-memory stores and stress at memory speed.
  case extreme
}

/// Distinct memory dirtied in a period, divided by the period, as QEMU's `calc-dirty-rate` and
/// `virsh domdirtyrate-calc` report it. A longer period gives a smaller rate.
public struct DirtyRateMeasurement: Hashable, Sendable {
  /// Distinct bytes dirtied per second of the period.
  public var rate: DataRate
  /// How long was measured.
  public var period: Duration

  /// `rate`, measured over `period`.
  public init(rate: DataRate, period: Duration = .seconds(1)) {
    self.rate = rate
    self.period = period
  }
}

/// What is known about a guest's memory writes; the more is measured, the better the forecast.
public struct MemoryActivity: Hashable, Sendable {
  /// Where a forecast's dirty curve comes from, best first.
  public enum Source: String, Hashable, Sendable {
    /// Two or more periods, or one and a working set.
    case measured
    /// One period only: the shape of the curve is assumed.
    case estimated
    /// A declared class.
    case declared
    /// Nothing known: medium is assumed.
    case assumed
  }

  /// The declared class.
  public var intensity: WriteIntensity?
  /// Measurements, shortest period first.
  public var dirtyRates: [DirtyRateMeasurement]
  /// What the guest writes before repeated writes to one page are merged; for workloads known exactly.
  public var writeRate: DataRate?
  /// Memory that the guest keeps writing.
  public var workingSet: ByteCount?
  /// Share of its CPUs that the guest is busy: slowing them changes nothing until they are no longer idle enough.
  public var cpuUse: Ratio?
  /// How many times as fast as all this says it writes: 1, unless somebody asks what if.
  public var pace = 1.0

  /// What is known; by default nothing.
  public init(
    intensity: WriteIntensity? = nil, dirtyRates: [DirtyRateMeasurement] = [], writeRate: DataRate? = nil,
    workingSet: ByteCount? = nil, cpuUse: Ratio? = nil
  ) {
    self.intensity = intensity
    self.dirtyRates = dirtyRates.sorted { $0.period < $1.period }
    self.writeRate = writeRate
    self.workingSet = workingSet
    self.cpuUse = cpuUse
  }

  /// How the dirty curve of a forecast comes about.
  public var source: Source {
    if dirtyRates.count > 1 || (workingSet != nil && (!dirtyRates.isEmpty || writeRate != nil)) {
      return .measured
    }
    if !dirtyRates.isEmpty || writeRate != nil { return .estimated }
    return intensity == nil ? .assumed : .declared
  }
}
