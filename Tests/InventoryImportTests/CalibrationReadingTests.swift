import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `A policy that names a calibration` {
  private static let text = """
    {"format": "evac.calibration/1", "learned_from": {"file": "h.csv", "sha256": "ab", "rows": 40},
     "transports": [
      {"platform": "nova", "transport": "direct", "mode": "live", "learned": "both", "rows": 24, "outliers": 1,
       "stream_rate_bytes_per_second": 459000000, "stream_rate_standard_error_bytes_per_second": 2000000,
       "stream_rate_sigma": 0.05, "fixed_seconds": 13.8, "fixed_standard_error_seconds": 0.2,
       "fixed_sigma_seconds": 0.3},
      {"platform": "nova", "transport": "direct", "mode": "block", "learned": "rate", "rows": 5, "outliers": 0,
       "stream_rate_bytes_per_second": 300000000, "stream_rate_standard_error_bytes_per_second": 2000000,
       "stream_rate_sigma": 0.1, "fixed_seconds": 4, "fixed_standard_error_seconds": 0, "fixed_sigma_seconds": 0.4},
      {"platform": "nova", "transport": "tunnelled", "mode": "live", "learned": "nothing", "rows": 2,
       "outliers": 0, "stream_rate_bytes_per_second": null, "stream_rate_standard_error_bytes_per_second": null,
       "stream_rate_sigma": null, "fixed_seconds": null, "fixed_standard_error_seconds": null,
       "fixed_sigma_seconds": null}]}
    """

  private func read(_ policy: String, platform: Platform = .nova) throws -> Reading<EffectivePolicy> {
    let calibration = try #require(CalibrationReader.read([UInt8](Self.text.utf8), path: "c.json").value)
    return PolicyReader.read(
      [UInt8]("format: evac.policy/1\ncalibration: c.json\n\(policy)".utf8), path: "p.yaml",
      platform: platform, calibration: calibration)
  }

  @Test func `counts on it, even over what it writes itself`() throws {
    let policy = try #require(read("network: { stream_rate: 1 GB/s }").value)
    let network = policy.policy.network
    #expect(network.streamRate == DataRate(bytesPerSecond: 459e6))
    #expect(network.diskRate == DataRate(bytesPerSecond: 300e6))
    // Twice Nova's 6.9 s, divided as those are.
    #expect(abs(network.fixedTime.before.seconds - 9) < 1e-6)
    #expect(abs(network.fixedTime.after.seconds - 4.8) < 1e-6)
    #expect(network.fixedTime.block == .seconds(4))
    #expect(network.measuredSpread[.live]?.rateSigma == 0.05)
    #expect(abs((network.measuredSpread[.block]?.fixedSigma.seconds ?? 0) - 0.5) < 1e-9)
  }

  @Test func `says of each value how many migrations it was learned from`() throws {
    let settings = try #require(read("").value).settings
    func origin(_ key: String) -> String? { settings.first { $0.key == key }?.origin }
    #expect(origin("network.stream_rate") == "calibration c.json (24 migrations)")
    #expect(origin("network.disk_rate") == "calibration c.json (5 migrations)")
    #expect(origin("network.fixed_time") == "calibration c.json (24 and 5 migrations)")
    #expect(origin("calibration") == "p.yaml:2")
  }

  @Test(arguments: [
    (Platform.nova, "network: { tunnelled: true }", "nova tunnelled"), (.proxmox, "", "proxmox ssh"),
  ])
  func `hears where it has nothing`(platform: Platform, policy: String, name: String) throws {
    let reading = try read(policy, platform: platform)
    #expect(
      printed(reading.findings) == """
        p.yaml:2:14 calibration: warning[P104]: it has nothing for \(name): the policy's own values count
          help: it knows nova direct; learn from this platform's
        """)
    #expect(reading.value?.policy.network.measuredSpread.isEmpty == true)
  }

  @Test func `names its file`() {
    let bytes = [UInt8]("format: evac.policy/1\ncalibration: c.json".utf8)
    #expect(PolicyReader.calibrationFile(in: bytes) == "c.json")
    #expect(PolicyReader.calibrationFile(in: [UInt8]("calibration: {".utf8)) == nil)
    #expect(PolicyReader.calibrationFile(in: [UInt8]("- a".utf8)) == nil)
  }

  @Test(arguments: [
    "{\"format\": \"evac.calibration/1\", \"transports\": [3]}",
    "{\"format\": \"evac.calibration/1\", \"transports\": [{\"platform\": \"nova\", \"learned\": \"both\"}]}",
    "{\"format\": \"evac.policy/1\"}",
    text.replacing("459000000", with: "0"), text.replacing("459000000", with: "-1e999"),
    text.replacing("0.05", with: "\"x\""),
  ])
  func `is refused with a file that is none`(text: String) {
    let reading = CalibrationReader.read([UInt8](text.utf8), path: "c.json")
    #expect(reading.value == nil)
    #expect(!reading.findings.isEmpty)
  }
}
