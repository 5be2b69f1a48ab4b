public import EvacuationModel
import Quantities

/// Reads an inventory and a policy again with changes made: their files' structure is edited, and the readers of the
/// files read it. What is wrong with a changed value is found by the same code, and said at the change's place.
public struct ScenarioReader: Sendable {
  /// The most times as fast that guests may be asked to write.
  public static let mostTimes = 1_000_000.0

  private let inventory: SourceDocument
  private let inventoryPath: String
  private let policy: SourceDocument
  private let policyPath: String
  private let calibration: Calibration?
  private let calibrations: [String: Calibration]

  /// Files whose reading has already succeeded; `nil` for what is none. `calibrations` are those that changes may name
  /// instead of the policy's own.
  public init?(
    inventory: [UInt8], inventoryPath: String, policy: [UInt8], policyPath: String, calibration: Calibration?,
    calibrations: [String: Calibration] = [:]
  ) {
    guard let inventory = try? SourceText.document(inventory), let policy = try? SourceText.document(policy)
    else { return nil }
    self.inventory = inventory
    self.inventoryPath = inventoryPath
    self.policy = policy
    self.policyPath = policyPath
    self.calibration = calibration
    self.calibrations = calibrations
  }

  /// The policy with those of `changes` that are about it.
  public func policy(
    with changes: [ScenarioChange], platform: Platform, release: PlatformRelease?
  ) -> Reading<EffectivePolicy> {
    var edits: [DocumentEdit] = []
    var findings: [Finding] = []
    for change in changes where !change.isAboutInventory {
      guard case .setting(let key, let value) = change.kind else { continue }
      if key == "format" {
        findings.append(
          change.finding(.badRequest, "`format` cannot be varied", help: "it says how the file is read"))
        continue
      }
      let keys = key.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
      let steps = ScenarioKey.steps(keys)
      if let (list, count) = ScenarioKey.tooShort(steps, in: policy) {
        findings.append(
          change.finding(
            .unknownReference, "`\(shown(list))` has \(counted(count, "element")), counted from 0",
            help: "--scenarios can write the whole list: `changes: { \(shown(list)): [ … ] }`"))
        continue
      }
      put(value, at: steps, change, &edits, &findings)
    }
    let edited = policy.edited(edits)
    let file = Self.calibrationFile(of: edited)
    let isOwn = file == Self.calibrationFile(of: policy)
    let calibration = isOwn ? calibration : calibrations[file]
    let reading = SourceReader.read(edited, path: policyPath) { root in
      PolicyReader.read(
        root, release: release,
        CalibratedNetwork(calibration: calibration, file: file, platform: platform, transport: nil))
    }
    return Reading(value: reading.value, findings: once(findings + reading.findings))
  }

  private static func calibrationFile(of policy: SourceDocument) -> String {
    let node = policy.value(of: "calibration", in: 0)
    return node.flatMap { policy.nodes[$0].kind == .string ? policy.string($0) : nil } ?? ""
  }

  /// The calibrations that `changes` name, in their order, each once, with the change that names it first.
  public static func calibrations(
    _ changes: [ScenarioChange]
  ) -> [(file: String, change: ScenarioChange)] {
    var seen: Set<String> = []
    return changes.compactMap { change in
      guard case .setting("calibration", let value) = change.kind,
        let document = try? FlowText.document(value), document.nodes.first?.kind == .string
      else { return nil }
      let file = document.string(0)
      return seen.insert(file).inserted ? (file, change) : nil
    }
  }

  /// The inventory with those of `changes` that are about it: hosts come and go first, then values change.
  public func inventory(with changes: [ScenarioChange]) -> Reading<Inventory> {
    var findings: [Finding] = []
    var hosts: [DocumentEdit] = []
    for change in changes { hostEdit(change, &hosts, &findings) }
    let document = inventory.edited(hosts)
    var edits: [DocumentEdit] = []
    for change in changes { settingEdit(change, in: document, &edits, &findings) }
    var reading = SourceReader.read(document.edited(edits), path: inventoryPath, body: InventoryReader.read)
    if let inventory = reading.value {
      let scaled = Self.scaled(inventory, changes)
      reading = Reading(value: scaled, findings: reading.findings)
    }
    return Reading(value: reading.value, findings: once(findings + reading.findings))
  }

  private func hostEdit(
    _ change: ScenarioChange, _ edits: inout [DocumentEdit], _ findings: inout [Finding]
  ) {
    switch change.kind {
    case .addedHost(let host, let like):
      guard known(like, change, &findings), let name = try? FlowText.document(YAMLScalar.text(host.name)),
        let state = try? FlowText.document("up")
      else { return }
      edits.append(
        DocumentEdit(
          steps: [.key("hosts")],
          action: .appendCopy(of: like.name, with: [("name", name), ("state", state)]), origin: change.origin)
      )
    case .missingHost(let host):
      guard known(host, change, &findings) else { return }
      let guests = names(of: "vms", key: "host", in: inventory).count { $0 == host.name }
      guard guests == 0 else {
        findings.append(
          change.finding(
            .badRequest, "\(shown(host.name)) runs \(counted(guests, "guest")), who would be nowhere",
            help: "--vary 'hosts.\(shown(host.name)).state=disabled' asks what if it took no arrivals"))
        return
      }
      edits.append(
        DocumentEdit(
          steps: [.key("hosts"), .elements(Glob(host.name))], action: .remove, origin: change.origin))
    case .setting, .dirtyRate: return
    }
  }

  private func known(_ host: Host.ID, _ change: ScenarioChange, _ findings: inout [Finding]) -> Bool {
    let names = names(of: "hosts", key: "name", in: inventory)
    guard !names.contains(host.name) else { return true }
    findings.append(
      change.finding(
        .unknownReference, "there is no host named \(quoted(host.name))",
        help: Suggestion.nearest(to: host.name, among: names).map { "did you mean `\($0)`?" }
          ?? "the inventory has \(listed(names))"))
    return false
  }

  private func settingEdit(
    _ change: ScenarioChange, in document: SourceDocument, _ edits: inout [DocumentEdit],
    _ findings: inout [Finding]
  ) {
    guard case .setting(let key, let value) = change.kind,
      case .inventory(let list, let rest) = ScenarioKey(key)
    else { return }
    let names = names(of: list, key: "name", in: document)
    guard let (glob, keys) = ScenarioKey.split(rest, names: names) else {
      let head = rest.split(separator: ".").first.map(String.init) ?? rest
      findings.append(
        change.finding(
          .unknownReference, "nothing in `\(list)` is meant by \(quoted(rest))",
          help: Suggestion.nearest(to: head, among: names).map { "did you mean `\($0)`?" }
            ?? "write \(list).NAME.KEY; NAME may have `*` and `?`"))
      return
    }
    put(
      value, at: [.key(list), .elements(glob)] + keys.map { .key($0) }, change, &edits, &findings)
  }

  /// An edit that puts `value` there, or what is wrong with its text.
  private func put(
    _ value: String, at steps: [DocumentEdit.Step], _ change: ScenarioChange, _ edits: inout [DocumentEdit],
    _ findings: inout [Finding]
  ) {
    guard steps.count <= SourceText.deepest else {
      findings.append(
        change.finding(
          .badRequest, "a key of \(steps.count) parts", help: "no format that is read here nests so deeply"))
      return
    }
    do throws(SyntaxError) {
      edits.append(
        DocumentEdit(steps: steps[...], action: .put(try FlowText.document(value)), origin: change.origin))
    } catch {
      findings.append(change.finding(error.code, "\(quoted(value)): \(error.message)", help: error.help))
    }
  }

  /// What `key` says in each element of `list`.
  private func names(of list: String, key: String, in document: SourceDocument) -> [String] {
    guard let node = document.value(of: list, in: 0), document.nodes[node].kind == .sequence else {
      return []
    }
    return document.elements(node).compactMap { element in
      guard document.nodes[element].kind == .mapping else { return nil }
      return document.value(of: key, in: element).map(document.string)
    }
  }

  private static func scaled(_ inventory: Inventory, _ changes: [ScenarioChange]) -> Inventory {
    var inventory = inventory
    for change in changes {
      guard case .dirtyRate(let times) = change.kind else { continue }
      for vm in inventory.virtualMachines.indices {
        inventory.virtualMachines[vm].memoryActivity.pace *= times
      }
    }
    return inventory
  }

  /// A pattern can bring the same finding many times.
  private func once(_ findings: [Finding]) -> [Finding] {
    var seen: Set<Finding> = []
    return findings.filter { seen.insert($0).inserted }
  }
}
