import EvacuationModel

/// How a command names a guest: by the platform's id wherever there is one, as names may be ambiguous.
enum MachineAddress: Hashable {
  /// The platform's own id.
  case id(String)
  /// Its name, for want of an id.
  case name(String)
  /// Neither will do; says why.
  case none(String)

  /// By UUID, else by name. A name of digits alone is refused: `virsh` reads it as the number of a running
  /// domain, and not necessarily of this one.
  static func uuid(of step: PlannedMigration) -> Self {
    if let id = step.guest.platformID, isUUID(id) { return .id(id) }
    let name = step.vm.name
    if name.isEmpty || name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) || isUUID(name) {
      return .none("a name like this one reads as an id")
    }
    return VisibleText.hasHidden(name) ? .none("the name holds characters that cannot be seen") : .name(name)
  }

  /// By VMID only: `qm` takes nothing else.
  static func vmid(of step: PlannedMigration) -> Self {
    if let id = step.guest.platformID, isVMID(id) { return .id(id) }
    return .none("qm takes a VMID only")
  }

  /// The word for a command.
  var word: String? {
    switch self {
    case .id(let word), .name(let word): word
    case .none: nil
    }
  }

  /// Why neither id nor name will do; empty if one does.
  var reason: String {
    if case .none(let reason) = self { reason } else { "" }
  }

  /// 8-4-4-4-12 hexadecimal digits.
  static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.utf8.allSatisfy { isHexDigit($0) } }
  }

  /// 100 to 999 999 999, as Proxmox VE numbers guests.
  static func isVMID(_ text: String) -> Bool {
    (3...9).contains(text.utf8.count) && text.utf8.first != 0x30
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The managed object reference in `id` without its type: `vm-1001` of `VirtualMachine-vm-1001`.
  static func vsphereReference(_ id: String?) -> String? {
    guard let id else { return nil }
    let reference = ["VirtualMachine-", "VirtualMachine:"].first(where: id.hasPrefix).map {
      id.dropFirst($0.count)
    }
    let text = reference ?? Substring(id)
    let digits = text.dropFirst(3)
    let isNumber =
      (1...12).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return text.hasPrefix("vm-") && isNumber ? String(text) : nil
  }

  /// A host name in lower case (RFC 1123).
  static func isDNSName(_ text: String) -> Bool { isLabel(Substring(text), dots: true) }

  /// `NAMESPACE/NAME` of DNS labels, as Kubernetes permits nothing else (RFC 1123).
  static func isNamespacedName(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { isLabel($0, dots: $0 == parts[1]) }
  }

  private static func isLabel(_ text: Substring, dots: Bool) -> Bool {
    let isInner = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || (dots && byte == 0x2E)
    }
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 253 else { return false }
    return first != 0x2D && first != 0x2E && last != 0x2D && last != 0x2E && text.utf8.allSatisfy(isInner)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}

extension Host.ID {
  /// Whether the name can stand inside a URI or an API path without changing its meaning: letters,
  /// digits, `.`, `_` and `-`, a letter or digit first. A libvirt URI with `?command=` would run a program.
  var isPlainHostName: Bool {
    guard let first = name.utf8.first, Self.isLetterOrDigit(first) else { return false }
    return name.utf8.allSatisfy { Self.isLetterOrDigit($0) || "._-".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
