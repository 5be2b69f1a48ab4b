public import EvacuationModel
import Quantities

/// An inventory in the native format, for people to read and edit.
///
/// Quantities are exact in their unit, strings are quoted wherever a reader could take them for something
/// else, and what has no value in the model is not written.
public enum InventoryText {
  /// The YAML text of `inventory`; each line of `remarks` becomes a comment at the top.
  public static func yaml(_ inventory: Inventory, remarks: [String] = []) -> String {
    let comments = remarks.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    var lines = comments.map { YAMLScalar.comment(String($0)) }
    lines += ["format: evac.inventory/1", "name: \(YAMLScalar.text(inventory.name))"]
    lines.append("platform: \(inventory.platform.rawValue)")
    if let release = inventory.release {
      lines.append("platform_version: \(YAMLScalar.text(release.name))")
    }
    if let time = inventory.capturedAt?.iso8601 { lines.append("captured_at: \(time)") }
    lines += section("links", inventory.links.map { [flow(link($0))] })
    lines += section("storage", inventory.datastores.map { [flow(datastore($0))] })
    lines += section("hosts", inventory.hosts.map { HostText.lines($0) }, always: true)
    lines += section("vms", inventory.virtualMachines.map { VirtualMachineText.lines($0) }, always: true)
    lines += section("groups", inventory.groups.map { [flow(group($0))] })
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ key: String, _ entries: [[String]], always: Bool = false) -> [String] {
    guard !entries.isEmpty else { return always ? ["\(key): []"] : [] }
    return ["\(key):"] + entries.flatMap { item($0) }.map { "  " + $0 }
  }

  /// The lines of one entry of a block list.
  static func item(_ lines: [String]) -> [String] {
    lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
  }

  /// `{ name: vda, size: 40 GiB }`; the values are YAML already.
  static func flow(_ pairs: [(key: String, value: String)]) -> String {
    "{ \(pairs.map { "\($0.key): \($0.value)" }.joined(separator: ", ")) }"
  }

  /// `[a, b]` of plain strings.
  static func list(_ strings: [String]) -> String {
    "[\(strings.map { YAMLScalar.text($0) }.joined(separator: ", "))]"
  }

  /// `{ tier: gold }`.
  static func labels(_ labels: Labels) -> String {
    flow(labels.pairs.map { (YAMLScalar.key($0.key), YAMLScalar.text($0.value)) })
  }

  private static func link(_ link: MigrationLink) -> [(key: String, value: String)] {
    [
      ("name", YAMLScalar.text(link.id.name)), ("bandwidth", ExactQuantity.networkText(link.bandwidth)),
    ]
  }

  private static func datastore(_ store: Datastore) -> [(key: String, value: String)] {
    var pairs = [(key: "name", value: YAMLScalar.text(store.id.name)), ("kind", store.kind.rawValue)]
    if let read = store.read { pairs.append(("read", ExactQuantity.text(read))) }
    if let write = store.write { pairs.append(("write", ExactQuantity.text(write))) }
    return pairs
  }

  private static func group(_ group: PlacementGroup) -> [(key: String, value: String)] {
    let prefix = group.strictness == .soft ? "soft-" : ""
    return [
      ("name", YAMLScalar.text(group.id.name)), ("policy", prefix + group.relation.rawValue),
      ("scope", group.scope.rawValue), ("members", list(group.members.map(\.name))),
    ]
  }
}
