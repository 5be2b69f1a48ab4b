/// Goes through one line of a log from left to right. Works on bytes: logs are large and not always UTF-8.
struct LineCursor {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// Goes on behind the next `text`; stays where it is and answers false if there is none.
  mutating func skip(past text: Phrase) -> Bool {
    guard let range = rest.firstRange(of: text) else { return false }
    rest = rest[range.upperBound...]
    return true
  }

  /// Skips blanks, and `text` if it comes next.
  mutating func skip(_ text: Phrase) -> Bool {
    skipBlanks()
    guard rest.starts(with: text.bytes) else { return false }
    rest = rest.dropFirst(text.bytes.count)
    return true
  }

  /// The number that comes next: not negative, finite and at most 10¹⁸, which is more than any counter of a
  /// migration holds.
  mutating func number() -> Double? {
    skipBlanks()
    let digits = rest.prefix { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    guard digits.first.map({ (48...57).contains($0) }) ?? false else { return nil }
    // A full stop that ends the sentence does not belong to the number.
    let trimmed = digits.last == UInt8(ascii: ".") ? digits.dropLast() : digits
    guard let value = Double(String(decoding: trimmed, as: UTF8.self)), value <= 1e18 else { return nil }
    rest = rest[trimmed.endIndex...]
    return value
  }

  /// A number with the unit behind it, in bytes; without a unit it is bytes already.
  mutating func amount() -> Double? {
    let start = rest
    guard let value = number() else { return nil }
    skipBlanks()
    let unit = String(decoding: rest.prefix { Self.isLetter($0) }, as: UTF8.self)
    guard let factor = unit.isEmpty ? 1 : Self.units[unit] else {
      rest = start
      return nil
    }
    rest = rest.dropFirst(unit.utf8.count)
    let bytes = value * factor
    return bytes <= 1e18 ? bytes : nil
  }

  /// The letters and digits that come next.
  mutating func word() -> String {
    skipBlanks()
    let word = rest.prefix { Self.isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    rest = rest[word.endIndex...]
    return String(decoding: word, as: UTF8.self)
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }

  /// What virsh, QEMU's monitor and Proxmox write behind amounts.
  private static let units: [String: Double] = [
    "B": 1, "bytes": 1, "byte": 1, "KiB": 0x1p10, "MiB": 0x1p20, "GiB": 0x1p30, "TiB": 0x1p40, "PiB": 0x1p50,
    "kbytes": 0x1p10, "mbytes": 0x1p20, "gbytes": 0x1p30, "kB": 1e3, "KB": 0x1p10, "MB": 0x1p20,
    "GB": 0x1p30, "TB": 0x1p40,
  ]
}

/// Text to look for, as bytes.
struct Phrase: ExpressibleByStringLiteral, Sendable {
  let bytes: [UInt8]

  init(stringLiteral text: String) {
    bytes = Array(text.utf8)
  }
}

extension ArraySlice<UInt8> {
  /// Where `phrase` first stands.
  func firstRange(of phrase: Phrase) -> Range<Int>? {
    let wanted = phrase.bytes
    guard let first = wanted.first, count >= wanted.count else { return nil }
    var at = startIndex
    let last = endIndex - wanted.count
    while at <= last {
      if self[at] == first, self[at..<at + wanted.count].elementsEqual(wanted) {
        return at..<at + wanted.count
      }
      at += 1
    }
    return nil
  }

  func contains(_ phrase: Phrase) -> Bool { firstRange(of: phrase) != nil }
}
