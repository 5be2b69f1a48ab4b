import EvacuationModel
import Foundation
import RunbookExport

/// Standard output for results, standard error for remarks; colour only where somebody looks.
enum Console {
  /// Prints a result. A full disk behind standard output is the user's to know, not a crash.
  static func result(_ text: String) throws(Refusal) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw Refusal(findings: [
        Finding(
          .unwritableOutput, path: "standard output", message: "could not be written",
          help: "check free space where it is redirected to")
      ])
    }
  }

  /// Prints a remark. Where that fails, nobody is left to be told.
  static func remark(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Prints findings as remarks, the worst first and otherwise in their order.
  static func remark(_ findings: [Finding]) {
    for finding in findings { remark(FindingView.text(finding, paint: .standardError) + "\n") }
  }
}

/// Colours text for a terminal, and leaves it alone everywhere else.
struct Paint {
  let isOn: Bool

  /// For standard output.
  static var standardOutput: Self { Self(isOn: isatty(STDOUT_FILENO) == 1 && mayColour) }
  /// For standard error.
  static var standardError: Self { Self(isOn: isatty(STDERR_FILENO) == 1 && mayColour) }
  /// No colour at all.
  static let none = Self(isOn: false)

  /// https://no-color.org: present and not empty means no colour.
  private static var mayColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  func good(_ text: String) -> String { painted(text, 32) }
  func warning(_ text: String) -> String { painted(text, 33) }
  func bad(_ text: String) -> String { painted(text, 31) }
  func strong(_ text: String) -> String { painted(text, 1) }
  func faint(_ text: String) -> String { painted(text, 2) }

  /// `code` selects the graphic rendition of ECMA-48: 1 bold, 2 faint, 31 to 33 red, green and yellow.
  private func painted(_ text: String, _ code: Int) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
