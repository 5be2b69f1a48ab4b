public import EvacuationModel
import Glibc
public import Quantities

extension DirtyCurve {
  /// The curve of `vm` from what is known about it, best source first: an exact write rate, two periods,
  /// one period and a working set, one period, a class, nothing.
  ///
  /// A guest that does not execute writes nothing.
  public init(of vm: VirtualMachine) {
    let touched = min(vm.memoryTouched ?? vm.memory, vm.memory)
    guard vm.state == .running else {
      self.init(classes: [], touched: touched)
      return
    }
    self.init(activity: vm.memoryActivity, touched: touched)
  }

  /// The curve for `activity` within `touched` bytes.
  public init(activity: MemoryActivity, touched: ByteCount) {
    let known = Self(known: activity, touched: touched)
    self = activity.pace == 1 ? known : known.scaled(by: activity.pace)
  }

  private init(known activity: MemoryActivity, touched: ByteCount) {
    let all = Double(touched.bytes)
    let workingSet = activity.workingSet.map { Double($0.bytes) }
    if let writeRate = activity.writeRate {
      let size = workingSet ?? all
      self.init(classes: [(size, writeRate.bytesPerSecond / max(size, 1))], touched: touched)
    } else if let first = activity.dirtyRates.first {
      let start = Point(first)
      let classes: [(bytes: Double, perSecond: Double)]
      if let workingSet {
        classes = [Self.classOf(size: workingSet, through: start)]
      } else if let last = activity.dirtyRates.last, last.period > first.period {
        classes = [Self.classThrough(start, Point(last), touched: all)]
      } else {
        classes = Self.powerLaw(through: start)
      }
      self.init(classes: classes, touched: touched)
    } else {
      self.init(classes: Self.prior(activity.intensity ?? .medium, touched: all), touched: touched)
    }
  }

  /// D(t) as one measurement gives it: bytes after seconds.
  private struct Point {
    let seconds: Double
    let bytes: Double

    init(seconds: Double, bytes: Double) {
      self.seconds = seconds
      self.bytes = bytes
    }

    init(_ measurement: DirtyRateMeasurement) {
      seconds = max(measurement.period.seconds, 1e-3)
      bytes = measurement.rate.bytesPerSecond * seconds
    }
  }

  /// A class of known size whose curve goes through `point`.
  ///
  /// A rate that would dirty (almost) the whole class within the period cannot be told from any higher one;
  /// it is then taken as the raw write rate.
  private static func classOf(size: Double, through point: Point) -> (bytes: Double, perSecond: Double) {
    guard size > 0, point.bytes > 0 else { return (0, 0) }
    let share = point.bytes / size
    return (size, share < 0.98 ? -log1p(-share) / point.seconds : share / point.seconds)
  }

  /// The one class whose curve goes through both points: λ solves D₂/D₁ = (1 − e^(−λt₂)) / (1 − e^(−λt₁)).
  private static func classThrough(
    _ first: Point, _ second: Point, touched: Double
  ) -> (bytes: Double, perSecond: Double) {
    guard first.bytes > 0, second.bytes > 0 else {
      return classOf(size: touched, through: first.bytes > 0 ? first : second)
    }
    let growth = second.bytes / first.bytes
    let linear = second.seconds / first.seconds
    // No end of the growth is in sight: all touched memory, at the rate of both periods together.
    let straight = (
      bytes: touched,
      perSecond: (first.bytes + second.bytes) / (first.seconds + second.seconds) / max(touched, 1)
    )
    guard growth < linear * (1 - 1e-6) else { return straight }
    // All was dirtied within the first period already, however fast: to 97 %, or it would show.
    let flat = (bytes: max(first.bytes, second.bytes), perSecond: 3.5 / first.seconds)
    guard growth > 1.03 else { return flat }
    var low = 0.0
    var high = 50 / first.seconds
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let ratio = expm1(-middle * second.seconds) / expm1(-middle * first.seconds)
      if middle > 0, ratio < growth { high = middle } else { low = middle }
    }
    let perSecond = (low + high) / 2
    let size = first.bytes / -expm1(-perSecond * first.seconds)
    return size > touched ? classOf(size: touched, through: first) : (size, perSecond)
  }

  /// D(t) ∝ t^0.7 through one point, as three classes that meet the power law at 1, 10 and 100 periods.
  ///
  /// The exponent is what two OLTP guests showed between 0.3 and 25 s (0.70 and 0.71; PostgreSQL under YCSB).
  private static func powerLaw(through point: Point) -> [(bytes: Double, perSecond: Double)] {
    guard point.bytes > 0 else { return [] }
    return [(0.843, 1.0), (1.068, 0.1), (36.71, 0.01)].map { weight, pace in
      (point.bytes * weight, pace / point.seconds)
    }
  }

  /// What a declared class stands for: D(1 s) and D(30 s) in MB.
  ///
  /// Idle systems, web servers, OLTP databases and in-memory stress as measured in published logs; a guest may
  /// well be three times as hard or as soft.
  private static func prior(
    _ intensity: WriteIntensity, touched: Double
  ) -> [(bytes: Double, perSecond: Double)] {
    let megabytes: (one: Double, thirty: Double)
    switch intensity {
    case .idle: megabytes = (0.2, 4)
    case .low: megabytes = (1, 20)
    case .medium: megabytes = (40, 350)
    case .high: megabytes = (120, 1200)
    // Writes at memory speed to nearly everything: 2 GB/s of distinct pages to begin with.
    case .extreme: return [(0.9 * touched, 2e9 / max(0.9 * touched, 1))]
    }
    return [
      classThrough(
        Point(seconds: 1, bytes: megabytes.one * 1e6), Point(seconds: 30, bytes: megabytes.thirty * 1e6),
        touched: touched)
    ]
  }
}
