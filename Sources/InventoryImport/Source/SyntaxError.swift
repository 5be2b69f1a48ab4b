import EvacuationModel

/// Why a text has no structure at all.
struct SyntaxError: Error, Hashable {
  /// Where, if that is known.
  enum Place: Hashable {
    case offset(Int)
    case position(SourceDocument.Position)
    case whole
  }

  var code = FindingCode.syntax
  var place: Place
  var message: String
  var help: String

  /// The finding, with an offset turned into line and column of `bytes`.
  func finding(path: String, bytes: [UInt8]) -> Finding {
    let text: String
    switch place {
    case .offset(let offset):
      var cursor = PositionCursor()
      text = cursor.position(of: offset, in: bytes).text
    case .position(let position): text = position.text
    case .whole: text = ""
    }
    return Finding(code, path: path, place: text, message: message, help: help)
  }
}
