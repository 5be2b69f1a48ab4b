import EvacuationModel
import Quantities

/// Rolling maintenance by the clock: hosts are closed, emptied, maintained and opened while others are under way.
enum RollingSections {
  private struct Entry {
    let time: PlanTime
    /// At equal times hosts are opened first and closed before their first guest leaves.
    let rank: Int
    let sections: [RunbookSection]
  }

  static func sections(_ plan: EvacuationPlan, _ commands: any PlatformCommands) -> [RunbookSection] {
    var entries: [Entry] = []
    for wave in plan.waves {
      entries.append(
        Entry(
          time: wave.maintenanceStart, rank: 0,
          sections: WaveSections.maintenance(of: wave, plan, commands)))
      entries.append(
        Entry(
          time: wave.maintenanceEnd, rank: 1, sections: [WaveSections.opening(of: wave, plan, commands)]))
      entries.append(
        Entry(
          // Empty from the start, it is closed for its maintenance.
          time: wave.start, rank: wave.start == wave.maintenanceStart ? -1 : 2,
          sections: [WaveSections.closing(of: wave, plan, commands)]))
    }
    let byBatch = Dictionary(grouping: plan.steps, by: \.batch)
    for batch in byBatch.keys.sorted() {
      let steps = byBatch[batch] ?? []
      entries.append(
        Entry(
          time: steps.map(\.start).min() ?? .start, rank: 3,
          sections: BatchSection.sections(of: steps, plan, commands)))
    }
    return entries.enumerated().sorted { one, other in
      (one.element.time, one.element.rank, one.offset) < (
        other.element.time, other.element.rank, other.offset
      )
    }.flatMap(\.element.sections)
  }
}
