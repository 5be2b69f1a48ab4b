import EvacuationModel
import Foundation
import Testing

@testable import EvacCommands

/// A folder of its own for each test.
private final class Folder {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "evac-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

private func refusal(_ body: () throws -> Void) -> [Finding] {
  do {
    try body()
    return []
  } catch let refusal as Refusal {
    return refusal.findings
  } catch {
    return []
  }
}

@Suite struct `Output files` {
  @Test func `are written whole and replaced whole`() throws {
    let folder = try Folder()
    for text in ["first\n", "second\n"] {
      try OutputFile.check("\(folder.path)/plan.json")
      try OutputFile.write(text, to: "\(folder.path)/plan.json")
      #expect(try String(contentsOfFile: "\(folder.path)/plan.json", encoding: .utf8) == text)
    }
    #expect(folder.names == ["plan.json"])
  }

  @Test func `are not begun by the check`() throws {
    let folder = try Folder()
    try OutputFile.check("\(folder.path)/plan.json")
    #expect(folder.names == [])
  }

  @Test func `are refused where they cannot be`() throws {
    let folder = try Folder()
    for path in ["\(folder.path)", "\(folder.path)/nowhere/plan.json", "/proc/plan.json"] {
      let findings = refusal { try OutputFile.check(path) }
      #expect(findings.map(\.code) == [.unwritableOutput], "\(path)")
      #expect(findings.first?.path == path && findings.first?.help.isEmpty == false)
    }
    #expect(
      refusal { try OutputFile.write("x", to: "\(folder.path)/nowhere/plan.json") }.map(\.code) == [
        .unwritableOutput
      ])
    #expect(folder.names == [])
  }
}

@Suite struct `Input files` {
  @Test func `are read whole, with their digest`() throws {
    let folder = try Folder()
    try "abc".write(toFile: "\(folder.path)/a.yaml", atomically: true, encoding: .utf8)
    let file = try InputFile("\(folder.path)/a.yaml")
    #expect(file.bytes == Array("abc".utf8))
    // FIPS 180-2, appendix B.1.
    #expect(file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `are refused when they are folders, missing or far too large`() throws {
    let folder = try Folder()
    #expect(refusal { _ = try InputFile(folder.path) }.map(\.code) == [.unreadableFile])
    #expect(refusal { _ = try InputFile("\(folder.path)/none.yaml") }.map(\.code) == [.unreadableFile])
    let sparse = "\(folder.path)/sparse.yaml"
    try #require(FileManager.default.createFile(atPath: sparse, contents: nil))
    try FileHandle(forWritingTo: URL(fileURLWithPath: sparse)).truncate(atOffset: 3 << 30)
    #expect(refusal { _ = try InputFile(sparse) }.map(\.code) == [.tooLarge])
  }
}
