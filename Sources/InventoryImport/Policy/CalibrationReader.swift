public import EvacuationModel
import Quantities

/// Reads what `evac calibrate` wrote.
public enum CalibrationReader {
  /// Reads a calibration (`evac.calibration/1`). `path` is what findings call the file.
  public static func read(_ bytes: [UInt8], path: String) -> Reading<Calibration> {
    SourceReader.read(bytes, path: path) { root in
      guard FileFormat.calibration.isFormat(of: root) else { return nil }
      return root.mapping { fields in
        _ = fields["format"]
        return Calibration(
          transports: fields.list("transports").compactMap { value in
            value.mapping(transport).flatMap { $0 }
          },
          source: fields["learned_from"]?.mapping(source) ?? Calibration.Source(file: "", sha256: "", rows: 0)
        )
      }
    }
  }

  private static let mostRows = 1_000_000_000

  private static func source(_ fields: Fields) -> Calibration.Source {
    Calibration.Source(
      file: fields["file"]?.string() ?? "", sha256: fields["sha256"]?.string() ?? "",
      rows: fields["rows"]?.int(in: 0...mostRows) ?? 0)
  }

  private static func transport(_ fields: Fields) -> CalibratedTransport? {
    let platform: Platform? = fields.required("platform", example: "nova")?.choice()
    let mode: MigrationMode? = fields.required("mode", example: "live")?.choice()
    let learned: CalibratedTransport.Learned? = fields.required("learned", example: "both")?.choice()
    let name = fields.required("transport", example: "direct")?.name()
    var result = CalibratedTransport(
      platform: platform ?? .generic, transport: name ?? "", mode: mode ?? .live,
      learned: learned ?? .nothing,
      rows: fields["rows"]?.int(in: 0...mostRows) ?? 0,
      outliers: fields["outliers"]?.int(in: 0...mostRows) ?? 0)
    func number(_ key: String, atMost most: Double) -> Double {
      let value = result.learned == .nothing ? fields[key] : fields.required(key, example: "1.0")
      return min(most, value?.number() ?? 0)
    }
    let rate = number("stream_rate_bytes_per_second", atMost: 1e18)
    if result.learned != .nothing, rate <= 0 {
      fields.report(.badQuantity, "a rate of nothing", help: "learn it again with evac calibrate")
    }
    result.rate = DataRate(bytesPerSecond: max(rate, 1))
    result.rateError = DataRate(
      bytesPerSecond: number("stream_rate_standard_error_bytes_per_second", atMost: 1e18))
    result.rateSigma = number("stream_rate_sigma", atMost: 3)
    result.fixed = Duration(clampingSeconds: number("fixed_seconds", atMost: 1e9))
    result.fixedError = Duration(clampingSeconds: number("fixed_standard_error_seconds", atMost: 1e9))
    result.fixedSigma = Duration(clampingSeconds: number("fixed_sigma_seconds", atMost: 1e9))
    return platform == nil || mode == nil || learned == nil || name == nil ? nil : result
  }
}
