public import EvacuationModel
import Quantities

/// What no platform tells, from somebody who knows: joined to an inventory by id, else by name and host, else by name.
public struct Overlay: Sendable {
  /// What is said of guests.
  struct Guest: Sendable {
    var id: String?
    var name: String?
    var host: String?
    var intensity: WriteIntensity?
    var dirtyRates: [DirtyRateMeasurement] = []
    var writeRate: DataRate?
    var workingSet: ByteCount?
    var cpuUse: Ratio?
    var touched: ByteCount?
    /// By the disk's name; `""`: all of them together, of which the largest is taken to be written.
    var diskWriteRates: [String: DataRate] = [:]
    var diskUse: [String: ByteCount] = [:]
    var isShared: Bool?
    var devices: [AttachedDevice] = []
    var labels: [(String, String)] = []
    var bandwidthLimit: DataRate?
    /// Where it is said.
    var place = ""

    /// How it is called in messages.
    var subject: String { name ?? id ?? "a guest" }
  }

  /// What is said of hosts, by a pattern as `--rolling` takes it.
  struct HostEntry: Sendable {
    var pattern: HostPattern
    var bandwidth: DataRate?
    var reservedMemory: ByteCount?
    /// Whether the disks that hosts keep themselves are shared among them.
    var isShared: Bool?
    var zone: String?
    var rack: String?
    var labels: [(String, String)] = []
    var place = ""
  }

  var path = ""
  var guests: [Guest] = []
  var hosts: [HostEntry] = []
  var datastores: [Datastore] = []

  /// Reads an overlay: evac's own YAML or JSON, CSV with the columns of `docs/import.md`, or what Prometheus answered.
  /// There is none when a finding is an error.
  public static func read(_ bytes: [UInt8], path: String) -> (overlay: Overlay?, findings: [Finding]) {
    var (overlay, findings) = content(bytes, path: path)
    overlay?.path = path
    return (findings.contains { $0.severity == .error } ? nil : overlay, findings)
  }

  private static func content(_ bytes: [UInt8], path: String) -> (Overlay?, [Finding]) {
    let text = ListingTable.text(bytes)
    if let answer = PrometheusAnswer(bytes, text: text) {
      return answer.overlay(path: path)
    }
    if OverlayTable.looksLikeTable(text) { return OverlayTable.read(bytes, path: path) }
    let reading = SourceReader.read(bytes, path: path) { OverlayReader.read($0) }
    return (reading.value, reading.findings)
  }
}
