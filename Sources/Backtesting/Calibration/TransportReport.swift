public import EvacuationModel

/// What was learned about one way of migrating, and how much that helps.
public struct TransportReport: Sendable {
  /// The result, as it goes into the file.
  public internal(set) var result: CalibratedTransport
  /// Why no more was learned, and what else a reader should know, a sentence each.
  public internal(set) var remarks: [String]
  /// Median of the absolute relative error of the platform's own defaults; `nil` if nothing was learned.
  public internal(set) var errorBefore: Double?
  /// The same for what was learned, each tenth of the rows forecast by what the others teach.
  public internal(set) var errorAfter: Double?
}
