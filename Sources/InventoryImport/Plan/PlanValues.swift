import EvacuationModel
import Quantities

extension PlanReader {
  /// More steps, batches or rounds than any plan has.
  static let mostCounted = 1_000_000_000
}

extension SourceValue {
  /// A mapping whose unknown keys do not matter.
  func plain<Result>(_ body: (Fields) -> Result) -> Result? { mapping(unknownKeys: .ignored, body) }

  /// A whole number of up to 64 bits, as a seed is.
  func unsigned() -> UInt64? {
    guard kind == .number, let number = UInt64(text) else {
      reportKind(wanted: "a whole number", help: "write a number from 0 on")
      return nil
    }
    return number
  }
}

extension Fields {
  func optionalSeconds(_ key: String) -> Duration? {
    self[key]?.number().map { Duration(clampingSeconds: $0) }
  }

  /// A time that counts as nothing where it is missing.
  func seconds(_ key: String) -> Duration { optionalSeconds(key) ?? .zero }

  /// A moment of the plan; its start where it is missing.
  func time(_ key: String) -> PlanTime { PlanTime(seconds: seconds(key).seconds) }

  func bytes(_ key: String) -> ByteCount {
    guard let value = self[key], let number = value.number() else { return .zero }
    // A whole number is exact beyond 2⁵³, which a Double is not.
    return Int64(value.text).map { ByteCount(bytes: $0) } ?? ByteCount(rounding: number)
  }

  func optionalRate(_ key: String) -> DataRate? {
    self[key]?.number().map { DataRate(bytesPerSecond: $0) }
  }

  func optionalRatio(_ key: String) -> Ratio? { self[key]?.number().map { Ratio($0) } }

  func count(_ key: String) -> Int { self[key]?.int(in: 0...PlanReader.mostCounted) ?? 0 }

  func flag(_ key: String) -> Bool { self[key]?.bool() ?? false }

  /// A text that may be missing or empty.
  func text(_ key: String) -> String { self[key]?.string() ?? "" }

  func texts(_ key: String) -> [String] { list(key).compactMap { $0.string() } }
}
