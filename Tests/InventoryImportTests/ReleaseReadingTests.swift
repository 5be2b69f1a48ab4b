import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `A platform's release` {
  private func inventory(_ lines: String) -> Reading<Inventory> {
    let text = small().replacing("name: small", with: "name: small\n\(lines)")
    return InventoryReader.read([UInt8](text.utf8), path: "x.yaml")
  }

  private func reading(_ precopy: String, _ platform: Platform, _ version: String?) -> Reading<
    EffectivePolicy
  > {
    let text = "format: evac.policy/1\nname: p\nprecopy: { \(precopy) }\n"
    return PolicyReader.read(
      [UInt8](text.utf8), path: "p.yaml", platform: platform,
      release: version.flatMap { PlatformRelease($0, of: platform) })
  }

  @Test(arguments: ["newton", "2016.2", "14.0", "\"14.0.3\""])
  func `stands in the inventory, beside the platform`(written: String) throws {
    let reading = inventory("platform: nova\nplatform_version: \(written)")
    #expect(printed(reading.findings) == "")
    let inventory = try #require(reading.value)
    #expect(inventory.release?.name == "newton")
    let again = InventoryReader.read([UInt8](InventoryText.yaml(inventory).utf8), path: "y.yaml").value
    #expect(again == inventory)
  }

  @Test func `that is not known is an error, and the known ones are listed`() {
    let findings = printed(inventory("platform: nova\nplatform_version: newtown").findings)
    #expect(
      findings.contains("x.yaml:4:19 platform_version: error[I010]: \"newtown\" is not a release of nova"))
    #expect(findings.contains("did you mean `newton`? known are liberty, mitaka, newton, ocata"))
    #expect(findings.contains("2026.1"))
    let list = printed(inventory("platform: kubevirt\nplatform_version: [1]").findings)
    #expect(list.contains("error[I007]"), "\(list)")
  }

  @Test func `of a platform whose releases do not differ is an error`() {
    let findings = printed(inventory("platform: libvirt\nplatform_version: 11.3.0").findings)
    #expect(findings.contains("no releases of libvirt are known that differ"))
  }

  @Test func `decides the defaults, and says so`() throws {
    let effective = try #require(reading("", .nova, "newton").value)
    #expect(
      effective.policy
        == Policy(name: "p", platform: .nova, release: PlatformRelease("newton", of: .nova)))
    let timeout = effective.settings.first { $0.key == "precopy.progress_timeout" }
    #expect(timeout?.value == "2 min 30 s")
    #expect(
      timeout?.origin == "default: Nova [libvirt] live_migration_progress_timeout, Liberty to Newton")
    let growth = effective.settings.first { $0.key == "precopy.downtime_growth" }
    #expect(growth?.value == "exponential_ladder")
  }

  @Test func `keeps its ladder when only the steps are stated`() throws {
    let policy = try #require(reading("downtime_steps: 5", .nova, "newton").value).policy
    #expect(
      policy.precopy.downtimeLimit
        == .exponentialLadder(final: .milliseconds(500), steps: 5, delayPerGibibyte: .seconds(75)))
  }

  @Test(arguments: [
    ("timeout_action: force_complete", Platform.nova, "rocky"), ("progress_timeout: 150 s", .nova, "stein"),
    ("post_copy: true", .nova, "mitaka"), ("auto_converge: true", .nova, "liberty"),
    ("stall_detector: true", .kubevirt, "1.8"),
  ])
  func `that lacks a setting leaves it off and says so`(setting: String, platform: Platform, version: String)
    throws
  {
    let reading = reading(setting, platform, version)
    let findings = printed(reading.findings)
    #expect(findings.contains("warning[P101]") && findings.contains("has no effect here"), "\(findings)")
    let release = PlatformRelease(version, of: platform)
    #expect(reading.value?.policy == Policy(name: "p", platform: platform, release: release))
  }

  @Test(arguments: [
    ("timeout_action: force_complete", Platform.nova, "stein"), ("progress_timeout: 150 s", .nova, "rocky"),
    ("post_copy: true", .nova, "newton"), ("stall_detector: true", .kubevirt, "1.9"),
    ("progress_timeout: never", .nova, "newton"),
  ])
  func `that has it takes it`(setting: String, platform: Platform, version: String) throws {
    let reading = reading(setting, platform, version)
    #expect(printed(reading.findings) == "")
    let release = PlatformRelease(version, of: platform)
    #expect(reading.value?.policy != Policy(name: "p", platform: platform, release: release))
  }

  @Test
  func `KubeVirt disturbs a workload at the timeout where post-copy is permitted, unless told otherwise`() {
    let action = { (text: String) in reading(text, .kubevirt, nil).value?.policy.precopy.timeoutAction }
    #expect(action("post_copy: false") == .abort)
    #expect(action("post_copy: true") == .forceComplete)
    #expect(action("post_copy: true, timeout_action: abort") == .abort)
  }

  @Test func `the stall detector's values can be set`() {
    let text = "stall_detector: { least_progress: 5 %, window: 60 s, patience: 20 s, max_downtime: 500 ms }"
    #expect(
      reading(text, .kubevirt, nil).value?.policy.precopy.stallDetector
        == StallDetector(
          leastProgress: .percent(5), window: .seconds(60), patience: .seconds(20),
          maxDowntime: .milliseconds(500)))
  }

  @Test func `without ssh Proxmox's stream is that of a TCP connection`() throws {
    let text = "format: evac.policy/1\nname: p\nnetwork: { ssh_tunnel: false }\n"
    let network = try #require(
      PolicyReader.read([UInt8](text.utf8), path: "p.yaml", platform: .proxmox).value
    ).policy.network
    #expect(network.streamRate == .megabytesPerSecond(1000))
    #expect(Policy(name: "p", platform: .proxmox).network.streamRate == .mebibytesPerSecond(800))
  }
}
