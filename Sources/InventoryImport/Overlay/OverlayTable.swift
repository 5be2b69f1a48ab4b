import EvacuationModel
import Quantities

/// Overlays in CSV: the same columns as a plain inventory, of which only what is known need be there.
enum OverlayTable {
  private static let joins: Set = ["id", "uuid", "name", "host", "vm", "match"]

  /// A first line that begins with one of the columns that join.
  static func looksLikeTable(_ text: String) -> Bool {
    let first = text.drop { $0.isWhitespace || $0 == "\u{feff}" }.prefix { !$0.isNewline }
    let cells = first.split { ",;\t".contains($0) }.map {
      $0.trimming { $0.isWhitespace || $0 == "\"" }.lowercased()
    }
    return cells.count > 1 && cells.contains { joins.contains($0) } && !first.contains(": ")
  }

  static func read(_ bytes: [UInt8], path: String) -> (Overlay?, [Finding]) {
    let table: ListingTable
    do throws(SyntaxError) {
      table = try ListingTable(bytes, path: path)
    } catch {
      return (nil, [error.finding(path: path, bytes: bytes)])
    }
    var overlay = Overlay()
    var findings: [Finding] = unknownColumns(table)
    let isAboutHosts = PlainColumns.isAboutHosts(table)
    for row in table.rows {
      var row = PlainRow(row, path: path)
      if isAboutHosts {
        overlay.hosts.append(host(&row))
      } else {
        overlay.guests.append(PlainColumns.guest(&row))
      }
      findings += row.findings
    }
    if table.rows.isEmpty {
      findings.append(
        Finding(.emptyFile, path: path, message: "there are no rows below the header", help: "check the file")
      )
    }
    return (overlay, findings)
  }

  private static func host(_ row: inout PlainRow) -> Overlay.HostEntry {
    Overlay.HostEntry(
      pattern: HostPattern(row.text("match") ?? row.text("name") ?? row.text("host") ?? ""),
      bandwidth: PlainColumns.bandwidth(&row), reservedMemory: row.amount("reserved_ram_mib", unit: 0x1p20),
      isShared: row.choice("disks", Datastore.Kind.self).map { $0 == .shared }, zone: row.text("zone"),
      rack: row.text("rack"), place: row.place)
  }

  private static func unknownColumns(_ table: ListingTable) -> [Finding] {
    let known = PlainColumns.hosts + PlainColumns.guests
    return table.header.filter { !$0.isEmpty && !known.contains($0.lowercased()) }.map { column in
      Finding(
        .unknownKey, severity: .warning, path: table.path, place: "header",
        message: "nothing reads the column \(quoted(column))",
        help: Suggestion.help(for: column, among: known))
    }
  }
}
