/// Proxmox's own text formats, turned into what the API would have said.
enum ProxmoxText {
  /// The objects of a configuration file or of what `qm config` prints; none if the text is neither.
  static func objects(_ text: String) -> [JSONValue] {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let sections = sections(lines)
    if !sections.isEmpty { return sections }
    let pairs = pairs(lines)
    return pairs.isEmpty ? [] : [.object(pairs)]
  }

  /// `key: value` lines; what follows the first `[snapshot]` is about the past, or pending.
  private static func pairs(_ lines: [String]) -> [String: JSONValue] {
    var pairs: [String: JSONValue] = [:]
    for line in lines {
      if line.hasPrefix("[") { break }
      guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { continue }
      let key = String(line[..<colon])
      guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || "_-".contains($0) }) else {
        continue
      }
      pairs[key] = .string(line[line.index(after: colon)...].trimming { $0.isWhitespace })
    }
    return pairs
  }

  /// The names under which the API gives a section's id, by the section's type.
  private static let ids: [String: String] = [
    "resource-affinity": "rule", "node-affinity": "rule", "group": "group", "vm": "sid", "ct": "sid",
    "dir": "storage",
    "lvm": "storage", "lvmthin": "storage", "zfspool": "storage", "rbd": "storage", "nfs": "storage",
    "cifs": "storage", "cephfs": "storage", "iscsi": "storage", "iscsidirect": "storage", "zfs": "storage",
    "glusterfs": "storage", "btrfs": "storage", "pbs": "storage", "esxi": "storage", "drbd": "storage",
  ]

  /// `type: id` lines with indented `key value` lines below: storage.cfg, ha/rules.cfg, ha/groups.cfg,
  /// ha/resources.cfg.
  private static func sections(_ lines: [String]) -> [JSONValue] {
    guard lines.contains(where: { $0.hasPrefix("\t") || $0.hasPrefix("  ") }) else { return [] }
    var sections: [[String: JSONValue]] = []
    for line in lines where !line.hasPrefix("#") {
      if let first = line.first, first.isWhitespace {
        let words = line.trimming { $0.isWhitespace }.split(separator: " ", maxSplits: 1).map(String.init)
        guard let key = words.first, !sections.isEmpty else { continue }
        sections[sections.count - 1][key] = .string(words.count > 1 ? words[1].trimming { $0 == " " } : "1")
      } else if let colon = line.firstIndex(of: ":"), let id = ids[String(line[..<colon])] {
        let type = String(line[..<colon])
        let name = line[line.index(after: colon)...].trimming { $0.isWhitespace }
        sections.append(["type": .string(type), id: .string(id == "sid" ? "\(type):\(name)" : name)])
      }
    }
    return sections.map { .object($0) }
  }

  /// `STORAGE:VOL,opt=…,size=100G` as pairs; what has no key is `""`.
  static func options(_ text: String) -> [String: String] {
    var options: [String: String] = [:]
    for part in text.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let key = sides.count == 2 ? sides[0] : ""
      if options[key] == nil { options[key] = sides.last }
    }
    return options
  }
}
