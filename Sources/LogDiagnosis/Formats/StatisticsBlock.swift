/// Lines of `key: value` that describe one moment, as virsh and QEMU's monitor print them.
struct StatisticsBlock {
  private var values: [String: ArraySlice<UInt8>] = [:]
  /// The line it begins at.
  let line: Int

  init(line: Int) {
    self.line = line
  }

  /// Key and value of a line. Capitals count: they tell virsh from QEMU's monitor.
  static func entry(_ line: LogLine) -> (key: String, value: ArraySlice<UInt8>)? {
    guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")), colon - line.bytes.startIndex <= 40 else {
      return nil
    }
    let key = line.bytes[..<colon].drop { $0 == UInt8(ascii: " ") }
    return (String(decoding: key, as: UTF8.self), line.bytes[(colon + 1)...])
  }

  func has(_ key: String) -> Bool { values[key] != nil }

  mutating func set(_ key: String, _ value: ArraySlice<UInt8>) { values[key] = value }

  /// A plain number; the unit behind it is left out.
  func number(_ key: String) -> Double? {
    guard let value = values[key] else { return nil }
    var cursor = LineCursor(value)
    return cursor.number()
  }

  /// An amount with its unit, in bytes.
  func amount(_ key: String) -> Double? {
    guard let value = values[key] else { return nil }
    var cursor = LineCursor(value)
    return cursor.amount()
  }

  func words(_ key: String) -> String {
    guard let value = values[key] else { return "" }
    return String(decoding: value, as: UTF8.self).lowercased()
  }
}
