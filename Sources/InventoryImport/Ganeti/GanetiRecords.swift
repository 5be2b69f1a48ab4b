import Quantities

/// One node of htools' text format: name, t_mem, n_mem, f_mem, t_dsk, f_dsk, cpus, role, group, and what newer releases
/// add behind (Ganeti.HTools.Backend.Text, `loadNode`). Memory and disk are in MiB.
struct GanetiNode {
  let name: String
  let memory: ByteCount?
  let ownMemory: ByteCount?
  let freeDisk: ByteCount?
  let cpus: Int?
  /// `Y` offline, `M` master, `N` neither.
  let role: String
  let group: String
  let tags: [String]

  init?(_ cells: [String]) {
    guard cells.count >= 8, let name = cells.first, !name.isEmpty else { return nil }
    self.name = name
    memory = GanetiText.mebibytes(cells[1])
    ownMemory = GanetiText.mebibytes(cells[2])
    freeDisk = GanetiText.mebibytes(cells[5])
    cpus = Double(cells[6]).flatMap { (1...1e6).contains($0) ? Int($0) : nil }
    role = cells[7]
    group = cells.count > 8 ? cells[8] : ""
    tags = cells.count > 10 ? GanetiText.list(cells[10]) : []
  }
}

/// One instance: name, mem, disk, vcpus, status, auto_balance, pnode, snode, disk_template, tags, and more
/// (`loadInst`). Old releases stop at snode or at the template.
struct GanetiInstance {
  let name: String
  let memory: ByteCount?
  let disk: ByteCount?
  let vcpus: Int?
  let status: String
  let primary: String
  let secondary: String?
  let template: String
  let tags: [String]

  init?(_ cells: [String]) {
    guard cells.count >= 8, let name = cells.first, !name.isEmpty else { return nil }
    self.name = name
    memory = GanetiText.mebibytes(cells[1])
    disk = GanetiText.mebibytes(cells[2])
    vcpus = Double(cells[3]).flatMap { (1...1e6).contains($0) ? Int($0) : nil }
    status = cells[4]
    primary = cells[6]
    secondary = cells[7].isEmpty || cells[7] == "-" ? nil : cells[7]
    let stated = cells.count > 8 && !cells[8].isEmpty ? cells[8] : nil
    template = stated ?? (secondary == nil ? "plain" : "drbd")
    tags = cells.count > 9 ? GanetiText.list(cells[9]) : []
  }
}

enum GanetiText {
  /// `?` and anything below zero count as missing.
  static func mebibytes(_ cell: String) -> ByteCount? {
    guard let number = Double(cell), (0...0x1p40).contains(number) else { return nil }
    return .mebibytes(number)
  }

  static func list(_ cell: String) -> [String] { cell.split(separator: ",").map(String.init) }

  /// The sections of a file, each as rows of cells. One blank line ends a section, so an empty section is two in a row.
  static func sections(_ text: String) -> [[[String]]] {
    var sections: [[[String]]] = [[]]
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) {
        sections.append([])
      } else {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        sections[sections.count - 1].append(cells.map { $0.trimming { $0.isWhitespace } })
      }
    }
    return sections
  }
}
