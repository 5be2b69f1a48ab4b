import EvacuationModel
import Quantities

/// What the other tabs say of a VM. They have its ids only in newer releases, so name and host stand in.
struct RVToolsDetails {
  private let tabs: [RVToolsFiles.Tab: [String: [ListingTable.Row]]]

  init(_ files: RVToolsFiles) {
    var tabs: [RVToolsFiles.Tab: [String: [ListingTable.Row]]] = [:]
    for tab in [RVToolsFiles.Tab.disk, .memory, .processors, .network, .usb, .drive, .partition] {
      for (_, row) in files[tab] {
        for key in Self.keys(row) { tabs[tab, default: [:]][key, default: []].append(row) }
      }
    }
    self.tabs = tabs
  }

  /// The ids that a row has, the surest first.
  private static func keys(_ row: ListingTable.Row) -> [String] {
    let ids = [row.text("VM UUID"), row.text("VM ID")].compactMap(\.self)
    let name = row.text("VM").map { "\($0)\u{0}\(row.text("Host") ?? "")" }
    return ids + [name].compactMap(\.self)
  }

  private func rows(_ tab: RVToolsFiles.Tab, of row: ListingTable.Row) -> [ListingTable.Row] {
    Self.keys(row).lazy.compactMap { tabs[tab]?[$0] }.first ?? []
  }

  func disks(of row: ListingTable.Row) -> [ListingTable.Row] { rows(.disk, of: row) }

  /// What file systems have filled, of all disks: VMware Tools tell it.
  func filled(of row: ListingTable.Row) -> ByteCount? {
    Self.filled(rows(.partition, of: row))
  }

  /// The same of one disk, told apart by its key, which 4.x writes; without keys for an only disk.
  func filled(_ disk: ListingTable.Row, of row: ListingTable.Row, isOnly: Bool) -> ByteCount? {
    let partitions = rows(.partition, of: row)
    guard let key = disk.text("Disk Key"), partitions.contains(where: { $0.text("Disk Key") != nil }) else {
      return isOnly ? Self.filled(partitions) : nil
    }
    return Self.filled(partitions.filter { $0.text("Disk Key") == key })
  }

  private static func filled(_ partitions: [ListingTable.Row]) -> ByteCount? {
    let amounts = partitions.compactMap { RVToolsUnits.mebibytes($0.number("Consumed MiB", "Consumed MB")) }
    return amounts.isEmpty ? nil : amounts.sum()
  }

  func memory(of row: ListingTable.Row) -> ByteCount? {
    RVToolsUnits.mebibytes(rows(.memory, of: row).first?.number("Size MiB", "Size MB"))
  }

  /// Machine memory behind the guest: what it has touched.
  func consumed(of row: ListingTable.Row) -> ByteCount? {
    RVToolsUnits.mebibytes(rows(.memory, of: row).first?.number("Consumed")).flatMap { $0 > .zero ? $0 : nil }
  }

  func active(of row: ListingTable.Row) -> ByteCount? {
    RVToolsUnits.mebibytes(rows(.memory, of: row).first?.number("Active"))
  }

  func processors(of row: ListingTable.Row) -> Double? { rows(.processors, of: row).first?.number("CPUs") }

  /// What vMotion refuses: passed-through adapters, host USB devices and drives, a disk shared by its bus, and fault
  /// tolerance.
  func devices(of row: ListingTable.Row) -> [AttachedDevice] {
    var devices: [AttachedDevice] = []
    for adapter in rows(.network, of: row)
    where adapter.text("Adapter", "Type")?.lowercased().contains("sriov") == true {
      devices.append(AttachedDevice(kind: "sriov", name: adapter.text("NIC label", "Network") ?? "adapter"))
    }
    for device in rows(.usb, of: row) where device.flag("Connected") != false {
      devices.append(AttachedDevice(kind: "usb", name: device.text("Device Node", "Device Type") ?? "usb"))
    }
    for drive in rows(.drive, of: row) where drive.flag("Connected") == true {
      let type = drive.text("Device Type") ?? ""
      // An image on a datastore moves along where the destination sees the datastore.
      guard !type.hasPrefix("ISO"), !type.hasPrefix("[") else { continue }
      devices.append(AttachedDevice(kind: "local-cdrom", name: type.isEmpty ? "drive" : type))
    }
    for disk in disks(of: row) where disk.text("Shared Bus")?.lowercased() == "physicalsharing" {
      devices.append(AttachedDevice(kind: "shared-bus", name: disk.text("Disk", "Label") ?? "disk"))
    }
    let tolerance = row.text("FT State")?.lowercased() ?? "notconfigured"
    if !["notconfigured", "disabled", ""].contains(tolerance) {
      devices.append(AttachedDevice(kind: "fault-tolerance", name: tolerance))
    }
    return devices
  }
}
