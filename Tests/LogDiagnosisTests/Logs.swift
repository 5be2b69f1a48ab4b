import EvacuationModel
import Foundation
import LogDiagnosis

/// Logs to diagnose: those of `Fixtures`, and texts.
enum Logs {
  static func fixture(_ name: String) throws -> [UInt8] {
    let url = Bundle.module.url(forResource: "Fixtures", withExtension: nil)
    return Array(try Data(contentsOf: url.map { $0.appending(path: name) } ?? URL(fileURLWithPath: name)))
  }

  static func diagnoses(fixture name: String) throws -> [MigrationDiagnosis] {
    diagnoses(try fixture(name))
  }

  static func diagnoses(_ bytes: [UInt8]) -> [MigrationDiagnosis] {
    LogReader.read(bytes, path: "log").series.map { LogDiagnoser.diagnosis(of: $0) }
  }

  static func diagnoses(_ text: String) -> [MigrationDiagnosis] { diagnoses(Array(text.utf8)) }
}

/// Nova-compute's lines as its releases write them.
enum NovaLines {
  static func progress(
    _ seconds: Int, sent: Double, left: Double, total: Double, stamp: String = "", disk: String = ""
  ) -> String {
    "\(stamp)Migration running for \(seconds) secs, memory 5% remaining; (bytes processed=\(Int(sent)), "
      + "remaining=\(Int(left)), total=\(Int(total)))\(disk)\n"
  }

  /// `08:00:00` and so many seconds, as oslo.log prefixes it.
  static func prefix(_ seconds: Double, instance: String = "1c2d3e4f-0000-4000-8000-000000000001") -> String {
    let whole = Int(seconds)
    let parts = [8 + whole / 3600, whole / 60 % 60, whole % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let millis = Int(((seconds - Double(whole)) * 1000).rounded())
    let fraction = String(repeating: "0", count: 3 - "\(millis)".count) + "\(millis)"
    return "2026-11-20 \(parts.joined(separator: ":")).\(fraction) 7 INFO nova.virt.libvirt.driver [-] "
      + "[instance: \(instance)] "
  }
}
