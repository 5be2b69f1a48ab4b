import EvacuationModel
import Quantities

/// What is read before anything else.
enum MarkdownSummary {
  static func warnings(_ runbook: Runbook) -> [String] {
    let header = runbook.header
    var lines: [String] = []
    switch header.completeness {
    case .complete: break
    case .partial: lines.append("Not every guest leaves: see the list of those that stay.")
    case .impossible: lines.append("No guest can leave: there is nothing to carry out.")
    }
    if header.summary.fitsWindow == false { lines.append("The plan does not fit its window.") }
    lines += runbook.findings.map { finding in
      let place = finding.place.isEmpty ? "" : "\(finding.place): "
      return "\(finding.severity.rawValue)[\(finding.code.rawValue)] \(place)\(finding.message)"
    }
    return lines.map { "> **\(MarkdownText.escaped($0))**  " }
  }

  static func table(_ header: RunbookHeader) -> [String] {
    MarkdownTable.render(
      [("Summary", .left), ("", .left)], rows: work(header) + times(header) + origin(header))
  }

  private static func work(_ header: RunbookHeader) -> [[String]] {
    let summary = header.summary
    return [
      ["Hosts", hosts(header.request)],
      [
        "Migrations",
        "\(summary.migrations): \(summary.live) live, \(summary.block) block, \(summary.cold) cold",
      ],
    ]
  }

  private static func hosts(_ request: EvacuationRequest) -> String {
    if let restore = request.restore {
      return restore.homes.map(\.host).uniqued().list + ", where guests go home"
    }
    return request.rolling.map { "all that match \($0), in turn" } ?? request.drain.list
  }

  private static func times(_ header: RunbookHeader) -> [[String]] {
    let summary = header.summary
    let start = header.request.window.start
    let end = start?.advanced(by: .start + summary.makespan).readable.map { " (\($0))" } ?? ""
    let reason = summary.lowerBoundReason.isEmpty ? "" : ": \(summary.lowerBoundReason)"
    var rows = [
      [
        "Expected end",
        "\(summary.makespan.text) after the start\(end), in 9 of 10 cases by \(summary.makespanP90.text)",
      ],
      ["No faster than", "\(summary.lowerBound.text)\(reason)"],
      ["Longest pause", summary.maxDowntime.text],
      ["On the wire", summary.bytesTransferred.description],
    ]
    let window = header.request.window
    if let duration = window.duration {
      let begin = window.start?.readable.map { ", from \($0)" } ?? ""
      rows.append(["Window", "\(duration.text)\(begin)"])
    }
    return rows
  }

  private static func origin(_ header: RunbookHeader) -> [[String]] {
    let limits = header.concurrency
    let taken = header.capturedAt?.readable ?? "at an unknown time"
    return [
      [
        "At once",
        "live \(limits.liveOutboundPerHost) and cold \(limits.coldOutboundPerHost) per source, "
          + "\(limits.inboundPerHost) per destination, \(limits.perCluster) in all; \(limits.batching.rawValue)",
      ],
      ["Platform", header.platform.rawValue],
      ["Inventory", header.inventory.label],
      ["Taken", "\(taken); not to be used when older than \(header.ageLimit.text)"],
      ["Policy", header.policy.label],
    ]
  }

  static func migrations(_ runbook: Runbook) -> [String] {
    let migrations = runbook.sections.flatMap(\.steps).compactMap(\.migration)
    guard !migrations.isEmpty else { return [] }
    return MarkdownTable.render(
      [
        ("Step", .left), ("Batch", .right), ("Guest", .left), ("How", .left), ("From", .left), ("To", .left),
        ("Start", .right), ("Takes", .right), ("P90", .right), ("Pause", .right),
      ],
      rows: migrations.map {
        [
          $0.id.name, "\($0.batch)", $0.vm.name, $0.mode.rawValue, $0.source.name, $0.destination.name,
          ($0.start - .start).text, $0.duration.text, $0.durationP90.text, $0.pause.text,
        ]
      })
  }

  static func staying(_ staying: [UnplacedVirtualMachine]) -> [String] {
    guard !staying.isEmpty else { return [] }
    return MarkdownTable.render(
      [("Stays", .left), ("On", .left), ("Why", .left)],
      rows: staying.map { [$0.vm.name, $0.host.name, $0.message] })
  }
}
