import EvacuationModel

/// The tabs of an RVTools export, known by their columns.
struct RVToolsFiles {
  enum Tab: Hashable {
    case info, host, disk, memory, datastore, hostAdapter, processors, network, usb, drive, partition, cluster
    /// Known, and of no use for an inventory.
    case notNeeded
  }

  private(set) var tabs: [Tab: [(path: String, row: ListingTable.Row)]] = [:]
  private(set) var findings: [Finding] = []

  init(_ files: [(path: String, bytes: [UInt8])]) {
    for file in files.sorted(by: { $0.path < $1.path }) { read(file.path, file.bytes) }
  }

  /// The rows of a tab from all files, with the file each is from.
  subscript(tab: Tab) -> [(path: String, row: ListingTable.Row)] { tabs[tab] ?? [] }

  private mutating func read(_ path: String, _ bytes: [UInt8]) {
    if bytes.starts(with: "PK\u{3}\u{4}".utf8) {
      return findings.append(
        ListingFindings.unknown(
          path, "is a workbook", help: "export all tabs as CSV: RVTools.exe -c ExportAll2csv -d FOLDER"))
    }
    let table: ListingTable
    do throws(SyntaxError) {
      table = try ListingTable(bytes, path: path)
    } catch {
      var finding = error.finding(path: path, bytes: bytes)
      finding.severity = .warning
      return findings.append(finding)
    }
    guard let tab = Self.tab(table) else {
      return findings.append(
        ListingFindings.unknown(
          path, "is not recognised as a tab of RVTools", help: "leave it out, or export it again as CSV"))
    }
    tabs[tab, default: []] += table.rows.map { (path, $0) }
  }

  /// Columns of 3.x end in MB where those of 4.x end in MiB.
  private static func tab(_ table: ListingTable) -> Tab? {
    if table.has("VM", "Powerstate", "CPUs", "Memory") { return .info }
    if table.has("Host", "# Memory", "# Cores|# CPU") { return .host }
    if table.has("VM", "Disk", "Consumed MiB|Consumed MB", "Free MiB|Free MB") { return .partition }
    if table.has("VM", "Disk", "Capacity MiB|Capacity MB", "Path|Disk Path|Controller") { return .disk }
    if table.has("VM", "Size MiB|Size MB", "Consumed|Active|Overhead") { return .memory }
    if table.has("Name", "HA enabled", "Failover Level") { return .cluster }
    if table.has("Name", "Capacity MiB|Capacity MB", "Free MiB|Free MB", "Type") { return .datastore }
    if table.has("Host", "Network Device", "Speed") { return .hostAdapter }
    if table.has("VM", "CPUs", "Sockets") { return .processors }
    if table.has("VM", "Network", "Adapter|NIC label|Mac Address") { return .network }
    if table.has("VM", "Device Type", "Connected"), table.has("Device Node") { return .drive }
    if table.has("VM", "Device Type", "Family|Speed|EHCI enabled|Autoconnect") { return .usb }
    if table.has("VI SDK Server") || table.has("VM", "Powerstate") || table.has("Host", "Cluster") {
      return .notNeeded
    }
    return nil
  }
}

extension ListingTable.Row {
  /// A number in the way of the exporting machine's language.
  func number(_ columns: String...) -> Double? {
    columns.lazy.compactMap { text($0) }.first.flatMap(LocaleNumber.number)
  }

  /// A truth value, in the languages in which RVTools writes it.
  func flag(_ column: String) -> Bool? {
    switch text(column)?.lowercased() {
    case "true", "1", "yes", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "vero", "waar": true
    case "false", "0", "no", "falsch", "nein", "faux", "non", "falso", "onwaar", "nee": false
    default: nil
    }
  }
}
