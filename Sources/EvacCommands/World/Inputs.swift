import EvacuationModel
import InventoryImport

/// An inventory and a policy as a command needs them, with everything that was found wrong in one go.
struct Inputs {
  let inventory: Inventory
  let policy: EffectivePolicy
  let inventoryDigest: InputDigest
  let policyDigest: InputDigest
  /// Warnings and notes.
  let findings: [Finding]

  /// Reads both files. Without a policy the platform's own defaults count.
  init(inventory path: String, policy policyPath: String?) throws(Refusal) {
    var findings: [Finding] = []
    let file = try InputFile(path)
    let reading = InventoryReader.read(file.bytes, path: file.path)
    findings += reading.findings
    let platform = reading.value?.platform ?? .generic
    let policyFile = try Self.file(policyPath, &findings)
    // Without a file, an empty policy: every setting is the platform's default.
    let bytes =
      policyFile?.bytes ?? Array(#"{"format": "evac.policy/1", "name": "\#(platform) defaults"}"#.utf8)
    let read = PolicyReader.read(
      bytes, path: policyFile?.path ?? "defaults", platform: platform, release: reading.value?.release)
    findings += read.findings
    let policy = read.value
    if let inventory = reading.value, let policy, let policyFile {
      findings += PolicyCheck.findings(for: policy.policy, inventory: inventory, path: policyFile.path)
    }
    guard let inventory = reading.value, let policy, !findings.contains(where: { $0.severity == .error })
    else {
      throw Refusal(findings: findings)
    }
    self.inventory = inventory
    self.policy = policy
    inventoryDigest = InputDigest(name: inventory.name, sha256: file.sha256)
    policyDigest = InputDigest(name: policy.policy.name, sha256: policyFile?.sha256 ?? "")
    self.findings = findings
  }

  /// A policy that cannot be read must not hide what is wrong with the inventory.
  private static func file(_ path: String?, _ findings: inout [Finding]) throws(Refusal) -> InputFile? {
    guard let path else { return nil }
    do throws(Refusal) {
      return try InputFile(path)
    } catch {
      throw Refusal(findings: findings + error.findings)
    }
  }
}
