public import EvacuationModel
import Quantities

/// Reads policies in evac's own format, YAML or JSON.
public enum PolicyReader {
  /// Reads a policy (`evac.policy/1`) for `platform`, whose own defaults in `release` fill what the file leaves out.
  /// `path` is what findings and origins call the file. `calibration` is what the file that it names holds, and
  /// `transport` one that counts instead of the policy's own, for migrations that are known to have used it.
  public static func read(
    _ bytes: [UInt8], path: String, platform: Platform, release: PlatformRelease? = nil,
    calibration: Calibration? = nil, transport: String? = nil
  ) -> Reading<EffectivePolicy> {
    SourceReader.read(bytes, path: path) { root in
      let calibrated = CalibratedNetwork(
        calibration: calibration, file: calibrationFile(in: bytes) ?? "", platform: platform,
        transport: transport)
      return read(root, release: release, calibrated)
    }
  }

  /// The policy whose file has `root`, with what was learned for its platform.
  static func read(
    _ root: SourceValue, release: PlatformRelease?, _ calibrated: CalibratedNetwork
  ) -> EffectivePolicy? {
    guard FileFormat.policy.isFormat(of: root) else { return nil }
    return root.mapping { fields in
      let log = SettingLog()
      let policy = policy(fields, calibrated.platform, release, log, calibrated)
      return EffectivePolicy(policy: policy, settings: log.settings)
    }
  }

  /// The sections in the order of the format.
  private static func policy(
    _ fields: Fields, _ platform: Platform, _ release: PlatformRelease?, _ log: SettingLog,
    _ calibrated: CalibratedNetwork
  ) -> Policy {
    _ = fields["format"]
    let name = fields["name"]?.name() ?? "unnamed"
    let profile = PlatformProfile.of(platform, release: release)
    let limits = ReleaseLimits(profile, platform: platform, release: release)
    var policy = Policy(name: name, platform: platform, release: release)
    let defaults = policy
    policy.concurrency = fields.section("concurrency", log: log) {
      concurrency($0, profile, defaults.concurrency)
    }
    policy.network = fields.section("network", log: log) {
      network($0, profile, defaults.network, calibrated)
    }
    calibration(PolicySection(name: nil, fields: fields, log: log), calibrated, policy.network)
    policy.precopy = fields.section("precopy", log: log) {
      preCopy($0, PreCopyBase(profile, platform, limits))
    }
    policy.cold = fields.section("cold", log: log) { cold($0, Sourced(defaults.cold, "evac")) }
    policy.capacity = fields.section("capacity", log: log) { capacity($0, defaults.capacity) }
    (policy.moveOthers, policy.receivers) = fields.section("placement", log: log) {
      placement($0, moveOthers: defaults.moveOthers, receivers: defaults.receivers)
    }
    policy.maintenance = fields.section("maintenance", log: log) { maintenance($0, defaults.maintenance) }
    policy.window = fields.section("window", log: log) { window($0, defaults.window) }
    policy.rules = rules(
      PolicySection(name: nil, fields: fields, log: log), policy, PreCopyBase(policy, platform, limits))
    return policy
  }
}
