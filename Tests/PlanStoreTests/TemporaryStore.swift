import EvacTestSupport
import EvacuationModel
import Foundation
import Quantities

@testable import PlanStore

/// A folder of its own for each test, with a store in it.
final class TemporaryStore {
  let folder: String

  init() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "evac-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    folder = place.path
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var path: String { "\(folder)/store.sqlite" }

  func open() throws -> PlanStore { try PlanStore(path: path) }
}

extension StoredPlan {
  /// The plan of `PlanBuilder.small` as a store keeps it; plans of different `number` are different ones.
  static func small(_ number: Int = 0) -> Self {
    var plan = PlanBuilder.small.plan()
    plan.inventory.sha256 = StoredText.inventory.digest
    plan.policy.sha256 = StoredText.policy.digest
    plan.request.seed = UInt64(number)
    let digits = String(number, radix: 16)
    return Self(
      plan, text: "plan \(number) \"with\" ünusual\ttext\n",
      digest: digits + String(repeating: "e", count: 64 - digits.count),
      createdAt: Instant(secondsSince1970: 1_800_000_000 + Double(number)))
  }
}

extension StoredText {
  static let inventory = Self(kind: .inventory, digest: String(repeating: "1", count: 64), text: "hosts\n")
  static let policy = Self(kind: .policy, digest: String(repeating: "2", count: 64), text: "")
}

extension RecordedOutcome {
  static func done(_ step: String, took seconds: Double = 41) -> Self {
    Self(
      step: PlannedMigration.ID(step), result: .done, took: .seconds(seconds),
      at: Instant(secondsSince1970: 1_800_000_000.25, utcOffsetSeconds: 3600), note: "as seen")
  }

  static func failed(_ step: String) -> Self {
    Self(
      step: PlannedMigration.ID(step), result: .failed(reason: "no room\nat all", kind: .noRoom),
      downtime: .milliseconds(12), transferred: .gibibytes(3), at: Instant(secondsSince1970: 1_800_000_001))
  }
}

/// The code of what `body` refuses; `nil` where it does not.
func refusal(_ body: () throws -> Void) -> FindingCode? {
  do {
    try body()
    return nil
  } catch let failure as StoreFailure {
    return failure.finding.code
  } catch {
    return nil
  }
}
