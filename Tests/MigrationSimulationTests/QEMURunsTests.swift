import EvacuationModel
import Foundation
import MigrationSimulation
import Quantities
import Testing

/// Sixty pre-copy migrations with QEMU 7.2 (TCG, source and destination on one machine) of a guest that writes at a
/// known rate: random or in a circle, with and without a hot set, over a shaped link or under max-bandwidth.
private struct QEMURun {
  /// What the loopback of that machine carried.
  private static let loopback = DataRate.megabytesPerSecond(850)
  /// Share of the shaped link's rate that carried guest memory.
  private static let linkShare = 0.988
  /// Share of max-bandwidth that was attained in the first pass.
  private static let limitShare = 0.994

  let cells: [String: String]

  static func all() throws -> [Self] {
    let url = try #require(
      Bundle.module.url(forResource: "qemu-precopy", withExtension: "csv", subdirectory: "Fixtures"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let names = (lines.first ?? "").split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Self(cells: Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first }))
    }
  }

  func number(_ column: String) -> Double? { cells[column].flatMap(Double.init) }

  var converged: Bool { cells["converged"] == "1" }
  var seconds: Double { (number("total_ms") ?? 0) / 1000 }
  var downtime: Double { (number("real_downtime_ms") ?? 0) / 1000 }

  func forecast() throws -> MigrationForecast {
    let wire = number("link_mbs").map { DataRate.megabytesPerSecond($0 * Self.linkShare) } ?? Self.loopback
    let touched = ByteCount.mebibytes(try #require(number("fill_mib")))
    var experiment = MigrationExperiment(
      memory: .mebibytes(try #require(number("ram_mib"))), curve: try curve(touched: touched),
      bandwidthLimit: .megabytesPerSecond(try #require(number("bw_mbs")) * Self.limitShare), wireRate: wire,
      downtimeLimit: .fixed(Duration(clampingSeconds: try #require(number("dl_ms")) / 1000)))
    experiment.timeout = Duration(clampingSeconds: try #require(number("timeout_s")))
    experiment.writing = WritePattern(isCyclic: cells["pattern"] == "seq")
    return MigrationForecaster.run(experiment.demand, bandwidth: wire)
  }

  private func curve(touched: ByteCount) throws -> DirtyCurve {
    let bytes = try #require(number("ws_mib")) * 1_048_576
    let rate = try #require(number("guest_pps_before")) * 4096
    guard bytes > 0, rate > 0 else { return DirtyCurve(classes: [], touched: touched) }
    guard let hot = number("hot_mib"), let share = number("hf") else {
      return DirtyCurve(classes: [(bytes, rate / bytes)], touched: touched)
    }
    // A share of the writes goes to the hot set, the rest to all of the working set.
    let hotBytes = hot * 1_048_576
    let everywhere = rate * (1 - share) / bytes
    return DirtyCurve(
      classes: [(hotBytes, rate * share / hotBytes + everywhere), (bytes - hotBytes, everywhere)],
      touched: touched)
  }
}

private func quantile(_ share: Double, of values: [Double]) -> Double {
  let sorted = values.sorted()
  let place = share * Double(sorted.count - 1)
  let low = Int(place)
  let high = min(low + 1, sorted.count - 1)
  return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
}

@Suite struct `Sixty measured QEMU migrations` {
  @Test func `end as forecast, all of them`() throws {
    for run in try QEMURun.all() {
      #expect(try run.forecast().completes == run.converged, "\(run.cells["id"] ?? "")")
    }
  }

  /// 0.8 and 3.2 % when this was written; a fifth more fails.
  @Test func `take what is forecast within 0.95 % in the median and 3.9 % in nine of ten`() throws {
    let errors = try QEMURun.all().filter(\.converged).map { run in
      abs((try run.forecast().duration?.seconds ?? 0) / run.seconds - 1)
    }
    #expect(errors.count == 50)
    #expect(quantile(0.5, of: errors) < 0.0095, "\(quantile(0.5, of: errors))")
    #expect(quantile(0.9, of: errors) < 0.039, "\(quantile(0.9, of: errors))")
  }

  /// 6 and 51 ms when this was written: late rounds over a shaped link vary by a slice of 50 ms.
  @Test func `pause as long as forecast within 8 ms in the median and 62 ms in nine of ten`() throws {
    let errors = try QEMURun.all().filter(\.converged).map { run in
      abs(try run.forecast().downtime.seconds - run.downtime)
    }
    #expect(quantile(0.5, of: errors) < 0.008, "\(quantile(0.5, of: errors))")
    #expect(quantile(0.9, of: errors) < 0.062, "\(quantile(0.9, of: errors))")
  }
}
