import Glibc
public import Quantities

/// How much distinct memory a guest dirties in a time: D(t) = Σ Wᵢ (1 − e^(−λᵢt)).
///
/// Three classes of pages, hottest first, and a fourth lane for memory that is touched but not written.
/// Repeated writes to one page count once, which is why a single "dirty rate" fails near the link's speed.
/// The lanes are bytes and 1/s as plain numbers: this is the innermost loop of every forecast.
public struct DirtyCurve: Hashable, Sendable {
  /// Bytes of each class; the last lane is what is never written.
  public let bytes: SIMD4<Double>
  /// Writes per page and second of each class; zero for the last lane.
  public let perSecond: SIMD4<Double>

  /// A curve from up to three (bytes, 1/s) classes within `touched` bytes of memory.
  ///
  /// A class that does not fit in memory keeps its initial rate of newly dirtied bytes, Wᵢλᵢ.
  public init(classes: [(bytes: Double, perSecond: Double)], touched: ByteCount) {
    var sizes = SIMD4<Double>()
    var rates = SIMD4<Double>()
    var room = max(0, Double(touched.bytes))
    for (lane, entry) in classes.prefix(3).enumerated() where entry.bytes > 0 && entry.perSecond > 0 {
      let size = min(entry.bytes, room)
      guard size > 0 else { continue }
      sizes[lane] = size
      rates[lane] = entry.perSecond * (entry.bytes / size)
      room -= size
    }
    sizes[3] = room
    bytes = sizes
    perSecond = rates
  }

  /// Distinct bytes dirtied in `seconds`.
  public func dirtied(in seconds: Double) -> Double { (bytes * Self.share(perSecond, seconds)).sum() }

  /// What is newly dirtied each second at first: Σ Wᵢλᵢ, in bytes per second.
  public var initialRate: DataRate { DataRate(bytesPerSecond: (bytes * perSecond).sum()) }

  /// Memory that is written at all.
  public var workingSet: ByteCount { ByteCount(rounding: bytes[0] + bytes[1] + bytes[2]) }

  /// All memory that is not zero pages.
  var touched: Double { bytes.sum() }

  /// The curve of the same guest writing `factor` times as fast.
  public func scaled(by factor: Double) -> Self { Self(bytes: bytes, perSecond: perSecond * factor) }

  private init(bytes: SIMD4<Double>, perSecond: SIMD4<Double>) {
    self.bytes = bytes
    self.perSecond = perSecond
  }

  /// 1 − e^(−λt) lane by lane.
  @inline(__always)
  static func share(_ perSecond: SIMD4<Double>, _ seconds: Double) -> SIMD4<Double> {
    var result = SIMD4<Double>()
    for lane in 0..<3 where perSecond[lane] > 0 {
      result[lane] = -expm1(-perSecond[lane] * seconds)
    }
    return result
  }

  /// Mean over a first pass of `seconds` of what each class has dirtied since its chunk was cleared.
  ///
  /// KVM clears the dirty log of a chunk of 2¹⁸ pages when the chunk's first page is sent (QEMU since 4.2,
  /// `clear-bitmap-shift` 18), so what was written before that moment is not sent twice. With one chunk this
  /// is D(t), with many it tends to the mean of D over the pass.
  func dirtiedByFirstPass(_ seconds: Double, chunks: Int) -> SIMD4<Double> {
    var result = SIMD4<Double>()
    let count = Double(max(1, chunks))
    for lane in 0..<3 where perSecond[lane] > 0 {
      let survive = exp(-perSecond[lane] * seconds / count)
      let sum = survive < 1 ? survive * (1 - pow(survive, count)) / (1 - survive) : count
      result[lane] = bytes[lane] * (1 - sum / count)
    }
    return result
  }
}

extension DirtyCurve {
  /// The curve of the same guest with `factor` times its cold memory touched.
  func withTouched(factor: Double) -> Self {
    var sizes = bytes
    sizes[3] = max(0, sizes.sum() * factor - (sizes[0] + sizes[1] + sizes[2]))
    return Self(bytes: sizes, perSecond: perSecond)
  }
}
