/// A small generator with a seed, so that a failure comes again.
struct Xorshift {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(bound, 1)))
  }

  /// Replaces whole JSON values as often as single bytes, so that many mutants still parse.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    let values = ["null", "[]", "{}", "-1", "1e30", "1e999", "\"\"", "\"x\"", "true", "[[1]]", "\"1 (2)\""]
    var text = String(decoding: bytes, as: UTF8.self)
    for _ in 0..<below(4) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      let index = below(parts.count)
      guard index > 0, let end = parts[index].firstIndex(where: { $0 == "," || $0 == "\n" }) else { continue }
      var changed = parts.map(String.init)
      changed[index] = values[below(values.count)] + parts[index][end...]
      text = changed.joined(separator: ":")
    }
    var result = Array(text.utf8)
    if below(8) == 0, !result.isEmpty { result[below(result.count)] = UInt8(below(256)) }
    if below(16) == 0 { result.removeLast(below(result.count)) }
    return result
  }
}

extension Xorshift {
  /// Replaces, removes and repeats pieces of any text.
  mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
    let words = [
      "null", "[]", "-1", "1e30", "1e999", "", "nan", "0", "99999999999999999999", ",", "\"", ";", "<", ">",
      "\n", "|",
      "\t", ":", "'", "---\n", "inf",
    ]
    var result = bytes
    for _ in 0..<below(6) where !result.isEmpty {
      let start = below(result.count)
      let end = min(result.count, start + below(9))
      switch below(3) {
      case 0: result.replaceSubrange(start..<end, with: Array(words[below(words.count)].utf8))
      case 1: result.removeSubrange(start..<end)
      default: result.insert(contentsOf: Array(result[start..<end]), at: below(result.count))
      }
    }
    if below(10) == 0 { result.removeLast(below(result.count)) }
    return result
  }
}
