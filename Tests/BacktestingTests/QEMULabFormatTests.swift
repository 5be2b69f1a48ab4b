import Backtesting
import Testing

/// What may be off in one part of the QEMU laboratory. Bounds are the errors reached on these rows, and a fifth.
struct LabTarget: Sendable, CustomTestStringConvertible {
  let groups: [String]
  var input = DirtyInput.true
  let median: Double
  let p90: Double
  var wrong = 0
  /// Milliseconds of the pause.
  var pause: (median: Double, p90: Double)?

  var testDescription: String { "\(groups.joined(separator: " and ")), \(input) writes" }
}

/// Migrations of QEMU 7.2 with a guest that writes as it is told. Each file is the given half of its set, with the
/// columns that are read.
@Suite struct `QEMU's migrations in the laboratory` {
  private static let targets = [
    LabTarget(groups: ["precopy", "precopy-link"], median: 0.0092, p90: 0.033, pause: (7.2, 47)),
    LabTarget(
      groups: ["precopy", "precopy-link"], input: .measured, median: 0.024, p90: 0.077, wrong: 2,
      pause: (8.4, 48)),
    LabTarget(groups: ["burst"], median: 0.032, p90: 0.058),
    LabTarget(groups: ["multifd"], median: 0.016, p90: 0.035),
    LabTarget(groups: ["xbzrle"], median: 0.025, p90: 0.037),
    LabTarget(groups: ["postcopy"], median: 0.026, p90: 0.075),
    LabTarget(groups: ["autoconv-closed", "autoconv-open"], median: 0.031, p90: 0.083),
  ]

  @Test(arguments: targets)
  func `take and pause as measured`(target: LabTarget) throws {
    let text = try Fixture.text("lab-memory")
    let backtest = try Backtest(text: text, format: .qemuLab, dirtyInput: target.input)
    let errors = GroupErrors(
      group: "", cases: backtest.cases.filter { target.groups.contains($0.group) })
    #expect(errors.outcomes.wrong <= target.wrong)
    #expect(try #require(errors.medianAbsoluteError) < target.median)
    #expect(try #require(errors.p90AbsoluteError) < target.p90)
    guard let pause = target.pause else { return }
    #expect(try #require(errors.downtimeMedianErrorSeconds) < pause.median / 1000)
    #expect(try #require(errors.downtimeP90ErrorSeconds) < pause.p90 / 1000)
  }

  @Test func `with disks take as measured`() throws {
    let errors = try Fixture.backtest("lab-disks", .qemuLabBlock).all
    #expect(errors.outcomes.wrong == 0)
    #expect(try #require(errors.medianAbsoluteError) < 0.024)
    #expect(try #require(errors.p90AbsoluteError) < 0.089)
  }

  @Test(arguments: [("makespan", 0.006, 0.024), ("single", 0.023, 0.085)])
  func `over one link take as measured`(group: String, median: Double, p90: Double) throws {
    let backtest = try Fixture.backtest("lab-together", .qemuLabConcurrent)
    let errors = GroupErrors(group: group, cases: backtest.cases.filter { $0.group == group })
    #expect(errors.outcomes.wrong == 0)
    #expect(try #require(errors.medianAbsoluteError) < median)
    #expect(try #require(errors.p90AbsoluteError) < p90)
  }

  @Test func `are read from the list of sets as well, with and without the list of guests beside it`() throws
  {
    let told = try Fixture.backtest("lab-sets", .qemuLabConcurrent, companion: "lab-together").all
    let guessed = try Fixture.backtest("lab-sets", .qemuLabConcurrent).all
    #expect(told.count == 12 && guessed.count == 12)
    #expect(try #require(told.p90AbsoluteError) < 0.024)
    #expect(try #require(guessed.p90AbsoluteError) < 0.03)
  }

  @Test(arguments: [
    ("lab-memory", BacktestFormat.qemuLab, DirtyInput.true), ("lab-memory", .qemuLab, .measured),
    ("lab-disks", .qemuLabBlock, .true), ("lab-together", .qemuLabConcurrent, .true),
  ])
  func `lie inside the band in three quarters of cases or more`(
    name: String, format: BacktestFormat, input: DirtyInput
  ) throws {
    let inside = try Backtest(text: Fixture.text(name), format: format, dirtyInput: input).all.insideBand
    #expect((0.75...0.9).contains(try #require(inside)))
  }

  @Test(arguments: [
    ("lab-memory", BacktestFormat.qemuLab), ("lab-disks", .qemuLabBlock),
    ("lab-together", .qemuLabConcurrent),
    ("lab-sets", .qemuLabConcurrent),
  ])
  func `with absurd numbers are forecast or left out, and crash nothing`(
    name: String, format: BacktestFormat
  ) throws {
    let lines = try Fixture.text(name).split(separator: "\n")
    let columns = lines.first?.split(separator: ",").count ?? 0
    for absurd in ["", "1e300", "-7", "0", "nan", "inf", "\u{FFFD}", "99999999999999999999"] {
      let row = Array(repeating: absurd.isEmpty ? "\"\"" : absurd, count: columns).joined(separator: ",")
      let backtest = try Backtest(text: "\(lines[0])\n\(row)\n", format: format)
      #expect(backtest.cases.count + backtest.skipped.count >= 1)
    }
  }
}
