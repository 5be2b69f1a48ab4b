import EvacuationModel
import Quantities

/// What a policy takes from its calibration for one platform and transport.
struct CalibratedNetwork {
  /// `nil` for a policy without.
  let calibration: Calibration?
  /// The file's name as the policy has it.
  let file: String
  /// Whose.
  let platform: Platform
  /// The transport that counts instead of the policy's own.
  let transport: String?

  /// What was learned about `mode` over the transport in use.
  func learned(_ mode: MigrationMode, over network: NetworkPolicy) -> CalibratedTransport? {
    calibration?.transport(transport ?? network.transport, on: platform, mode: mode)
  }

  /// Where a value comes from that `transports` taught.
  func origin(_ transports: CalibratedTransport?...) -> String {
    let rows = transports.compactMap { $0.map { "\($0.rows)" } }
    return "calibration \(file) (\(rows.joined(separator: " and ")) migrations)"
  }

  /// The fixed parts with what was learned of them; `nil` if nothing was.
  func fixedTime(
    _ stated: FixedTime, live: CalibratedTransport?, block: CalibratedTransport?
  ) -> Sourced<FixedTime>? {
    guard live != nil || block != nil else { return nil }
    var time = stated
    if let live { time = time.with(around: live.fixed) }
    if let block { time.block = block.fixed }
    return Sourced(time, origin(live, block))
  }

  /// How far the next migration of each mode may be off.
  func spread(live: CalibratedTransport?, block: CalibratedTransport?) -> [MigrationMode: MeasuredSpread] {
    var spread: [MigrationMode: MeasuredSpread] = [:]
    spread[.live] = live?.spread
    if let block {
      // Its fixed part stands on that of the live migration.
      let (around, more) = (live?.fixedSigma.seconds ?? 0, block.fixedSigma.seconds)
      spread[.block] = MeasuredSpread(
        rateSigma: block.rateSigma,
        fixedSigma: Duration(clampingSeconds: (around * around + more * more).squareRoot()))
    }
    return spread
  }
}

extension PolicyReader {
  /// The file that the policy in `bytes` names as its calibration; `nil` if it names none or cannot be read.
  public static func calibrationFile(in bytes: [UInt8]) -> String? {
    let reading = SourceReader.read(bytes, path: "") { root -> String? in
      guard root.kind == .mapping else { return nil }
      return root.mapping(unknownKeys: .ignored) { fields in
        fields["calibration"].flatMap { $0.kind == .string && !$0.text.isEmpty ? $0.text : nil }
      } ?? nil
    }
    return reading.value
  }

  /// Records the file's name, and reports where it has nothing for this platform and transport.
  static func calibration(_ section: PolicySection, _ calibrated: CalibratedNetwork, _ network: NetworkPolicy)
  {
    _ = section.setting("calibration", Sourced("none", "no file named"), text: { $0 }) { value in
      guard let name = value.name() else { return nil }
      guard let calibration = calibrated.calibration else { return name }
      guard [.live, .block].allSatisfy({ calibrated.learned($0, over: network) == nil }) else { return name }
      let known = calibration.transports.filter { $0.learned != .nothing }.map {
        "\($0.platform.rawValue) \($0.transport)"
      }
      let distinct = known.enumerated().filter { known.firstIndex(of: $0.element) == $0.offset }.map(
        \.element)
      value.report(
        .uncalibrated,
        "it has nothing for \(calibrated.platform.rawValue) \(calibrated.transport ?? network.transport): the policy's own values count",
        help: distinct.isEmpty
          ? "learn from more migrations"
          : "it knows \(distinct.joined(separator: ", ")); learn from this platform's")
      return name
    }
  }
}
