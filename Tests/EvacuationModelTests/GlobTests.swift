import EvacuationModel
import Testing

@Suite struct `Name patterns` {
  @Test(arguments: [
    ("db-*", "db-01", true), ("db-*", "db-", true), ("db-*", "adb-1", false), ("*", "", true),
    ("?", "仮", true), ("?", "", false), ("a?c", "abc", true), ("a?c", "ac", false), ("*-01", "web-01", true),
    ("*-01", "web-011", false), ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-c-b", false), ("[ab]", "a", false),
    ("[ab]", "[ab]", true), ("", "", true), ("", "a", false), ("**", "x", true),
  ])
  func `star is any run and question mark any one`(pattern: String, text: String, fits: Bool) {
    #expect(Glob(pattern).matches(text) == fits)
  }

  @Test func `many stars stay cheap`() {
    let pattern = String(repeating: "a*", count: 40) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 2_000)))
  }

  @Test func `a pattern without wildcards is plain`() {
    #expect(Glob("db-01").isPlain)
    #expect(!Glob("db-?").isPlain)
  }
}
