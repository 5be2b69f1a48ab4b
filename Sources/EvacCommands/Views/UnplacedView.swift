import EvacuationModel
import RunbookExport

/// Who stays and why, host by host as far as a screen goes.
struct UnplacedView {
  let unplaced: [UnplacedVirtualMachine]
  /// Proofs that there is no other plan in which all leave.
  var shortfalls: [Shortfall] = []
  let paint: Paint

  /// More hosts than this are in the JSON only.
  private static let mostHosts = 8

  /// Refusals stand below the last of the guests that share them.
  var lines: [String] {
    guard !unplaced.isEmpty else { return [] }
    let reasons = unplaced.map(refusals)
    let next = reasons.dropFirst().map { Optional($0) } + [nil]
    var lines = [paint.strong("Stays")]
    for (entry, pair) in zip(unplaced, zip(reasons, next)) {
      lines += WrappedText.lines(VisibleText.of(entry.message), indentation: 2).map { paint.bad($0) }
      if pair.0 != pair.1 { lines += pair.0 }
    }
    return lines + proofs
  }

  private var proofs: [String] {
    guard !shortfalls.isEmpty else { return [] }
    return [paint.strong("No plan can do better")]
      + shortfalls.flatMap { WrappedText.lines(VisibleText.of($0.message), indentation: 2) }
  }

  private func refusals(_ entry: UnplacedVirtualMachine) -> [String] {
    let shown = entry.refusals.prefix(Self.mostHosts).flatMap {
      WrappedText.lines("\(VisibleText.of($0.host.name)): \(VisibleText.of($0.message))", indentation: 4)
    }
    let rest = entry.refusals.count - Self.mostHosts
    return shown + (rest > 0 ? ["    … and \(rest) more hosts; --json lists them all"] : [])
  }
}
