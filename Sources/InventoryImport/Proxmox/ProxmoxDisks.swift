import EvacuationModel
import Quantities

/// The disks and devices of one guest's configuration.
struct ProxmoxDisks {
  private(set) var disks: [VirtualDisk] = []
  private(set) var devices: [AttachedDevice] = []
  private(set) var unlisted: [String] = []
  private(set) var unsized: [String] = []

  init(_ configuration: JSONValue, storage: inout ProxmoxStorage) {
    guard case .object(let members) = configuration else { return }
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let text = value.text else { continue }
      let bus = key.prefix { $0.isLetter }
      guard key == "args" || key == "rootfs" || key.dropFirst(bus.count).allSatisfy(\.isNumber), !bus.isEmpty
      else {
        continue
      }
      switch bus {
      case "ide", "sata", "scsi", "virtio", "efidisk", "tpmstate", "unused", "rootfs", "mp":
        add(key, ProxmoxText.options(text), storage: &storage)
      case "hostpci", "usb", "serial", "parallel", "ivshmem", "virtiofs", "args", "dev":
        if let device = Self.device(String(bus), key, text) { devices.append(device) }
      default: break
      }
    }
  }

  mutating func add(_ key: String, _ options: [String: String], storage: inout ProxmoxStorage) {
    guard let volume = options[""] ?? options["file"] ?? options["volume"], volume != "none" else { return }
    guard let colon = volume.firstIndex(of: ":"), colon > volume.startIndex, !volume.hasPrefix("/") else {
      let kind = options["media"] == "cdrom" ? "local-cdrom" : "disk-passthrough"
      return devices.append(AttachedDevice(kind: kind, name: "\(key) \(volume)"))
    }
    let name = String(volume[..<colon])
    let isMedium = options["media"] == "cdrom" && !volume.contains("cloudinit")
    // What is in a drive matters only where it lies on the node: such a guest is refused.
    if isMedium, storage.kinds[name] == .shared { return }
    let (kind, isListed) = storage.use(name)
    if isMedium { return devices.append(AttachedDevice(kind: "local-cdrom", name: volume)) }
    if !isListed { unlisted.append(key) }
    let size = Self.size(options["size"])
    if size == nil, !volume.contains("cloudinit"), kind == .local { unsized.append(key) }
    disks.append(
      VirtualDisk(
        name: key, datastore: Datastore.ID(name),
        size: size ?? (volume.contains("cloudinit") ? .mebibytes(4) : ImportDefaults.diskSize)))
  }

  /// `100G`, `528K`; a bare number is in bytes.
  static func size(_ text: String?) -> ByteCount? {
    guard let text, let last = text.last else { return nil }
    let digits = last.isNumber ? text : String(text.dropLast())
    return Double(digits).flatMap { LibvirtText.amount($0, unit: last.isNumber ? "b" : String(last)) }
  }

  /// What Proxmox calls a local resource (PVE/QemuServer.pm, `check_local_resources`), and arguments that it passes to
  /// QEMU unseen. A USB device of SPICE and a serial socket are not bound to the node.
  private static func device(_ bus: String, _ key: String, _ text: String) -> AttachedDevice? {
    switch bus {
    case "hostpci":
      let isVirtual = text.contains("mdev=")
      return AttachedDevice(kind: isVirtual ? "vgpu" : "pci-passthrough", name: "\(key) \(text)")
    case "usb": return text.hasPrefix("spice") ? nil : AttachedDevice(kind: "usb", name: "\(key) \(text)")
    case "serial": return text == "socket" ? nil : AttachedDevice(kind: "serial", name: "\(key) \(text)")
    case "args": return AttachedDevice(kind: "args", name: text)
    case "dev": return AttachedDevice(kind: "device", name: "\(key) \(text)")
    default: return AttachedDevice(kind: bus, name: "\(key) \(text)")
    }
  }
}
