import EvacuationModel
import Foundation
import RunbookExport
import Testing

@Suite struct `Shell quoting` {
  @Test func `500 hostile names come back from a real shell as they went in`() throws {
    var names = HostileNames(seed: 1)
    let words = (0..<500).map { _ in names.next() } + ["", "-", "--", "a\u{300}", "\r\n", "'''"]
    try Shell.withFolder { folder in
      let script = words.map { "printf '%s\\0' \(ShellQuoting.quoted($0))" }.joined(separator: "\n")
      let (status, output) = try Shell.run(script, in: folder)
      #expect(status == 0)
      let back = output.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      #expect(back.map { Array($0) } == words.map { Array($0.utf8) })
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test(arguments: [
    ("web-01", "web-01"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("-x", "'-x'"),
    ("$(x)", "'$(x)'"), ("~", "'~'"), ("a\0b", "'a\u{FFFD}b'"),
    ("/var/lib,a=b@c%d+e:f", "/var/lib,a=b@c%d+e:f"),
  ])
  func `a word is quoted only where it must be`(word: String, quoted: String) {
    #expect(ShellQuoting.quoted(word) == quoted)
  }

  @Test func `a command for another host is quoted for both shells`() throws {
    let command = RunbookCommand(on: .init("compute-01"), argv: ["printf", "%s", "it's $(id)"])
    let line = try #require(ShellQuoting.line(for: command))
    let (_, output) = try Shell.run("ssh() { shift; sh -c \"$*\"; }; \(line)")
    #expect(String(decoding: output, as: UTF8.self) == "it's $(id)")
  }

  @Test func `a host whose name begins with a hyphen is no option of ssh`() {
    let command = RunbookCommand(on: .init("-oProxyCommand=x"), argv: ["virsh", "list"])
    #expect(ShellQuoting.line(for: command) == "ssh -- -oProxyCommand=x 'virsh list'")
  }

  @Test(arguments: ["a\nb", "a\u{1B}[2J", "a\u{202E}b", "a\u{200B}b", "a\u{85}b", "a\0b"])
  func `a command with characters that cannot be seen is not written out`(name: String) {
    #expect(ShellQuoting.line(for: RunbookCommand(argv: ["virsh", "list", name])) == nil)
    #expect(ShellQuoting.line(for: RunbookCommand(on: .init(name), argv: ["virsh", "list"])) == nil)
  }
}
