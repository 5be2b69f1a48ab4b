public import EvacuationModel
import Quantities

/// The diagnoses of `evac diagnose --json`.
public enum DiagnosisJSON {
  /// `{"format": "evac.diagnosis/1", "migrations": [...], "findings": [...]}` in the order given. What a log does
  /// not support is null.
  public static func encode(_ diagnoses: [MigrationDiagnosis], findings: [Finding] = []) throws -> String {
    try JSONText.write(
      Document(migrations: diagnoses.map(DiagnosisObject.init), findings: findings.map(FindingObject.init)))
  }

  private struct Document: Encodable {
    let format = "evac.diagnosis/1"
    let migrations: [DiagnosisObject]
    let findings: [FindingObject]
  }
}

/// One migration.
private struct DiagnosisObject: Encodable {
  let source: String
  let path: String
  let vm: Nullable<String>
  let samples: Int
  let memoryBytes: Nullable<Int64>
  let elapsedSeconds: Nullable<JSONNumber>
  let bytesTransferred: Nullable<Int64>
  let clockCorrected: Bool
  let clock: Nullable<ClockObject>
  let bandwidthBytesPerSecond: Nullable<JSONNumber>
  let payloadBytesPerSecond: Nullable<JSONNumber>
  let bandwidth: Nullable<BandwidthObject>
  let zeroShare: Nullable<JSONNumber>
  let zeroShareOf: Nullable<String>
  let firstPassSeconds: Nullable<BoundsObject>
  let passes: Nullable<Int>
  let setbacks: Int
  let distinctDirtyRate: Nullable<DirtyRateObject>
  let distinctDirtyRates: [DirtyRateObject]
  let downtimeLimitSeconds: Nullable<JSONNumber>
  let lowWatermark: Nullable<WatermarkObject>
  let ending: Nullable<String>
  let endedBy: Nullable<String>
  let downtimeSeconds: Nullable<JSONNumber>
  let verdict: String
  let reason: String
  let outlook: Nullable<OutlookObject>
  let remedies: Nullable<RemedyBoundsObject>
  let unknowns: [String]

  init(_ diagnosis: MigrationDiagnosis) {
    source = diagnosis.source.rawValue
    path = diagnosis.path
    vm = Nullable(diagnosis.vm)
    samples = diagnosis.samples
    memoryBytes = Nullable(diagnosis.memory?.bytes)
    elapsedSeconds = Nullable(diagnosis.elapsed.map { JSONNumber(seconds: $0) })
    bytesTransferred = Nullable(diagnosis.sent?.bytes)
    clockCorrected = diagnosis.clock?.isCorrected ?? false
    clock = Nullable(diagnosis.clock.map(ClockObject.init))
    bandwidthBytesPerSecond = Nullable(diagnosis.bandwidth.map { JSONNumber(rate: $0.wire) })
    payloadBytesPerSecond = Nullable(diagnosis.bandwidth.map { JSONNumber(rate: $0.payload) })
    bandwidth = Nullable(diagnosis.bandwidth.map(BandwidthObject.init))
    zeroShare = Nullable(diagnosis.zeroShare.map { JSONNumber($0.share) })
    zeroShareOf = Nullable(diagnosis.zeroShare?.scope.rawValue)
    firstPassSeconds = Nullable(diagnosis.firstPass.map { BoundsObject(seconds: $0) })
    passes = Nullable(diagnosis.passes)
    setbacks = diagnosis.setbacks
    distinctDirtyRate = Nullable(diagnosis.dirtyRates.first.map(DirtyRateObject.init))
    distinctDirtyRates = diagnosis.dirtyRates.map(DirtyRateObject.init)
    downtimeLimitSeconds = Nullable(diagnosis.downtimeLimit.map { JSONNumber($0) })
    lowWatermark = Nullable(diagnosis.lowWatermark.map(WatermarkObject.init))
    ending = Nullable(diagnosis.ending?.rawValue)
    endedBy = Nullable(diagnosis.endedBy.isEmpty ? nil : diagnosis.endedBy)
    downtimeSeconds = Nullable(diagnosis.downtime.map { JSONNumber($0) })
    verdict = diagnosis.verdict.rawValue
    reason = diagnosis.reason
    outlook = Nullable(diagnosis.outlook.map(OutlookObject.init))
    remedies = Nullable(diagnosis.remedies.map(RemedyBoundsObject.init))
    unknowns = diagnosis.unknowns
  }
}

private struct BoundsObject: Encodable {
  let low: JSONNumber
  let high: JSONNumber

  init(seconds bounds: Bounds) {
    low = JSONNumber(seconds: bounds.low)
    high = JSONNumber(seconds: bounds.high)
  }

  init(rate bounds: Bounds) {
    low = JSONNumber(rate: bounds.low)
    high = JSONNumber(rate: bounds.high)
  }

  init(ratio bounds: Bounds) {
    low = JSONNumber(Ratio(bounds.low))
    high = JSONNumber(Ratio(bounds.high))
  }
}

extension JSONNumber {
  /// Whole bytes per second.
  fileprivate init(rate: Double) {
    self.init(DataRate(bytesPerSecond: rate))
  }
}

private struct ClockObject: Encodable {
  let corrected: Bool
  let secondsPerLoggedSecond: BoundsObject
  let basis: String

  init(_ clock: ClockDiagnosis) {
    corrected = clock.isCorrected
    secondsPerLoggedSecond = BoundsObject(ratio: clock.factor)
    basis = clock.basis
  }
}

private struct BandwidthObject: Encodable {
  let wireBytesPerSecond: BoundsObject
  let fromSeconds: JSONNumber
  let toSeconds: JSONNumber
  let likeness: String

  init(_ bandwidth: BandwidthDiagnosis) {
    wireBytesPerSecond = BoundsObject(rate: bandwidth.range)
    fromSeconds = JSONNumber(seconds: bandwidth.stretch.low)
    toSeconds = JSONNumber(seconds: bandwidth.stretch.high)
    likeness = bandwidth.likeness
  }
}

private struct DirtyRateObject: Encodable {
  let bytesPerSecond: JSONNumber
  let overSeconds: JSONNumber
  let isFloor: Bool

  init(_ rate: DistinctDirtyRate) {
    bytesPerSecond = JSONNumber(rate: rate.bytesPerSecond)
    overSeconds = JSONNumber(seconds: rate.overSeconds)
    isFloor = rate.isFloor
  }
}

private struct WatermarkObject: Encodable {
  let bytes: Int64
  let reachedAtSeconds: BoundsObject
  let leastVisibleBytes: Int64
  let meaningful = false
  let reason: String

  init(_ mark: LowWatermarkDiagnosis) {
    bytes = mark.bytes.bytes
    reachedAtSeconds = BoundsObject(seconds: mark.reachedAt)
    leastVisibleBytes = mark.leastVisible.bytes
    reason = mark.reason
  }
}

private struct OutlookObject: Encodable {
  let endsAtSeconds: Nullable<BoundsObject>
  let abortsAtSeconds: Nullable<JSONNumber>
  let pauseSeconds: Nullable<BoundsObject>

  init(_ outlook: MigrationOutlook) {
    endsAtSeconds = Nullable(outlook.ends.map { BoundsObject(seconds: $0) })
    abortsAtSeconds = Nullable(outlook.aborts.map { JSONNumber(seconds: $0) })
    pauseSeconds = Nullable(outlook.pause.map { BoundsObject(seconds: $0) })
  }
}

private struct RemedyBoundsObject: Encodable {
  let pauseNeededSeconds: Nullable<BoundsObject>
  let bandwidthNeededBytesPerSecond: Nullable<BoundsObject>
  let bandwidthNeededFactor: Nullable<BoundsObject>
  let throttleNeeded: Nullable<BoundsObject>
  let autoConvergeThrottle: Nullable<BoundsObject>
  let autoConvergeDurationSeconds: Nullable<BoundsObject>
  let postCopyDurationSeconds: Nullable<BoundsObject>
  let postCopyDowntimeSeconds: Nullable<BoundsObject>

  init(_ remedies: RemedyBounds) {
    pauseNeededSeconds = Nullable(remedies.pauseNeeded.map { BoundsObject(seconds: $0) })
    bandwidthNeededBytesPerSecond = Nullable(remedies.bandwidthNeeded.map { BoundsObject(rate: $0) })
    bandwidthNeededFactor = Nullable(remedies.bandwidthFactor.map { BoundsObject(ratio: $0) })
    throttleNeeded = Nullable(remedies.throttleNeeded.map { BoundsObject(ratio: $0) })
    autoConvergeThrottle = Nullable(remedies.autoConvergeThrottle.map { BoundsObject(ratio: $0) })
    autoConvergeDurationSeconds = Nullable(remedies.autoConvergeDuration.map { BoundsObject(seconds: $0) })
    postCopyDurationSeconds = Nullable(remedies.postCopyDuration.map { BoundsObject(seconds: $0) })
    postCopyDowntimeSeconds = Nullable(remedies.postCopyDowntime.map { BoundsObject(seconds: $0) })
  }
}
