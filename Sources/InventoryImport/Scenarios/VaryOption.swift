public import EvacuationModel

/// Reads `--vary KEY=V1,V2`.
public enum VaryOption {
  /// One change for each value, repeated values once. Commas within brackets or quotes belong to a value.
  public static func read(_ text: String) -> Reading<[ScenarioChange]> {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let key = trimmed(parts[0])
    guard parts.count == 2, !key.isEmpty else {
      return refused(
        path: "--vary", place: shown(text), "is no KEY=VALUE",
        help: "write it as in --vary precopy.post_copy=false,true")
    }
    let path = "--vary \(shown(key))"
    var seen: Set<String> = []
    let values = values(of: String(parts[1])).filter { seen.insert($0).inserted }
    guard !values.contains("") else {
      return refused(
        path: path, place: "", "a value is missing",
        help: "write values with commas between them; `null` means: as if the file did not say it")
    }
    return Reading(
      value: values.map { ScenarioChange(.setting(key: key, value: $0), path: path) }, findings: [])
  }

  private static func refused(
    path: String, place: String, _ message: String, help: String
  ) -> Reading<[ScenarioChange]> {
    Reading(
      value: nil,
      findings: [Finding(.badRequest, path: path, place: place, message: message, help: help)])
  }

  private static func values(of text: String) -> [String] {
    var values: [String] = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      switch character {
      case "\"", "'":
        if quote == character { quote = nil } else if quote == nil { quote = character }
      case "[", "{": depth += quote == nil ? 1 : 0
      case "]", "}": depth -= quote == nil ? 1 : 0
      default: break
      }
      if character == ",", depth <= 0, quote == nil {
        values.append("")
      } else {
        values[values.count - 1].append(character)
      }
    }
    return values.map(trimmed)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
    return String(text[..<end].drop { $0.isWhitespace })
  }
}
