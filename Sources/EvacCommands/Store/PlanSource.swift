import EvacuationModel
import Foundation
import InventoryImport
import PlanStore

/// A plan that is named on the command line: by a file, or by its id in the store.
enum PlanSource {
  /// The fewest digits of an id that are taken for one.
  private static let shortest = 4

  /// The plan `name`, from its file or from the store.
  static func plan(_ name: String, _ option: StoreOption) throws(Refusal) -> EvacuationPlan {
    if isFile(name) { return try PlanFile.read(name) }
    return try parsed(try stored(withID: name, in: try StoreFile.existing(option)))
  }

  /// The plan `name` as `store` has it.
  static func stored(_ name: String, in store: PlanStore) throws -> StoredPlan {
    guard isFile(name) else { return try stored(withID: name, in: store) }
    let file = try InputFile(name)
    // Also written anew, so that a file that was indented in another way is still recognised.
    for digest in [file.sha256, try PlanDocument(PlanFile.plan(in: file)).digest] {
      let found = try withStore { () throws(StoreFailure) in try store.plans(withPrefix: digest) }
      if let plan = found.first { return plan }
    }
    throw refusal(name, in: store, "the store does not have this plan", "plan again with this store")
  }

  /// The plan in `stored`.
  static func parsed(_ stored: StoredPlan) throws(Refusal) -> EvacuationPlan {
    let reading = PlanReader.read(Array(stored.text.utf8), path: "plan \(stored.record.id)")
    guard let plan = reading.value else { throw Refusal(findings: reading.findings) }
    return plan
  }

  /// Refuses a plan in whose place there is a newer one: what happens is recorded of that.
  static func refuseReplaced(_ plan: StoredPlan, in store: PlanStore) throws(Refusal) {
    let newer = try withStore { () throws(StoreFailure) in
      try store.replacement(ofPlan: plan.record.digest)
    }
    guard let newer else { return }
    throw Refusal(findings: [
      Finding(
        .planReplaced, path: store.path, place: "plan \(plan.record.id)",
        message: "plan \(newer.id) has taken its place", help: "name that one: \(newer.id)")
    ])
  }

  private static func stored(withID id: String, in store: PlanStore) throws(Refusal) -> StoredPlan {
    guard id.allSatisfy(\.isHexDigit), id.utf8.count >= shortest else {
      throw refusal(
        id, in: store, "is neither a file nor a plan's id",
        "`evac history` lists the ids; \(shortest) digits or more name one")
    }
    let found = try withStore { () throws(StoreFailure) in try store.plans(withPrefix: id) }
    guard let plan = found.first else {
      throw refusal(id, in: store, "the store has no such plan", "`evac history` lists the ids")
    }
    guard found.count == 1 else {
      throw refusal(
        id, in: store, "\(found.count) plans begin so",
        "give more digits: \(found.prefix(5).map(\.record.id).joined(separator: ", "))")
    }
    return plan
  }

  private static func isFile(_ name: String) -> Bool {
    name == "-" || FileManager.default.fileExists(atPath: name)
  }

  private static func refusal(
    _ name: String, in store: PlanStore, _ message: String, _ help: String
  ) -> Refusal {
    Refusal(findings: [
      Finding(.unknownPlan, path: store.path, place: name, message: message, help: help)
    ])
  }
}
