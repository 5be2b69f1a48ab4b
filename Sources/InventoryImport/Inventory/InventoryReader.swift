public import EvacuationModel

/// Reads inventories in evac's own format, YAML or JSON.
public enum InventoryReader {
  /// The most bytes that a file may have to be read; the caller knows a file's size before it reads it.
  public static let largestFile = 1 << 28

  /// Reads an inventory (`evac.inventory/1`). `path` is what findings call the file.
  ///
  /// Names and references are always checked. What compares numbers with each other waits until the
  /// numbers themselves can be read.
  public static func read(_ bytes: [UInt8], path: String) -> Reading<Inventory> {
    SourceReader.read(bytes, path: path, body: read)
  }

  /// The inventory whose file has `root`.
  static func read(_ root: SourceValue) -> Inventory? {
    guard FileFormat.inventory.isFormat(of: root) else { return nil }
    guard let (inventory, places) = root.mapping(inventory) else { return nil }
    let checks = InventoryChecks(inventory: inventory)
    let isSound = !root.reader.hasErrors
    for remark in checks.namesAndReferences() + (isSound ? checks.numbersAndPlacement() : []) {
      root.reader.report(
        remark.code, at: places.node(of: remark.subject, in: root.reader.document),
        severity: remark.severity, remark.message, help: remark.help)
    }
    return inventory
  }

  private static func inventory(_ fields: Fields) -> (Inventory, InventoryPlaces) {
    _ = fields["format"]
    var inventory = Inventory(name: fields.required("name", example: "two-racks")?.name() ?? "")
    inventory.platform = fields["platform"]?.choice() ?? .generic
    inventory.release = fields["platform_version"]?.release(of: inventory.platform)
    inventory.capturedAt = fields["captured_at"]?.instant()
    var places = InventoryPlaces()
    places.lists[.links] = elements(fields["links"]) {
      link($0)
    } into: {
      inventory.links.append($0)
    }
    places.lists[.storage] = elements(fields["storage"]) {
      pool($0)
    } into: {
      inventory.datastores.append($0)
    }
    places.lists[.hosts] = elements(fields.required("hosts", example: "[…]")) {
      host($0)
    } into: {
      inventory.hosts.append($0)
    }
    places.lists[.vms] = elements(fields["vms"]) {
      virtualMachine($0)
    } into: {
      inventory.virtualMachines.append($0)
    }
    places.lists[.groups] = elements(fields["groups"]) {
      group($0)
    } into: {
      inventory.groups.append($0)
    }
    return (inventory, places)
  }

  /// Reads each element of `list`, hands over what could be read, and tells where it stood.
  private static func elements<Element>(
    _ list: SourceValue?, read: (Fields) -> Element, into take: (Element) -> Void
  ) -> [Int] {
    var nodes: [Int] = []
    for value in list?.list() ?? [] {
      guard let element = value.mapping(read) else { continue }
      take(element)
      nodes.append(value.node)
    }
    return nodes
  }
}

extension Fields {
  /// Labels, values as they are written.
  func labels() -> Labels {
    guard let value = self["labels"] else { return Labels() }
    guard value.kind == .mapping else {
      value.reportKind(wanted: "a mapping", help: "write `labels: { owner: payments }`")
      return Labels()
    }
    return Labels(
      reader.document.keys(value.node).compactMap { key in
        let text = SourceValue(reader: reader, node: key + 1).string()
        return text.map { (reader.document.string(key), $0) }
      })
  }
}
