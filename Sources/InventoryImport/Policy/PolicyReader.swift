public import EvacuationModel
import Quantities

/// Reads policies in evac's own format, YAML or JSON.
public enum PolicyReader {
  /// Reads a policy (`evac.policy/1`) for `platform`, whose own defaults in `release` fill what the file leaves out.
  /// `path` is what findings and origins call the file.
  public static func read(
    _ bytes: [UInt8], path: String, platform: Platform, release: PlatformRelease? = nil
  ) -> Reading<EffectivePolicy> {
    SourceReader.read(bytes, path: path) { root in
      guard FileFormat.policy.isFormat(of: root) else { return nil }
      return root.mapping { fields in
        let log = SettingLog()
        let policy = policy(fields, platform, release, log)
        return EffectivePolicy(policy: policy, settings: log.settings)
      }
    }
  }

  /// The sections in the order of the format.
  private static func policy(
    _ fields: Fields, _ platform: Platform, _ release: PlatformRelease?, _ log: SettingLog
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
    policy.network = fields.section("network", log: log) { network($0, profile, defaults.network) }
    calibration(PolicySection(name: nil, fields: fields, log: log))
    policy.precopy = fields.section("precopy", log: log) {
      preCopy($0, PreCopyBase(profile, platform, limits))
    }
    policy.cold = fields.section("cold", log: log) { cold($0, Sourced(defaults.cold, "evac")) }
    policy.capacity = fields.section("capacity", log: log) { capacity($0, defaults.capacity) }
    policy.moveOthers = fields.section("placement", log: log) { moveOthers($0) }
    policy.maintenance = fields.section("maintenance", log: log) { maintenance($0, defaults.maintenance) }
    policy.window = fields.section("window", log: log) { window($0, defaults.window) }
    policy.rules = rules(
      PolicySection(name: nil, fields: fields, log: log), policy, PreCopyBase(policy, platform, limits))
    return policy
  }

  private static func calibration(_ section: PolicySection) {
    _ = section.setting("calibration", Sourced("none", "no file named"), text: { $0 }) { value in
      value.report(
        .notSupported, "calibration is read and not applied yet",
        help: "write its values under `network` for now")
      return value.name()
    }
  }

  private static func moveOthers(_ section: PolicySection) -> Bool {
    section.setting("move_others", Sourced(false, "only hosts to drain are touched"), text: { "\($0)" }) {
      value in
      let isOn = value.bool()
      if isOn == true {
        value.report(
          .notSupported, "guests of hosts that stay are not moved yet",
          help: "drain the host that is in the way too, or free room by hand")
      }
      return isOn
    }
  }
}
