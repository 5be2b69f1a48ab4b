import EvacuationModel
import PlanStore
import RunbookExport

/// A plan with its one written form: what is kept, written to a file and shown as JSON is the same byte for byte.
struct PlanDocument {
  let plan: EvacuationPlan
  let text: String

  init(_ plan: EvacuationPlan) throws {
    self.plan = plan
    text = try PlanJSON.encode(plan)
  }

  /// What a store knows it by.
  var digest: String { Digest.sha256(Array(text.utf8)) }

  /// What people call it: enough of the digest to be the only one.
  var id: String { String(digest.prefix(12)) }

  /// As a store keeps it from now on.
  func stored(calibration: String?) -> StoredPlan {
    StoredPlan(plan, text: text, digest: digest, createdAt: WallClock.now, calibration: calibration)
  }

  /// Writes it to `output`, shows its JSON or what `view` makes of it, and leaves with a status of its own if it does not do
  /// all that was asked.
  func deliver(to output: String?, json: Bool, view: () throws -> String) throws {
    if let output { try OutputFile.write(text, to: output) }
    try Console.result(json ? text : try view())
    if plan.completeness != .complete || plan.summary.fitsWindow == false { throw ExitStatus.incomplete }
  }
}
