public import EvacuationModel
import Quantities

/// The file that `evac calibrate` writes and a policy names.
public enum CalibrationJSON {
  /// `{"format": "evac.calibration/1", "learned_from": {...}, "transports": [...]}`. For block migrations the rate is that
  /// of the disks, and the fixed part what block adds; what was not learned is null.
  public static func encode(_ calibration: Calibration) throws -> String {
    try JSONText.write(
      Document(
        learnedFrom: SourceObject(
          file: calibration.source.file, sha256: calibration.source.sha256, rows: calibration.source.rows),
        transports: calibration.transports.map(TransportObject.init)))
  }

  private struct Document: Encodable {
    let format = "evac.calibration/1"
    let learnedFrom: SourceObject
    let transports: [TransportObject]
  }

  private struct SourceObject: Encodable {
    let file: String
    let sha256: String
    let rows: Int
  }

  private struct TransportObject: Encodable {
    let platform: String
    let transport: String
    let mode: String
    let learned: String
    let rows: Int
    let outliers: Int
    let streamRateBytesPerSecond: Nullable<JSONNumber>
    let streamRateStandardErrorBytesPerSecond: Nullable<JSONNumber>
    let streamRateSigma: Nullable<JSONNumber>
    let fixedSeconds: Nullable<JSONNumber>
    let fixedStandardErrorSeconds: Nullable<JSONNumber>
    let fixedSigmaSeconds: Nullable<JSONNumber>

    init(_ transport: CalibratedTransport) {
      let isLearned = transport.learned != .nothing
      func learned(_ number: JSONNumber) -> Nullable<JSONNumber> { Nullable(isLearned ? number : nil) }
      platform = transport.platform.rawValue
      self.transport = transport.transport
      mode = transport.mode.rawValue
      self.learned = transport.learned.rawValue
      rows = transport.rows
      outliers = transport.outliers
      streamRateBytesPerSecond = learned(JSONNumber(transport.rate))
      streamRateStandardErrorBytesPerSecond = learned(JSONNumber(transport.rateError))
      streamRateSigma = learned(JSONNumber(Ratio(transport.rateSigma)))
      fixedSeconds = learned(JSONNumber(transport.fixed))
      fixedStandardErrorSeconds = learned(JSONNumber(transport.fixedError))
      fixedSigmaSeconds = learned(JSONNumber(transport.fixedSigma))
    }
  }
}
