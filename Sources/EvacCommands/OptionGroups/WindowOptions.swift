import ArgumentParser
import EvacuationModel
import InventoryImport
import Quantities

/// The maintenance window.
struct WindowOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How long there is, such as 4h or \"90 min\".", valueName: "time"))
  var window: String?

  @Option(help: ArgumentHelp("When the window opens, ISO 8601 with a zone.", valueName: "instant"))
  var start: String?

  @Option(help: ArgumentHelp("When the window closes, ISO 8601 with a zone.", valueName: "instant"))
  var end: String?

  /// The window over `policy`'s own, or what is wrong with the options.
  func resolved(over policy: MaintenanceWindow) throws(Refusal) -> MaintenanceWindow {
    var result = policy
    var findings: [Finding] = []
    let opens = instant(start, option: "--start", &findings)
    let closes = instant(end, option: "--end", &findings)
    if let window { result.duration = duration(window, &findings) }
    if let opens { result.start = opens }
    if let closes {
      if window != nil {
        findings.append(Self.bad("--window and --end are both given", help: "give one of them"))
      } else if let from = result.start, closes > from {
        result.duration = Duration(clampingSeconds: closes.secondsSince1970 - from.secondsSince1970)
      } else {
        findings.append(
          Self.bad("--end needs an earlier --start", help: "give --start, or --window for a duration alone"))
      }
    }
    guard findings.isEmpty else { throw Refusal(findings: findings) }
    return result
  }

  /// `4h` as well as `4 h`: on a command line blanks are a nuisance.
  private func duration(_ text: String, _ findings: inout [Finding]) -> Duration? {
    do throws(QuantityError) {
      return try Duration(parsing: text)
    } catch {
      findings.append(
        Finding(.badQuantity, path: "--window", message: error.message, help: error.remedy))
      return nil
    }
  }

  private func instant(_ text: String?, option: String, _ findings: inout [Finding]) -> Instant? {
    guard let text else { return nil }
    if let instant = Instant(iso8601: text) { return instant }
    findings.append(
      Finding(
        .badQuantity, path: option, message: "\"\(text)\" is not a moment with its zone",
        help: "write it as in 2026-12-05T22:00:00+01:00"))
    return nil
  }

  private static func bad(_ message: String, help: String) -> Finding {
    Finding(.badRequest, path: "command line", message: message, help: help)
  }
}
