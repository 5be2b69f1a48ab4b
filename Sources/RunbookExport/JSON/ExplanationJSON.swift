public import EvacuationModel
import Quantities

/// The answer to `--explain` as a document.
public enum ExplanationJSON {
  /// `evac.explanation/1`: the moves of the subject with the possible hosts, the best first, and the refusals of the
  /// others; `stays` as in a plan's `unplaced`; `host` with departures and arrivals.
  public static func encode(_ explanation: PlanExplanation) throws -> String {
    try JSONText.write(ExplanationObject(explanation))
  }
}

private struct ExplanationObject: Encodable {
  let format = "evac.explanation/1"
  let subject: String
  let moves: [MoveObject]
  let stays: Nullable<UnplacedObject>
  let host: Nullable<HostObject>

  init(_ explanation: PlanExplanation) {
    subject = explanation.subject
    moves = explanation.moves.map(MoveObject.init)
    stays = Nullable(explanation.stays.map(UnplacedObject.init))
    host = Nullable(explanation.host.map(HostObject.init))
  }
}

private struct MoveObject: Encodable {
  let step: StepObject
  let waits: [String]
  let possible: [OptionObject]
  let refusals: [UnplacedObject.RefusalObject]

  init(_ move: MoveExplanation) {
    step = StepObject(move.step)
    waits = move.waits
    possible = move.possible.map(OptionObject.init)
    refusals = move.refusals.map { .init(host: $0.host.name, code: $0.code, message: $0.message) }
  }
}

private struct OptionObject: Encodable {
  let host: String
  let mode: String
  let durationSeconds: Nullable<JSONNumber>
  let memoryLoad: JSONNumber
  let softGroupsBroken: Int
  let makespanChangeSeconds: Nullable<JSONNumber>

  init(_ option: DestinationOption) {
    host = option.host.name
    mode = option.mode.rawValue
    durationSeconds = Nullable(option.duration.map { JSONNumber($0) })
    memoryLoad = JSONNumber(option.load)
    softGroupsBroken = option.softGroupsBroken
    makespanChangeSeconds = Nullable(option.makespanChange.map { JSONNumber($0) })
  }
}

private struct HostObject: Encodable {
  let host: String
  let isDrained: Bool
  let guestsBefore: Int
  let guestsAfter: Int
  let memoryLoadBefore: JSONNumber
  let memoryLoadAfter: JSONNumber
  let departures: [String]
  let arrivals: [String]
  let remarks: [String]

  init(_ host: HostExplanation) {
    self.host = host.host.name
    isDrained = host.isDrained
    guestsBefore = host.guestsBefore
    guestsAfter = host.guestsAfter
    memoryLoadBefore = JSONNumber(host.loadBefore)
    memoryLoadAfter = JSONNumber(host.loadAfter)
    departures = host.departures.map(\.name)
    arrivals = host.arrivals.map(\.name)
    remarks = host.remarks
  }
}
