import EvacuationModel

/// What importers say alike.
enum ListingFindings {
  /// A file that cannot be used, in a folder where others can.
  static func unknown(_ path: String, _ message: String, help: String) -> Finding {
    Finding(.unknownContent, severity: .note, path: path, message: message, help: help)
  }

  /// A file that begins like JSON and is none; `nil` if it does not even begin so.
  static func brokenJSON(_ path: String, _ bytes: [UInt8], help: String) -> Finding? {
    let first = bytes.first { !SourceText.isSpace($0) && !SourceText.byteOrderMark.contains($0) }
    guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else { return nil }
    // `[` begins sections of configuration files, too; JSON goes on behind it.
    let text = bytes.drop { $0 != first }.dropFirst().first { !SourceText.isSpace($0) }
    guard let text, "{[\"]}".utf8.contains(text) else { return nil }
    return Finding(
      .syntax, severity: .warning, path: path,
      message: "looks like JSON and cannot be read to its end; nothing of it was used", help: help)
  }

  /// Guests that the platform does not migrate as they are.
  static func notReady(_ names: [String], _ why: String, help: String) -> [Finding] {
    guard !names.isEmpty else { return [] }
    return [
      Finding(
        .guestNotReady, message: "\(counted(names.count, "VM")) \(why): \(listed(names.sorted()))", help: help
      )
    ]
  }
}
