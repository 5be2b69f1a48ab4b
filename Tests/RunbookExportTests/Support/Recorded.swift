import Foundation
import Testing

/// Compares with `Fixtures/name`. With `EVAC_RECORD=1` the fixture is written anew, and the run fails so that
/// nobody records by accident and calls it a pass.
func expectRecorded(
  _ text: String, as name: String, folder: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  if ProcessInfo.processInfo.environment["EVAC_RECORD"] == "1" {
    let fixtures = URL(fileURLWithPath: folder).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)")
    try text.write(to: fixtures, atomically: true, encoding: .utf8)
    Issue.record(
      "\(name) was recorded; read it, then run again without EVAC_RECORD", sourceLocation: sourceLocation)
    return
  }
  let url = try #require(
    Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil), sourceLocation: sourceLocation)
  let expected = try String(contentsOf: url, encoding: .utf8)
  let difference = zip(
    text.split(separator: "\n", omittingEmptySubsequences: false),
    expected.split(separator: "\n", omittingEmptySubsequences: false)
  ).first { $0 != $1 }
  #expect(
    text == expected, "first difference: \(String(describing: difference))", sourceLocation: sourceLocation)
}
