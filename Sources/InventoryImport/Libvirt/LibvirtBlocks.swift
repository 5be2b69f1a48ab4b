import Quantities

/// Sizes and write rates of a domain's disks by target.
struct LibvirtBlocks {
  private(set) var blocks: [String: LibvirtStatistics.BlockStatistics] = [:]
  private(set) var writeRates: [String: DataRate] = [:]

  init(_ domain: LibvirtDomain, _ capture: LibvirtCapture) {
    for statistics in domain.statistics { blocks.merge(statistics.blocks) { _, newer in newer } }
    let names = capture.domains.compactMap { $0.element.text("name") } + capture.statistics.map(\.domain)
    let targets = domain.disks.compactMap { $0.first("target")?["dev"] }
    for info in capture.blockInfo where Self.isAbout(domain, info.path, among: names) {
      read(info.text, info.path, targets: targets)
    }
    let timed = domain.statistics.filter { $0.collectedAt != nil }.sorted {
      ($0.collectedAt ?? 0) < ($1.collectedAt ?? 0)
    }
    guard let first = timed.first, let last = timed.last, let from = first.collectedAt,
      let to = last.collectedAt, to - from >= 1
    else { return }
    let before = first.blocks
    for (target, block) in last.blocks {
      guard let end = block.written, let start = before[target]?.written, end >= start else { continue }
      writeRates[target] = DataRate(bytesPerSecond: ((end - start) / (to - from)).rounded())
    }
  }

  /// `domblkinfo` does not say which domain it is about; the name of its file does.
  private static func isAbout(_ domain: LibvirtDomain, _ path: String, among names: [String]) -> Bool {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    if let id = domain.id, file.contains(id) { return true }
    return PathSubject.name(in: file, among: names) == domain.name
  }

  /// With `--all` a table, for one disk three lines, whose target is in the file's name.
  private mutating func read(_ text: String, _ path: String, targets: [String]) {
    var rows = LibvirtText.table(text)
    if rows.isEmpty, let target = PathSubject.name(in: path, among: targets) {
      rows = [LibvirtText.pairs(text).merging(["Target": target]) { own, _ in own }]
    }
    for row in rows {
      guard let target = row["Target"], blocks[target]?.capacity == nil else { continue }
      blocks[target] = .init(
        written: blocks[target]?.written, allocation: LibvirtText.amount(row["Allocation"]),
        capacity: LibvirtText.amount(row["Capacity"]), physical: LibvirtText.amount(row["Physical"]))
    }
  }
}
