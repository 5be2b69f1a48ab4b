import EvacuationModel
import Foundation
import InventoryImport

/// A policy's file together with the calibration that it names.
struct PolicyFile {
  let file: InputFile
  /// The calibration's file, if it can be read.
  let calibrationFile: InputFile?
  private let calibration: Calibration?
  /// What is wrong with the calibration.
  let findings: [Finding]

  /// Reads `path`, and the calibration beside it.
  init(_ path: String) throws(Refusal) {
    file = try InputFile(path)
    guard let name = PolicyReader.calibrationFile(in: file.bytes) else {
      (calibrationFile, calibration, findings) = (nil, nil, [])
      return
    }
    let neighbour = Self.path(of: name, beside: path)
    guard FileManager.default.fileExists(atPath: neighbour) else {
      (calibrationFile, calibration) = (nil, nil)
      findings = [
        Finding(
          .unreadableFile, path: file.path, place: "calibration", message: "there is no file \(neighbour)",
          help: "write it with `evac calibrate HISTORY.csv --output \(name)`, or remove the line")
      ]
      return
    }
    do throws(Refusal) {
      let file = try InputFile(neighbour)
      let reading = CalibrationReader.read(file.bytes, path: neighbour)
      (calibrationFile, calibration, findings) = (file, reading.value, reading.findings)
    } catch {
      (calibrationFile, calibration, findings) = (nil, nil, error.findings)
    }
  }

  /// The policy for `platform`, with the findings of both files.
  func read(
    platform: Platform, release: PlatformRelease?, transport: String? = nil
  ) -> (policy: EffectivePolicy?, findings: [Finding]) {
    let reading = PolicyReader.read(
      file.bytes, path: file.path, platform: platform, release: release, calibration: calibration,
      transport: transport)
    let isBad = findings.contains { $0.severity == .error }
    return (isBad ? nil : reading.value, reading.findings + findings)
  }

  /// A calibration's path is relative to the policy's folder.
  private static func path(of name: String, beside policy: String) -> String {
    guard !name.hasPrefix("/"), policy != "-" else { return name }
    let folder = (policy as NSString).deletingLastPathComponent
    return (folder as NSString).appendingPathComponent(name)
  }
}
