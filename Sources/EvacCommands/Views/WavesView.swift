import EvacuationModel
import RunbookExport

/// When the hosts of a rolling maintenance are closed, empty and back; nothing for a drain.
struct WavesView {
  let plan: EvacuationPlan
  let paint: Paint

  var lines: [String] {
    guard plan.request.rolling != nil, !plan.waves.isEmpty else { return [] }
    var table = TextTable([
      ("wave", .right), ("hosts", .left), ("closed", .right), ("empty", .right), ("back", .right),
    ])
    for wave in plan.waves {
      table.add([
        "\(wave.number)", wave.hosts.map(\.name).joined(separator: ", "), ClockText.of(wave.start),
        ClockText.of(wave.drained), ClockText.of(wave.maintenanceEnd),
      ])
    }
    let lines = table.lines
    return [paint.strong(lines.first ?? "")] + lines.dropFirst()
  }
}
