import EvacuationModel
import InventoryImport
import Testing

@Suite struct `A text without structure` {
  /// The text, and the place, code and message of its only finding.
  static let cases: KeyValuePairs<String, String> = [
    "": "x.yaml: error[I002]: the file is empty",
    " \n\t ": "x.yaml: error[I002]: the file is empty",
    "# only this\n": "x.yaml: error[I002]: the file has nothing but comments",
    "a: \0": "x.yaml:1:4: error[I003]: a NUL byte: this is no text",
    "a:\n\t- b": "x.yaml:2:1: error[I003]: a tab as indentation, which YAML does not permit",
    "{\"a\": 1} x": "x.yaml:1:10: error[I003]: text after the end of the JSON document",
    "{\"a\": [1, }": "x.yaml:1:11: error[I003]: `}` where a value is expected",
    "{\"ä\": 1,\n \"b\": \"x": "x.yaml:2:7: error[I003]: a text whose closing quote is missing",
    "{a: 1}": "x.yaml:1:2: error[I003]: `a` where a key in quotes is expected",
    "{\"a\" 1}": "x.yaml:1:6: error[I003]: `1` where `:` is expected",
    "{\"a\": \"\\ud800\"}": "x.yaml:1:8: error[I003]: half of a surrogate pair",
    "{\"a\": \"\\udc00\"}": "x.yaml:1:8: error[I003]: half of a surrogate pair",
    "{\"a\": \"\\x\"}": "x.yaml:1:9: error[I003]: an escape that JSON does not have",
    "{\"a\": \"\\u12\"}": "x.yaml:1:9: error[I003]: `\\u` without four hexadecimal digits",
    "{\"a\": \"x\ny\"}": "x.yaml:1:9: error[I003]: a line break or control character inside a text",
    "{\"a\": nul}": "x.yaml:1:7: error[I003]: `n` where a value is expected",
    "{\"a\": 01}": "x.yaml:1:8: error[I003]: `1` where `,` or `}` is expected",
    "{\"a\": -}": "x.yaml:1:8: error[I003]: `}` where a digit is expected",
    "{": "x.yaml:1:2: error[I003]: the end of the file where a key in quotes is expected",
    "{\"a\":": "x.yaml:1:6: error[I003]: the file ends in the middle of a value",
    "a: [1, 2\nb: }":
      "x.yaml:2:2: error[I003]: no YAML: while parsing a flow sequence, did not find expected ',' or ']'",
    "a: *x": "x.yaml:1:4: error[I003]: no YAML: found undefined alias",
    "b: 2\na: 1\na: 2": "x.yaml:2:1: error[I008]: the key \"a\" stands twice in one mapping",
    "a: 1\n---\nb: 1":
      "x.yaml:2:1: error[I003]: no YAML: expected a single document in the stream, but found another document",
    "a: \u{7}": "x.yaml:1:4: error[I003]: no YAML: control characters are not allowed",
    "[a]: 1": "x.yaml:1:1: error[I003]: a key that is a list or a mapping",
    "hello":
      "x.yaml:1:1: error[I004]: this is not an inventory: the file holds \"hello\"",
    "- a": "x.yaml:1:1: error[I004]: this is not an inventory: the file holds a list",
    "hosts: []":
      "x.yaml:1:1: error[I004]: this is not an inventory: it has no `format`, but looks like an inventory",
    "format: evac.policy/1":
      "x.yaml:1:9 format: error[I004]: this is not an inventory: it says to be a policy",
    "{\"format\": \"evac.inventory/2\"}":
      "x.yaml:1:12 format: error[I004]: this is not an inventory: its format is \"evac.inventory/2\"",
    "format: 3": "x.yaml:1:9 format: error[I004]: this is not an inventory: its format is the number 3",
  ]

  @Test(arguments: Self.cases.map { ($0.key, $0.value) })
  func `the one finding names place and cause`(text: String, expected: String) {
    let lines = inventoryFindings(text).split(separator: "\n", maxSplits: 1)
    #expect(lines.first.map(String.init) == expected)
    #expect(lines.last?.hasPrefix("  help: ") == true)
    #expect(InventoryReader.read([UInt8](text.utf8), path: "x.yaml").findings.count == 1)
  }

  @Test func `bytes that are no UTF-8 are found where they are`() {
    let bytes = [UInt8]("{\"a\":\n \"".utf8) + [0xC3, 0x28] + [UInt8]("\"}".utf8)
    #expect(
      printed(InventoryReader.read(bytes, path: "x").findings) == """
        x:2:3: error[I003]: bytes that are no UTF-8
          help: save the file as UTF-8
        """)
    #expect(
      printed(InventoryReader.read([0xFF, 0xFE, 0x61, 0x00], path: "x").findings) == """
        x: error[I003]: the file is UTF-16, not UTF-8
          help: save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`
        """)
  }

  @Test func `nesting has a limit in both languages`() {
    let deep = "nested more than 64 levels deep"
    #expect(inventoryFindings(String(repeating: "{\"a\":", count: 100_000)).contains(deep))
    #expect(inventoryFindings(String(repeating: "[", count: 100_000)).contains(deep))
    #expect(
      inventoryFindings("a: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70))
        .hasPrefix("x.yaml:1:68: error[I003]: \(deep)"))
  }

  @Test func `aliases that multiply are refused`() {
    let levels = (1..<12).map { level in
      "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]"
    }
    let bomb = (["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"] + levels).joined(separator: "\n")
    #expect(inventoryFindings(bomb).contains("error[I011]: aliases expand to more than"))
    // As a key they would be hashed before anything could count them.
    for key in ["? *a11\n: 1", "*a11 : 1", "[*a11]: 1", "{? [*a11] : 1}"] {
      #expect(
        inventoryFindings("\(bomb)\n\(key)").contains("keys that are lists, mappings or aliases"))
    }
  }

  @Test func `a megabyte of one letter is named in short`() {
    #expect(
      inventoryFindings(String(repeating: "a", count: 1_000_000)) == """
        x.yaml:1:1: error[I004]: this is not an inventory: the file holds \
        "\(String(repeating: "a", count: 60))…"
          help: a file of this kind begins with `format: evac.inventory/1`
        """)
  }
}
