import EvacuationModel
import EvacuationPlanning
import Quantities
import RunbookExport

/// Forecasts for people: a row a guest, its reasons below; with few guests also the passes.
struct ForecastView {
  let entries: [InventoryForecast.Entry]
  let showsRounds: Bool
  let paint: Paint

  var text: String {
    guard !entries.isEmpty else { return "No virtual machines.\n" }
    var table = TextTable([
      ("vm", .left), ("mode", .left), ("outcome", .left), ("takes", .right), ("P10–P90", .right),
      ("pause", .right),
      ("sent", .right), ("rounds", .right),
    ])
    for entry in entries { table.add(row(entry)) }
    let lines = table.lines
    var result = [paint.strong(lines.first ?? "")]
    for (line, entry) in zip(lines.dropFirst(), entries) {
      result.append(entry.forecast.completes ? line : paint.bad(line))
      result += (entry.reasons + doubt(entry.forecast)).flatMap(reason)
      guard showsRounds else { continue }
      if let pause = entry.forecast.pause { result += self.pause(pause) }
      if let remedies = entry.forecast.remedies { result += self.remedies(remedies) }
      result += rounds(entry.forecast)
    }
    return result.joined(separator: "\n") + "\n"
  }

  private func reason(_ text: String) -> [String] {
    WrappedText.lines(VisibleText.of(text), indentation: 2).map { paint.faint($0) }
  }

  /// Only where the platform adds more to the last round than QEMU itself does.
  private func pause(_ parts: PauseParts) -> [String] {
    guard parts.poll + parts.handOver + parts.resume + parts.mirrors > .zero else { return [] }
    let named = parts.named.filter { $0.time > .zero }.map { "\($0.name) \($0.time.text)" }
    return WrappedText.lines("pause: \(named.joined(separator: ", "))", indentation: 2).map {
      paint.faint($0)
    }
  }

  private func row(_ entry: InventoryForecast.Entry) -> [String] {
    let forecast = entry.forecast
    let band = [forecast.durationP10, forecast.durationP90].map { $0?.text ?? "never" }
    return [
      entry.vm.name, forecast.mode.rawValue, outcome(forecast), forecast.duration?.text ?? "never ends",
      band[0] == band[1] ? band[0] : "\(band[0]) – \(band[1])", forecast.downtime.text,
      forecast.bytesTransferred.description, forecast.mode == .cold ? "–" : "\(forecast.roundCount)",
    ]
  }

  /// How often it does not complete, where that is neither never nor always.
  private func doubt(_ forecast: MigrationForecast) -> [String] {
    let share = forecast.probabilityOfNotConverging.fraction
    guard share > 0, share < 1 else { return [] }
    let cases = Int((1 / min(share, 1 - share)).rounded())
    return ["does not converge in \(share <= 0.5 ? 1 : cases - 1) of \(cases) cases"]
  }

  private func outcome(_ forecast: MigrationForecast) -> String {
    forecast.outcome == .notApplicable ? "–" : forecast.outcome.word.replacing("_", with: " ")
  }

  private func remedies(_ remedies: ConvergenceRemedies) -> [String] {
    [
      "  ways out:",
      "    longer pause   \(remedies.pauseNeeded.map { "a downtime limit of \($0.text)" } ?? "none helps")",
      "    bandwidth      \(remedies.bandwidthNeeded.map { "\($0) for this guest alone" } ?? "none helps")",
      "    auto-converge  \(remedies.throttleNeeded.map { "slows the guest by \($0)" } ?? "not even at 99 %")",
      "    post-copy      done in \(remedies.postCopyDuration.text), pause \(remedies.postCopyDowntime.text); "
        + "a network fault meanwhile stops the guest",
    ]
  }

  /// The first passes and the last; between them lies nothing new.
  private func rounds(_ forecast: MigrationForecast) -> [String] {
    guard !forecast.rounds.isEmpty else { return [] }
    var table = TextTable([
      ("    pass", .right), ("starts", .right), ("takes", .right), ("sent", .right), ("dirtied", .right),
      ("left", .right), ("throttle", .right),
    ])
    let isLong = forecast.rounds.count > 12
    for round in isLong ? forecast.rounds.prefix(6) + forecast.rounds.suffix(3) : forecast.rounds[...] {
      if isLong, round == forecast.rounds.suffix(3).first { table.add(["    …"]) }
      let last = round.round + round.repeats - 1
      table.add([
        "    " + (round.repeats > 1 ? "\(round.round)–\(last)" : "\(round.round)"), round.start.text,
        round.duration.text,
        round.sent.description, round.dirtied.description, round.remaining.description,
        round.throttle.description,
      ])
    }
    return table.lines
  }
}
