import EvacTestSupport
import Testing

@Suite struct `The night in the documents` {
  @Test func `is that of the transcript`() throws {
    let told = Transcript(
      parsing: try Repository.text("Tests/TranscriptTests/Transcripts/whole-night.txt"))
    let blocks = try Repository.text("docs/night.md").split(separator: "```text\n$ ").dropFirst()
    #expect(blocks.count > 8)
    for block in blocks {
      let lines = block.split(separator: "\n```")[0].split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      let exchange = try #require(told.exchanges.first { $0.command == lines[0] }, "\(lines[0])")
      #expect(Array(lines.dropFirst()) == exchange.output.filter { !$0.hasPrefix("exit ") }, "\(lines[0])")
    }
  }
}
