import EvacTestSupport
import Foundation
import Testing

/// One file of `Transcripts/`.
struct Story: Sendable, CustomTestStringConvertible {
  let name: String

  var testDescription: String { name }

  /// All of them. A broken listing must not pass for an empty one, hence the test for their number.
  static let all: [Self] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().map { Self(name: String($0.dropLast(4))) }
  }()

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let folder = "\(root)/Tests/TranscriptTests/Transcripts"
  static let isRecording = ProcessInfo.processInfo.environment["EVAC_RECORD"] == "1"

  var path: String { "\(Self.folder)/\(name).txt" }

  /// The story as its file tells it.
  func told() throws -> Transcript {
    Transcript(parsing: try String(contentsOfFile: path, encoding: .utf8))
  }

  /// The same commands, with what they print now.
  func played() throws -> Transcript {
    let workplace = try Workplace(root: Self.root, fixtures: "\(Self.root)/Tests/TranscriptTests/Fixtures")
    var story = try told()
    for index in story.exchanges.indices {
      story.exchanges[index].output = try workplace.run(story.exchanges[index].command).lines
    }
    return story
  }
}

@Suite struct `Transcripts` {
  @Test(arguments: Story.all) func `say what the program prints`(_ story: Story) throws {
    let played = try story.played()
    if Story.isRecording {
      try played.text.write(toFile: story.path, atomically: true, encoding: .utf8)
      Issue.record("recorded \(story.name); read the change, then run without EVAC_RECORD")
    } else if let difference = played.difference(from: try story.told()) {
      Issue.record("\(story.name): \(difference)\nEVAC_RECORD=1 swift test writes the transcript anew")
    }
  }

  @Test func `are found`() {
    #expect(Story.all.count > 30)
  }

  @Test func `are read and written without loss`() {
    let text = """
      What it shows.

      $ cat <<END
      > a
      >
      > END
      a
      stderr| b
      exit 0

      $ evac
      exit 64

      """
    #expect(Transcript(parsing: text).text == text)
    #expect(Transcript(parsing: text).exchanges.map(\.command) == ["cat <<END\na\n\nEND", "evac"])
  }

  @Test func `differ where a line differs, is missing or is too much`() {
    let one = Transcript(parsing: "x\n\n$ evac\na\nexit 0\n")
    for other in ["a\nb\nexit 0\n", "exit 0\n", "a\nexit 2\n", "b\nexit 0\n"] {
      #expect(one.difference(from: Transcript(parsing: "x\n\n$ evac\n" + other)) != nil)
    }
    #expect(one.difference(from: one) == nil)
  }
}
