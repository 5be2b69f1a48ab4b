public import Quantities

/// What somebody says became of a step, before it is held against the plan and what was recorded before.
public struct ReportedOutcome: Hashable, Sendable {
  /// Which step.
  public var step: PlannedMigration.ID
  /// What became of it.
  public var result: RecordedOutcome.Result
  /// How long it took, or ran until it failed.
  public var took: Duration?
  /// How long the transfer alone took.
  public var transfer: Duration?
  /// How long the guest did not run.
  public var downtime: Duration?
  /// What crossed the network.
  public var transferred: ByteCount?
  /// When it was so, if that was said.
  public var at: Instant?
  /// What else was said.
  public var note: String
  /// Where it was said: a file or an option, for findings.
  public var path: String
  /// Where in the file.
  public var place: String

  /// A report.
  public init(
    step: PlannedMigration.ID, result: RecordedOutcome.Result, took: Duration? = nil,
    transfer: Duration? = nil, downtime: Duration? = nil, transferred: ByteCount? = nil, at: Instant? = nil,
    note: String = "",
    path: String, place: String = ""
  ) {
    self.step = step
    self.result = result
    self.took = took
    self.transfer = transfer
    self.downtime = downtime
    self.transferred = transferred
    self.at = at
    self.note = note
    self.path = path
    self.place = place
  }

  /// The outcome, at `now` where no time was said.
  public func recorded(now: Instant) -> RecordedOutcome {
    RecordedOutcome(
      step: step, result: result, took: took, transfer: transfer, downtime: downtime,
      transferred: transferred, at: at ?? now,
      note: note)
  }
}
