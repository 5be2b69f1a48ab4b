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
  private let files: [(kind: StoredText.Kind, digest: String, bytes: [UInt8])]

  /// The files as a store keeps them.
  var texts: [StoredText] {
    files.map { StoredText(kind: $0, digest: $1, text: String(decoding: $2, as: UTF8.self)) }
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
    let calibration = policyFile?.calibrationFile.map { ($0.sha256, $0.bytes) }
    calibrationDigest = calibration?.0
    let policyDigest = policyDigest.sha256
    files =
      [(.inventory, inventoryDigest.sha256, file.bytes)]
      + (policyFile.map { [(.policy, policyDigest, $0.file.bytes)] } ?? [])
      + (calibration.map { [(.calibration, $0.0, $0.1)] } ?? [])
  }

  /// Without a file, an empty policy: every setting is the platform's default.
  static func defaults(
    of platform: Platform, release: PlatformRelease?
  ) -> (policy: EffectivePolicy?, findings: [Finding]) {
    let text = #"{"format": "evac.policy/1", "name": "\#(platform) defaults"}"#
    let reading = PolicyReader.read(
      Array(text.utf8), path: "defaults", platform: platform, release: release)
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
