import Foundation
import Glibc

/// A run of `evac` on the store of one folder.
struct Command {
  /// The program and the folder it runs in.
  let evac: String
  let folder: String

  /// How it ended; `status` is `nil` where it was killed.
  struct Result {
    var status: Int32?
    var output: String
    var error: String
  }

  /// Runs it to its end, or for `seconds` and then kills it with a signal that no program can catch.
  func run(_ arguments: [String], killAfter seconds: Double? = nil) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: evac)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["EVAC_STORE": "\(folder)/plans.sqlite", "HOME": folder, "PATH": "/usr/bin:/bin"]
    process.standardInput = FileHandle.nullDevice
    // Files, because a killed program's pipe may be gone with what it has said.
    let output = "\(folder)/\(UUID().uuidString).out", error = "\(folder)/\(UUID().uuidString).err"
    for path in [output, error] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    defer {
      for path in [output, error] { try? FileManager.default.removeItem(atPath: path) }
    }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: error))
    try process.run()
    if let seconds {
      Thread.sleep(forTimeInterval: seconds)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : nil,
      output: try String(contentsOfFile: output, encoding: .utf8),
      error: try String(contentsOfFile: error, encoding: .utf8))
  }
}

/// Something that must not have happened.
struct Violation: Error, CustomStringConvertible {
  let description: String
}

/// Prints a line at once: whoever redirects this wants to see how far it has got.
func say(_ line: String) {
  try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
}
