import EvacuationModel
import InventoryImport

/// An inventory and a policy as a command needs them, with everything that was found wrong in one go.
struct Inputs {
  let inventory: Inventory
  let policy: EffectivePolicy
  let inventoryDigest: InputDigest
  let policyDigest: InputDigest
  /// The digest of the policy's calibration.
  let calibrationDigest: String?
  /// Warnings and notes.
  let findings: [Finding]
  private let inventoryFile: InputFile
  private let policyFile: PolicyFile?

  /// The files as a store keeps them.
  var texts: [StoredText] {
    let files: [(StoredText.Kind, InputFile?)] = [
      (.inventory, inventoryFile), (.policy, policyFile?.file), (.calibration, policyFile?.calibrationFile),
    ]
    return files.compactMap { kind, file in
      file.map { StoredText(kind: kind, digest: $0.sha256, text: String(decoding: $0.bytes, as: UTF8.self)) }
    }
  }

  /// Reads both files. Without a policy the platform's own defaults count.
  init(inventory path: String, policy policyPath: String?) throws(Refusal) {
    var findings: [Finding] = []
    let file = try InputFile(path)
    let reading = InventoryReader.read(file.bytes, path: file.path)
    findings += reading.findings
    let platform = reading.value?.platform ?? .generic
    let policyFile = try Self.file(policyPath, &findings)
    let read =
      policyFile?.read(platform: platform, release: reading.value?.release)
      ?? Self.defaults(of: platform, release: reading.value?.release)
    findings += read.findings
    let policy = read.policy
    if let inventory = reading.value, let policy, let policyFile {
      findings += PolicyCheck.findings(for: policy.policy, inventory: inventory, path: policyFile.file.path)
    }
    guard let inventory = reading.value, let policy, !findings.contains(where: { $0.severity == .error })
    else {
      throw Refusal(findings: findings)
    }
    self.inventory = inventory
    self.policy = policy
    inventoryDigest = InputDigest(name: inventory.name, sha256: file.sha256)
    policyDigest = InputDigest(name: policy.policy.name, sha256: policyFile?.file.sha256 ?? "")
    self.findings = findings
    calibrationDigest = policyFile?.calibrationFile?.sha256
    inventoryFile = file
    self.policyFile = policyFile
  }

  /// What findings about the policy call its file; `nil` without one.
  var policyPath: String? { policyFile?.file.path }

  /// Both files, to be read again with the changes of `scenarios`, and the calibrations that those name.
  func scenarioReader(for scenarios: [Scenario]) throws(Refusal) -> ScenarioReader? {
    var calibrations: [String: Calibration] = [:]
    var found: [Finding] = []
    for (name, change) in ScenarioReader.calibrations(scenarios.flatMap(\.changes)) {
      let read = PolicyFile.calibration(
        name, beside: policyFile?.file.path ?? "", namedBy: (change.path, change.place))
      calibrations[name] = read.value
      found += read.findings
    }
    guard !found.contains(where: { $0.severity == .error }) else {
      throw Refusal(findings: findings + found)
    }
    return ScenarioReader(
      inventory: inventoryFile.bytes, inventoryPath: inventoryFile.path,
      policy: policyFile?.file.bytes ?? Array(Self.emptyPolicy(of: inventory.platform).utf8),
      policyPath: policyFile?.file.path ?? "defaults", calibration: policyFile?.calibration,
      calibrations: calibrations)
  }

  private static func emptyPolicy(of platform: Platform) -> String {
    #"{"format": "evac.policy/1", "name": "\#(platform) defaults"}"#
  }

  /// Without a file, an empty policy: every setting is the platform's default.
  static func defaults(
    of platform: Platform, release: PlatformRelease?
  ) -> (policy: EffectivePolicy?, findings: [Finding]) {
    let reading = PolicyReader.read(
      Array(emptyPolicy(of: platform).utf8), path: "defaults", platform: platform, release: release)
    return (reading.value, reading.findings)
  }

  /// A policy that cannot be read must not hide what is wrong with the inventory.
  private static func file(_ path: String?, _ findings: inout [Finding]) throws(Refusal) -> PolicyFile? {
    guard let path else { return nil }
    do throws(Refusal) {
      return try PolicyFile(path)
    } catch {
      throw Refusal(findings: findings + error.findings)
    }
  }
}
