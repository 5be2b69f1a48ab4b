import EvacuationModel
import Yams

/// The call to Yams, and its errors in our words.
enum YAMLText {
  /// `allowsTabs`: the text was written by a program, whose tabs stand inside of texts.
  static func compose(
    _ bytes: [UInt8], from start: Int, allowsTabs: Bool = false
  ) throws(SyntaxError) -> Node {
    if !allowsTabs { try checkTabs(bytes, from: start) }
    try checkKeys(bytes[start...])
    let text = String(decoding: bytes[start...], as: UTF8.self)
    do {
      // The basic resolver leaves plain scalars alone: the builder resolves them itself.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        throw SyntaxError(
          code: .emptyFile, place: .whole, message: "the file has nothing but comments",
          help: "an inventory, policy or plan begins with `format:`")
      }
      return root
    } catch let error as SyntaxError {
      throw error
    } catch let error as YamlError {
      throw syntaxError(error)
    } catch {
      throw SyntaxError(place: .whole, message: "this is no YAML", help: "check the file")
    }
  }

  private static func syntaxError(_ error: YamlError) -> SyntaxError {
    let help = "check indentation, quotes and brackets at this place and just before it"
    switch error {
    case .reader(let problem, let offset, _, _):
      return SyntaxError(
        place: offset.map { .offset($0) } ?? .whole, message: "no YAML: \(problem)",
        help: "remove control characters from the file")
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if problem.hasPrefix("Maximum nesting") {
        return SyntaxError(
          place: .position(.init(line: mark.line, column: mark.column)),
          message: "nested more than \(SourceText.deepest) levels deep",
          help: "no format that is read here nests so deeply")
      }
      let message = [context?.text, problem].compactMap { $0 }.filter { !$0.isEmpty }
      return SyntaxError(
        place: .position(.init(line: mark.line, column: mark.column)),
        message: "no YAML: \(message.joined(separator: ", "))", help: help)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return SyntaxError(
        code: .repeatedKey, place: .position(.init(line: context.mark.line, column: context.mark.column)),
        message: "the key \(quoted(duplicates.first ?? "")) stands twice in one mapping",
        help: "remove one of the two")
    default:
      return SyntaxError(place: .whole, message: "this is no YAML", help: help)
    }
  }

  /// YAML forbids tabs as indentation; libYAML's own words for it help nobody.
  private static func checkTabs(_ bytes: [UInt8], from start: Int) throws(SyntaxError) {
    var atLineStart = true
    for offset in start..<bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") {
        atLineStart = true
      } else if atLineStart, byte == UInt8(ascii: "\t") {
        let rest = bytes[offset...].first { $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: " ") }
        if let rest, rest != UInt8(ascii: "\n"), rest != UInt8(ascii: "\r"), rest != UInt8(ascii: "#") {
          throw SyntaxError(
            place: .offset(offset), message: "a tab as indentation, which YAML does not permit",
            help: "indent with spaces")
        }
      } else if byte != UInt8(ascii: " ") {
        atLineStart = false
      }
    }
  }

  /// Refuses aliases within keys. Yams hashes every key, and the hash of nested aliases takes time
  /// exponential in their depth; no format of ours has keys that are not words.
  private static func checkKeys(_ bytes: ArraySlice<UInt8>) throws(SyntaxError) {
    guard bytes.contains(UInt8(ascii: "&")), bytes.contains(UInt8(ascii: "*")) else { return }
    var previous: UInt8 = UInt8(ascii: "\n")
    var inAlias = false
    var mayEndKey = false
    for (offset, byte) in zip(bytes.indices, bytes) {
      let isSpace = SourceText.isSpace(byte)
      let startsToken = SourceText.isSpace(previous) || "[{,:".utf8.contains(previous)
      if byte == UInt8(ascii: ":"), mayEndKey || inAlias {
        throw aliasKey(offset)
      }
      if byte == UInt8(ascii: "?"), startsToken { throw aliasKey(offset) }
      if byte == UInt8(ascii: "*"), startsToken { inAlias = true }
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        mayEndKey = true
      } else if !isSpace {
        mayEndKey = false
        if SourceText.isSpace(previous), byte != UInt8(ascii: "*") { inAlias = false }
      }
      if byte == UInt8(ascii: "\n") || ",]}".utf8.contains(byte) { inAlias = false }
      previous = byte
    }
  }

  private static func aliasKey(_ offset: Int) -> SyntaxError {
    SyntaxError(
      place: .offset(offset), message: "keys that are lists, mappings or aliases in a file with aliases",
      help: "use plain words as keys, or write the aliases out")
  }
}
