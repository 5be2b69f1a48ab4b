import EvacuationModel
import Glibc
import MigrationSimulation
import Quantities

/// `concurrent_vms.csv` and `concurrent.csv` of the QEMU laboratory: sets of guests over one link, so many at once.
/// A line is a guest in the one file and a set in the other.
enum QEMULabConcurrent {
  static func read(_ rows: [CSVRow], companion: String?) -> CaseTable {
    if rows.first?.text("vm") != nil { return guests(rows) }
    let others = companion.flatMap { try? CSVRow.all(in: $0, required: ["id", "vm"]) } ?? []
    let bySet = Dictionary(grouping: others) { $0.text("id") ?? "" }
    return CaseTable(rows) { row in
      let members = bySet[row.text("id") ?? ""] ?? []
      guard let set = GuestSet(members.isEmpty ? QEMULabLevel.guests(of: row) : members) else {
        return .failure(
          SkipReason("its guests are not described: concurrent_vms.csv has to lie in the same folder"))
      }
      return .success(("makespan", measuredSet(row), set.makespan, set.circumstances))
    }
  }

  private static func guests(_ rows: [CSVRow]) -> CaseTable {
    var table = CaseTable()
    var sets: [String] = []
    let bySet = Dictionary(grouping: rows) { $0.text("id") ?? "" }
    for row in rows where sets.last != row.text("id") ?? "" {
      let id = row.text("id") ?? ""
      guard !sets.contains(id) else { continue }
      sets.append(id)
      let members = bySet[id] ?? []
      guard let set = GuestSet(members) else {
        table.skipped += members.map { member in
          SkippedCase(
            id: "\(id)/\(member.text("vm") ?? "?")",
            reason: "a guest of the set is not described by numbers")
        }
        continue
      }
      table.cases += zip(members, set.singles).map { member, forecast in
        BacktestCase(
          id: "\(id)/\(member.text("vm") ?? "?")", group: "single", measured: measuredGuest(member),
          forecast: forecast, circumstances: set.circumstances)
      }
      let ended = members.allSatisfy { $0.text("converged") == "1" }
      let makespan = members.compactMap { $0.number("end_s") }.max()
      let pause = members.compactMap { $0.number("real_downtime_ms") }.max()
      table.cases.append(
        BacktestCase(
          id: id, group: "makespan",
          measured: MeasuredOutcome(
            seconds: ended ? makespan : nil, downtimeSeconds: pause.map { $0 / 1000 }, converged: ended),
          forecast: set.makespan, circumstances: set.circumstances))
    }
    return table
  }

  private static func measuredGuest(_ row: CSVRow) -> MeasuredOutcome {
    let converged = row.text("converged") == "1"
    return MeasuredOutcome(
      seconds: converged ? row.number("total_ms").map { $0 / 1000 } : nil,
      downtimeSeconds: row.number("real_downtime_ms").map { $0 / 1000 }, converged: converged)
  }

  private static func measuredSet(_ row: CSVRow) -> MeasuredOutcome {
    let converged = row.number("completed") == row.number("n_vms")
    return MeasuredOutcome(
      seconds: converged ? row.number("makespan_s") : nil,
      downtimeSeconds: row.number("max_real_downtime_ms").map { $0 / 1000 }, converged: converged)
  }
}

/// The guests of one set, forecast together.
private struct GuestSet {
  let singles: [CaseForecast]
  let makespan: CaseForecast
  let circumstances: String

  /// `nil` if a guest is not described.
  init?(_ rows: [CSVRow]) {
    guard let first = rows.first, let link = first.number("link_mbs"), link > 0,
      let slots = first.number("at_once")
    else { return nil }
    let experiments = rows.compactMap { QEMULabGuest(row: $0, input: .true).experiment }
    guard experiments.count == rows.count else { return nil }
    circumstances = "\(first.text("level") ?? "?"), \(Int(min(slots, 1e6))) at once over \(link) MB/s"
    let wire = link * 1e6 * QEMULabConstants.linkShare
    var generator = SeededGenerator(seed: 1)
    let trials = (0..<Self.trials).map { _ in
      LinkQueue(
        link: wire * exp(QEMULabConstants.linkSigma * generator.normal()),
        slots: Int(min(max(slots, 1), 1e6)), gapSeconds: QEMULabConstants.queueSeconds,
        luck: experiments.map { _ in exp(QEMULabConstants.luckSigma * generator.normal()) }
      ).turns(experiments.map(\.demand))
    }
    singles = rows.indices.map { place in
      CaseForecast.ofTrials(
        trials.compactMap { $0.indices.contains(place) ? CaseForecast($0[place].forecast) : nil })
    }
    makespan = CaseForecast.ofTrials(trials.map(Self.together))
  }

  private static let trials = 25

  private static func together(_ turns: [LinkQueue.Turn]) -> CaseForecast {
    let converges = turns.allSatisfy { $0.forecast.completes }
    return CaseForecast(
      converges: converges, outcome: converges ? "converges" : "times_out",
      seconds: turns.map(\.end).max().map { $0 + QEMULabConstants.queueSeconds },
      downtimeSeconds: turns.map(\.forecast.downtime.seconds).max())
  }
}

/// What the levels of `concurrent.csv` stand for.
private enum QEMULabLevel {
  /// The guests of the set in `row`, as rows of the other file; none for a level whose guests differ in size.
  static func guests(of row: CSVRow) -> [CSVRow] {
    guard let level = row.text("level"), let link = row.number("link_mbs"), let count = row.number("n_vms"),
      let shares = shares[level], count >= 1, count <= 1000
    else { return [] }
    return (0..<Int(count)).map { place in
      let share = shares[place % shares.count]
      let cells = [
        "ram_mib": "384", "fill_mib": "320", "ws_mib": share > 0 ? "128" : "0", "pattern": "rand",
        "write": "word", "pace": "open", "rate_pps": "\(share * link * 1e6 / 4096)",
      ]
      return row.adding(cells)
    }
  }

  /// Share of the link that each guest of a set dirties.
  private static let shares: [String: [Double]] = [
    "idle": [0], "light": [0.05], "medium": [0.15], "medium-capped": [0.15], "heavy": [0.3],
    "mixed": [0, 0.05, 0.15, 0.4],
  ]
}
