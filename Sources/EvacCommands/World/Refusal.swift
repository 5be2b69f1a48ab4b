import ArgumentParser
import EvacuationModel

/// Ends a command because of what its input holds: the findings are shown, and nothing has been written.
struct Refusal: Error {
  let findings: [Finding]
}

/// The exit codes of the contract.
enum ExitStatus {
  /// A bug of ours.
  static let bug = ExitCode(1)
  /// Bad input; nothing was written.
  static let badInput = ExitCode(2)
  /// The plan is partial, impossible or does not fit its window.
  static let incomplete = ExitCode(3)
}
