import EvacuationModel

/// What ties a domain to its host: devices that libvirt refuses to migrate, or that only this host has.
enum LibvirtDevices {
  static func devices(of domain: XMLElement) -> [AttachedDevice] {
    let devices = domain.first("devices")
    return (devices?.children ?? []).compactMap(device) + processor(domain) + security(domain)
  }

  private static func device(_ element: XMLElement) -> AttachedDevice? {
    switch element.name {
    case "hostdev": hostDevice(element)
    // A virtual function is unplugged and plugged again where it has a failover partner (`<teaming>`).
    case "interface" where element["type"] == "hostdev" && element.first("teaming") == nil:
      AttachedDevice(kind: "sriov", name: name(element) ?? "interface")
    case "interface" where element["type"] == "vdpa":
      AttachedDevice(kind: "vdpa", name: element.first("source")?["dev"] ?? "interface")
    case "filesystem":
      AttachedDevice(kind: "filesystem", name: element.first("target")?["dir"] ?? "filesystem")
    case "tpm" where element.first("backend")?["type"] == "passthrough":
      AttachedDevice(kind: "tpm-passthrough", name: "tpm")
    case "shmem": AttachedDevice(kind: "shared-memory", name: element["name"] ?? "shmem")
    case "memory" where element["model"] == "nvdimm" || element["model"] == "virtio-pmem":
      AttachedDevice(kind: "persistent-memory", name: element.text("source", "path") ?? "nvdimm")
    case "disk": disk(element)
    default: nil
    }
  }

  private static func hostDevice(_ element: XMLElement) -> AttachedDevice {
    let kind =
      switch element["type"] ?? element["mode"] ?? "" {
      case "pci": "pci-passthrough"
      case "mdev": "vgpu"
      case "usb": "usb"
      case "scsi", "scsi_host": "scsi-passthrough"
      case let other: other.isEmpty ? "hostdev" : other
      }
    return AttachedDevice(kind: kind, name: name(element) ?? "hostdev")
  }

  /// A device's address on its host, its id, or its alias.
  private static func name(_ element: XMLElement) -> String? {
    guard let source = element.first("source") else { return element.first("alias")?["name"] }
    if let address = source.first("address") {
      if let uuid = address["uuid"] { return uuid }
      let parts = ["domain", "bus", "slot", "function", "device"].compactMap { address[$0] }
      let digits = parts.map { $0.hasPrefix("0x") ? String($0.dropFirst(2)) : $0 }
      if !digits.isEmpty { return digits.joined(separator: ":") }
    }
    let ids = ["vendor", "product"].compactMap { source.first($0)?["id"] }
    return ids.isEmpty ? element.first("alias")?["name"] : ids.joined(separator: ":")
  }

  /// A medium in a drive lies on the host; so does what a guest reads and writes by SCSI commands.
  private static func disk(_ element: XMLElement) -> AttachedDevice? {
    guard let source = element.first("source") else { return nil }
    let target = element.first("target")?["dev"] ?? "disk"
    switch element["device"] {
    case "lun": return AttachedDevice(kind: "scsi-lun", name: source["dev"] ?? target)
    case "cdrom", "floppy":
      guard element["type"] == "block", let path = source["dev"] else { return nil }
      return AttachedDevice(kind: "local-cdrom", name: path)
    default: break
    }
    guard element["type"] == "nvme" else { return nil }
    return AttachedDevice(kind: "pci-passthrough", name: "nvme \(target)")
  }

  /// QEMU refuses to migrate a processor that is passed through with all that this host's has.
  private static func processor(_ domain: XMLElement) -> [AttachedDevice] {
    guard domain.first("cpu")?["migratable"] == "off" else { return [] }
    return [
      AttachedDevice(
        kind: "cpu", name: "\(domain.first("cpu")?["mode"] ?? "host-passthrough") migratable=off")
    ]
  }

  private static func security(_ domain: XMLElement) -> [AttachedDevice] {
    guard let kind = domain.first("launchSecurity")?["type"] else { return [] }
    return [AttachedDevice(kind: "launch-security", name: kind)]
  }
}
