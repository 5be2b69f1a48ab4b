import Foundation

/// A fresh folder with copies of the examples, in which commands run as a user would type them.
///
/// The surroundings are fixed so that the same command prints the same everywhere: no terminal, no colour, one
/// language, nothing inherited but what the system needs to start a program.
public final class Workplace {
  /// The folder.
  public let folder: String
  private let executables: String

  /// A folder with `inventory/`, `policies/`, `docs/examples/` and `docs/templates/` of the package at `root`, and what
  /// `fixtures` holds.
  public init(root: String, fixtures: String? = nil) throws {
    let files = FileManager.default
    let place = files.temporaryDirectory.appending(path: "evac-\(UUID().uuidString)")
    folder = place.path
    executables = try Self.executables()
    try files.createDirectory(at: place, withIntermediateDirectories: true)
    try files.createDirectory(atPath: "\(folder)/docs", withIntermediateDirectories: false)
    for name in ["inventory", "policies", "docs/examples", "docs/templates"] {
      try files.copyItem(atPath: "\(root)/\(name)", toPath: "\(folder)/\(name)")
    }
    guard let fixtures else { return }
    for name in try files.contentsOfDirectory(atPath: fixtures).sorted() {
      try files.copyItem(atPath: "\(fixtures)/\(name)", toPath: "\(folder)/\(name)")
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Runs `command` by the shell, with the `evac` that was built beside the tests first in its path.
  public func run(_ command: String) throws -> Completion {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // A command that hangs must fail its test, not hold up the whole run.
    process.arguments = ["timeout", "120", "sh", "-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": "\(executables):/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1",
      "TERM": "dumb",
      "HOME": folder, "SWIFT_BACKTRACE": "enable=no",
      // No store but the one that a command names, and always the same night.
      "EVAC_STORE": "", "EVAC_NOW": "2026-11-21T22:00:00Z",
    ]
    process.standardInput = FileHandle.nullDevice
    // Files rather than pipes: a pipe that nobody empties stops the program.
    let output = try Capture(), error = try Capture()
    process.standardOutput = output.handle
    process.standardError = error.handle
    try process.run()
    process.waitUntilExit()
    return Completion(
      output: try output.text(), error: try error.text(), status: Int(process.terminationStatus))
  }

  /// The folder that holds the test program, and so `evac` too.
  private static func executables() throws -> String {
    guard let program = Bundle.main.executableURL else { throw CocoaError(.fileNoSuchFile) }
    let folder = program.deletingLastPathComponent().path
    guard FileManager.default.isExecutableFile(atPath: "\(folder)/evac") else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: "\(folder)/evac"])
    }
    return folder
  }
}

/// How a command ended.
public struct Completion: Hashable, Sendable {
  /// Standard output.
  public var output: String
  /// Standard error.
  public var error: String
  /// The exit status.
  public var status: Int

  /// As a transcript shows it: standard output, then standard error with its mark, then the status.
  public var lines: [String] {
    Self.lines(of: output) + Self.lines(of: error).map { $0.isEmpty ? "stderr|" : "stderr| \($0)" }
      + ["exit \(status)"]
  }

  private static func lines(of text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() } else { lines.append("(no newline at the end)") }
    return lines
  }
}

/// A file that takes what a program prints.
private struct Capture {
  let path: URL
  let handle: FileHandle

  init() throws {
    // Outside of the folder, so that no command sees it.
    path = FileManager.default.temporaryDirectory.appending(path: "evac-\(UUID().uuidString).txt")
    try Data().write(to: path)
    handle = try FileHandle(forWritingTo: path)
  }

  func text() throws -> String {
    try handle.close()
    defer { try? FileManager.default.removeItem(at: path) }
    return String(decoding: try Data(contentsOf: path), as: UTF8.self)
  }
}
