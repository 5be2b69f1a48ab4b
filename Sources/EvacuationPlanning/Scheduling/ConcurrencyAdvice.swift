import EvacuationModel
import Quantities

/// What was found about how many migrations at once a host should send, in a sentence.
struct ConcurrencyAdvice: Sendable {
  /// One concurrency with the makespan that was found for it, in seconds.
  struct Finding: Sendable {
    let most: Int
    let makespan: Double
  }

  /// Less than this is no difference: schedules are not known to a tenth of a per cent.
  private static let least = 0.005
  /// A higher limit has to be worth this much before anybody is advised to change it.
  private static let worthAsking = 0.03

  /// What the policy permits, from one at a time on.
  let permitted: [Finding]
  /// What it does not permit.
  let beyond: [Finding]
  /// The first concurrency at which a guest stops converging on an equal share of its host's path, with its name.
  let breaking: (most: Int, vm: String)?

  var sentence: String? {
    guard let one = permitted.first, let last = permitted.last,
      let best = permitted.min(by: { $0.makespan < $1.makespan * (1 - 1e-9) })
    else { return nil }
    let parts = [
      permitted.count > 1 ? ofBest(best, against: one) : nil,
      permitted.count > 1 ? ofMost(last, against: best) : nil,
      ofMore(than: best, permitted: last.most),
      breaking.map {
        "from \($0.most) on, \($0.vm) stops converging on an equal share, so it goes with fewer"
      },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private func ofBest(_ best: Finding, against one: Finding) -> String {
    let gain = 1 - best.makespan / max(one.makespan, 1e-9)
    guard best.most > 1 else { return "one at a time per host is fastest" }
    guard gain >= Self.least else { return "one at a time per host is as fast as \(best.most)" }
    return "\(best.most) at once per host is \(wholePerCent(gain)) faster than one"
  }

  private func ofMost(_ last: Finding, against best: Finding) -> String? {
    let loss = last.makespan / max(best.makespan, 1e-9) - 1
    guard last.most > best.most, loss > Self.least else { return nil }
    return "\(last.most) at once, which the policy permits, would take \(wholePerCent(loss)) longer"
  }

  private func ofMore(than best: Finding, permitted most: Int) -> String? {
    guard let more = beyond.min(by: { $0.makespan < $1.makespan * (1 - 1e-9) }) else { return nil }
    let gain = 1 - more.makespan / max(best.makespan, 1e-9)
    guard gain > Self.worthAsking else { return nil }
    return "the policy permits \(most) at once per host; \(more.most) would take \(wholePerCent(gain)) less"
  }

  private func wholePerCent(_ share: Double) -> Ratio { .percent((share * 100).rounded()) }
}
