import EvacuationModel

/// What a flavor's extra specs ask of a host.
struct ExtraSpecs {
  private(set) var devices: [AttachedDevice] = []
  private(set) var labels: [(String, String)] = []
  /// CPU features by libvirt's names.
  private(set) var cpuFeatures: [String] = []

  init(_ specs: [String: String]) {
    for (key, value) in specs.sorted(by: { $0.key < $1.key }) {
      switch key {
      case "pci_passthrough:alias": devices += Self.passthrough(value)
      case "resources:VGPU": devices.append(AttachedDevice(kind: "vgpu", name: "\(value) VGPU"))
      case "hw:cpu_policy", "hw:mem_page_size": labels.append((key, value))
      case _ where key.hasPrefix("trait:") && value == "required":
        labels.append((key, value))
        if let feature = Self.feature(trait: key.dropFirst("trait:".count)) { cpuFeatures.append(feature) }
      default: break
      }
    }
  }

  /// `gpu:1,nic:2` asks for one device of the alias gpu and two of nic.
  private static func passthrough(_ aliases: String) -> [AttachedDevice] {
    aliases.split(separator: ",").compactMap { alias in
      let parts = alias.split(separator: ":", maxSplits: 1).map(String.init)
      guard let name = parts.first else { return nil }
      let count = parts.count > 1 && parts[1] != "1" ? " x \(parts[1])" : ""
      return AttachedDevice(kind: "pci-passthrough", name: name + count)
    }
  }

  /// Traits whose name differs from libvirt's (nova/virt/libvirt/utils.py, `CPU_TRAITS_MAPPING`).
  private static let renamed = [
    "AESNI": "aes", "BMI": "bmi1", "CLMUL": "pclmuldq", "FMA3": "fma", "SHA": "sha-ni", "SSE3": "pni",
    "SSE41": "sse4.1", "SSE42": "sse4.2",
  ]

  private static func feature(trait: Substring) -> String? {
    let prefix = "HW_CPU_X86_"
    guard trait.hasPrefix(prefix), trait.utf8.count > prefix.utf8.count else { return nil }
    let name = String(trait.dropFirst(prefix.count))
    return renamed[name] ?? name.lowercased()
  }
}
