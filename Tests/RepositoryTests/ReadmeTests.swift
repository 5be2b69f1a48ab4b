import EvacTestSupport
import Foundation
import Testing

@Suite struct `The README` {
  private let isRecording = ProcessInfo.processInfo.environment["EVAC_RECORD"] == "1"

  @Test func `shows what its commands print`() throws {
    var readme = try Readme()
    let workplace = try Workplace(root: Repository.root)
    for index in readme.shown.indices {
      // Found anew each time: a recorded output may be longer than the one before.
      let shown = readme.shown[index]
      guard let command = shown.evac else { continue }
      let run = try workplace.run(command)
      #expect(run.status == 0 || run.status == 3, "\(command): \(run.error)")
      guard let range = shown.output else { continue }
      let excerpt = readme.excerpt(
        of: run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init),
        at: range)
      if isRecording {
        try readme.show(excerpt, at: range)
        Issue.record("recorded \(command); read the change, then run without EVAC_RECORD")
      } else {
        #expect(Array(readme.lines[range]) == excerpt, "\(command); EVAC_RECORD=1 swift test writes it anew")
      }
    }
  }

  @Test func `begins with the commands that the checks run`() throws {
    let shown = try Readme().shown
    #expect(shown.contains { $0.command == "swift test" })
    #expect(shown.first?.command.hasPrefix("swift run evac plan inventory/three-hosts.yaml") == true)
    #expect(shown.count { $0.output != nil } >= 4)
  }

  @Test func `names every exit status of the program`() throws {
    let readme = try Repository.text("README.md")
    for status in [0, 1, 2, 3, 64] {
      #expect(readme.contains("| \(status) |"), "exit status \(status)")
    }
  }
}
