/// How fast a pass goes that is to be told from its fixed point.
struct PassSpeed: Sendable {
  /// Bytes on the wire per second, page headers not counted.
  let wire: Double
  /// Whether windows pace it and not the wire.
  let isPaced: Bool
  /// Bytes of pages per second. Pages that the cache knows go faster; counting all as known is on the safe side.
  let pages: Double
  /// Bytes of pages between two looks at what remains.
  let quota: Double

  init(rate: Double, lastRate: Double, gain: Double) {
    wire = rate
    pages = rate * gain
    isPaced = QuotaWindow.isPaced(rate: rate, lastRate: lastRate)
    quota = pages * (isPaced ? PreCopyConstants.windowSeconds : PreCopyConstants.sliceSeconds)
  }

  /// Whether the bursts at the start of windows decide what is left at a sync: only there can the guest be stopped.
  func isDecidedByBursts(threshold: Double) -> Bool { isPaced && threshold < quota }
}
