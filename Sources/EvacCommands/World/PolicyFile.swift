import EvacuationModel
import Foundation
import InventoryImport

/// A policy's file together with the calibration that it names.
struct PolicyFile {
  let file: InputFile
  /// The calibration's file, if it can be read.
  let calibrationFile: InputFile?
  let calibration: Calibration?
  /// What is wrong with the calibration.
  let findings: [Finding]

  /// Reads `path`, and the calibration beside it.
  init(_ path: String) throws(Refusal) {
    file = try InputFile(path)
    guard let name = PolicyReader.calibrationFile(in: file.bytes) else {
      (calibrationFile, calibration, findings) = (nil, nil, [])
      return
    }
    (calibrationFile, calibration, findings) = Self.calibration(
      name, beside: path, namedBy: (file.path, "calibration"))
  }

  /// The calibration `name` of the policy at `policy`, with what is wrong with it.
  static func calibration(
    _ name: String, beside policy: String, namedBy place: (path: String, place: String)
  ) -> (file: InputFile?, value: Calibration?, findings: [Finding]) {
    let neighbour = path(of: name, beside: policy)
    guard FileManager.default.fileExists(atPath: neighbour) else {
      return (
        nil, nil,
        [
          Finding(
            .unreadableFile, path: place.path, place: place.place, message: "there is no file \(neighbour)",
            help: "write it with `evac calibrate HISTORY.csv --output \(name)`, or do not name it")
        ]
      )
    }
    do throws(Refusal) {
      let file = try InputFile(neighbour)
      let reading = CalibrationReader.read(file.bytes, path: neighbour)
      return (file, reading.value, reading.findings)
    } catch {
      return (nil, nil, error.findings)
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
