import EvacuationModel
import Quantities

/// Sorts files by host and by kind. A host has a folder; what a file is, its content says.
struct LibvirtFiles {
  private(set) var captures: [LibvirtCapture] = []
  private(set) var findings: [Finding] = []

  init(_ files: [(path: String, bytes: [UInt8])]) {
    var byFolder: [String: LibvirtCapture] = [:]
    for file in files.sorted(by: { $0.path < $1.path }) {
      let folder = Self.folder(of: file.path)
      var capture = byFolder[folder] ?? LibvirtCapture(folder: folder)
      read(file, into: &capture)
      byFolder[folder] = capture
    }
    let folders = byFolder.keys.sorted()
    // A folder that tells nothing of a host belongs to the nearest one above that does.
    for folder in folders.reversed() {
      guard let capture = byFolder[folder], !capture.describesHost,
        let above = folders.last(where: {
          folder.hasPrefix("\($0)/") && byFolder[$0]?.describesHost == true
        })
      else { continue }
      byFolder[above]?.merge(capture)
      byFolder[folder] = nil
    }
    captures = folders.compactMap { byFolder[$0] }.filter { !$0.isEmpty }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private mutating func read(
    _ file: (path: String, bytes: [UInt8]), into capture: inout LibvirtCapture
  ) {
    // A host without guests answers with nothing.
    guard let first = file.bytes.first(where: { !SourceText.isSpace($0) }) else { return }
    if first == UInt8(ascii: "<") { return readXML(file, into: &capture) }
    let text = String(decoding: file.bytes, as: UTF8.self)
    guard !text.utf8.contains(0) else { return note(file.path, "is no text") }
    if !Self.readText(text, file.path, into: &capture) {
      note(file.path, "is not recognised as a listing of libvirt")
    }
  }

  private mutating func readXML(
    _ file: (path: String, bytes: [UInt8]), into capture: inout LibvirtCapture
  ) {
    let elements: [XMLElement]
    do throws(SyntaxError) {
      elements = try XMLReader.elements(file.bytes)
    } catch {
      var finding = error.finding(path: file.path, bytes: file.bytes)
      finding.severity = .warning
      finding.message = "XML that cannot be read; nothing of the file was used: \(error.message)"
      return findings.append(finding)
    }
    for element in elements {
      switch element.name {
      case "domain": capture.domains.append((file.path, element))
      // `domstatus` files of /run and `domainsnapshot` hold a domain inside.
      case "domstatus":
        for domain in element.all("domain") { capture.domains.append((file.path, domain)) }
      case "capabilities": capture.capabilities = capture.capabilities ?? element
      case "domainCapabilities": capture.domainCapabilities.append(element)
      case "pool": capture.pools.append(element)
      case "network", "volume", "cpu", "sysinfo", "domainsnapshot", "secret", "filter", "device", "interface":
        break
      default: note(file.path, "holds <\(shown(element.name))>, which is nothing that libvirt writes")
      }
    }
  }

  /// Whether `text` is one of the listings that `virsh` and its neighbours print.
  private static func readText(_ text: String, _ path: String, into capture: inout LibvirtCapture) -> Bool {
    let lines = text.split(whereSeparator: \.isNewline)
    let pairs = LibvirtText.pairs(text)
    if lines.allSatisfy({ $0.hasPrefix("# collected_at ") }) {
      return true
    } else if lines.contains(where: { $0.hasPrefix("Domain: ") }) {
      capture.statistics += LibvirtStatistics.blocks(text)
    } else if pairs["Capacity"] != nil || isTable(lines, "Target", "Capacity", "Allocation") {
      capture.blockInfo.append((path, text))
    } else if isTable(lines, "Name", "State", "Capacity", "Available") {
      for row in LibvirtText.table(text) {
        if let name = row["Name"] { capture.poolSpace[name] = LibvirtText.amount(row["Available"]) }
      }
    } else if pairs["Memory size"] != nil || pairs["Running hypervisor"] != nil
      || (pairs["total"] != nil && pairs["free"] != nil)
    {
      capture.facts.merge(pairs) { own, _ in own }
    } else if let speed = pairs["Speed"], let rate = linkSpeed(speed) {
      capture.linkSpeeds.append(rate)
    } else if let mounts = mounts(lines) {
      capture.mounts += mounts
    } else if let ids = ids(lines) {
      capture.ids.merge(ids) { own, _ in own }
    } else if lines.count == 1, path.split(separator: "/").last?.hasPrefix("hostname") == true {
      capture.hostname = lines[0].trimming { $0.isWhitespace }
    } else {
      return isKnown(lines, pairs)
    }
    return true
  }

  private static func isTable(_ lines: [Substring], _ columns: String...) -> Bool {
    guard let header = lines.first else { return false }
    return columns.allSatisfy { header.contains($0) }
  }

  /// What is known and not needed.
  private static func isKnown(_ lines: [Substring], _ pairs: [String: String]) -> Bool {
    ["Job type", "Speed", "OS Type", "Compiled against library"].contains { pairs[$0] != nil }
      || isTable(lines, "Type", "Device", "Target", "Source") || isTable(lines, "Id", "Name", "State")
      || lines.allSatisfy { Double($0.trimming { $0.isWhitespace }) != nil }
  }

  /// ethtool's `Speed: 25000Mb/s`; `Unknown!` where there is no link.
  private static func linkSpeed(_ text: String) -> DataRate? {
    guard text.hasSuffix("Mb/s"), let megabits = Double(text.dropLast(4)), (1...1e7).contains(megabits)
    else { return nil }
    return .gigabitsPerSecond(megabits / 1000)
  }

  /// Lines of `/proc/mounts`, if they are: a root is always among them.
  private static func mounts(_ lines: [Substring]) -> [LibvirtCapture.Mount]? {
    let mounts = lines.compactMap { line -> LibvirtCapture.Mount? in
      let fields = line.split(separator: " ")
      guard fields.count == 6, fields[1].hasPrefix("/") else { return nil }
      return .init(device: String(fields[0]), target: unescaped(fields[1]), type: String(fields[2]))
    }
    return mounts.contains { $0.target == "/" } ? mounts : nil
  }

  /// The kernel writes a space as `\040`.
  private static func unescaped(_ field: Substring) -> String {
    String(field).replacing("\\040", with: " ").replacing("\\011", with: "\t").replacing("\\134", with: "\\")
  }

  /// Lines of an id and a name, if all are.
  private static func ids(_ lines: [Substring]) -> [String: String]? {
    var ids: [String: String] = [:]
    for line in lines {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2, isID(parts[0]) else { return nil }
      ids[parts[1].trimming { $0.isWhitespace }] = parts[0]
    }
    return ids.isEmpty ? nil : ids
  }

  private static func isID(_ text: String) -> Bool {
    text.utf8.count == 36 && text.allSatisfy { $0.isHexDigit || $0 == "-" }
  }

  private mutating func note(_ path: String, _ message: String) {
    findings.append(
      Finding(
        .unknownContent, severity: .note, path: path, message: message,
        help: "leave it out; docs/collect-libvirt.sh collects what is read"))
  }
}
