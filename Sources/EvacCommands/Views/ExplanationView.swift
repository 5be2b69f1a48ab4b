import EvacuationModel
import Quantities
import RunbookExport

/// The answer to `--explain` for people.
struct ExplanationView {
  let explanation: PlanExplanation
  let paint: Paint

  /// More hosts than this are in the JSON only.
  private static let mostHosts = 8

  var text: String {
    let sections =
      explanation.moves.map(move) + [
        explanation.stays.map(stays) ?? [], explanation.host.map(host) ?? [], still,
      ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// A guest that is neither moved nor has to be.
  private var still: [String] {
    guard explanation.moves.isEmpty, explanation.stays == nil, explanation.host == nil else { return [] }
    return ["\(VisibleText.of(explanation.subject)) stays where it is: its host is not drained"]
  }

  private func move(_ move: MoveExplanation) -> [String] {
    let step = move.step
    let title = "\(step.vm): \(step.source) → \(step.destination), \(step.mode.rawValue)"
    let time = "\(step.id), batch \(step.batch), \(ClockText.of(step.start)) to \(ClockText.of(step.end))"
    return [paint.strong(VisibleText.of(title)), paint.faint(time), ""]
      + section("Why this way", step.reasons)
      + section("Why then", move.waits) + destinations(move)
  }

  private func section(_ title: String, _ sentences: [String]) -> [String] {
    guard !sentences.isEmpty else { return [] }
    return [paint.strong(title)]
      + sentences.flatMap { WrappedText.lines(VisibleText.of($0), indentation: 2) } + [""]
  }

  private func destinations(_ move: MoveExplanation) -> [String] {
    var table = TextTable([
      ("  host", .left), ("mode", .left), ("takes alone", .right), ("memory then", .right),
      ("plan ends", .right),
      ("", .left),
    ])
    for (place, option) in move.possible.prefix(Self.mostHosts).enumerated() {
      table.add([
        "  \(option.host.name)", option.mode.rawValue, option.duration?.text ?? "–", option.load.description,
        change(option), remark(option, isChosen: option.host == move.step.destination, place: place),
      ])
    }
    let more = move.possible.count - Self.mostHosts
    let refused = refused(move.refusals)
    let lines = table.lines
    return [paint.strong("Why there"), paint.faint(lines.first ?? "")] + lines.dropFirst()
      + (more > 0 ? ["  … and \(more) more that would do"] : [])
      + (refused.isEmpty ? [] : ["", paint.strong("Why not elsewhere")] + refused)
  }

  /// Hosts with the same reason share a line.
  private func refused(_ refusals: [HostRefusal]) -> [String] {
    var reasons: [(message: String, hosts: [String])] = []
    var places: [String: Int] = [:]
    for refusal in refusals {
      if let place = places[refusal.message] {
        reasons[place].hosts.append(refusal.host.name)
      } else {
        places[refusal.message] = reasons.count
        reasons.append((refusal.message, [refusal.host.name]))
      }
    }
    let lines = reasons.prefix(Self.mostHosts).flatMap { reason in
      let named = reason.hosts.prefix(3).joined(separator: ", ")
      let more = reason.hosts.count > 3 ? " and \(reason.hosts.count - 3) more" : ""
      return WrappedText.lines(VisibleText.of("\(named)\(more): \(reason.message)"), indentation: 2)
    }
    let rest = reasons.dropFirst(Self.mostHosts).reduce(0) { $0 + $1.hosts.count }
    return lines + (rest > 0 ? ["  … and \(rest) more hosts; --json lists them all"] : [])
  }

  private func change(_ option: DestinationOption) -> String {
    guard let change = option.makespanChange else { return "" }
    if abs(change.seconds) < 0.05 { return "as planned" }
    return change > .zero ? "\(change.text) later" : "\((.zero - change).text) earlier"
  }

  private func remark(_ option: DestinationOption, isChosen: Bool, place: Int) -> String {
    var words: [String] = []
    if isChosen { words.append("chosen") } else if place == 1 { words.append("next best") }
    if option.softGroupsBroken > 0 {
      words.append("breaks \(option.softGroupsBroken) soft group\(option.softGroupsBroken == 1 ? "" : "s")")
    }
    return words.joined(separator: ", ")
  }

  private func stays(_ entry: UnplacedVirtualMachine) -> [String] {
    UnplacedView(unplaced: [entry], paint: paint).lines
  }

  private func host(_ host: HostExplanation) -> [String] {
    let word = host.isDrained ? "is drained" : "stays in service"
    return [paint.strong("\(VisibleText.of(host.host.name)) \(word)"), ""]
      + [
        "  guests  \(host.guestsBefore) → \(host.guestsAfter)",
        "  memory  \(host.loadBefore) → \(host.loadAfter)",
        "  leaves  \(list(host.departures))", "  comes   \(list(host.arrivals))", "",
      ] + host.remarks.flatMap { WrappedText.lines(VisibleText.of($0), indentation: 2) }
  }

  private func list(_ steps: [PlannedMigration.ID]) -> String {
    guard let first = steps.first, let last = steps.last else { return "nobody" }
    if steps.count <= 8 { return steps.map(\.name).joined(separator: " ") }
    return "\(steps.count) guests, \(first) … \(last)"
  }
}
