import EvacuationModel
import PlanStore

/// Puts a new plan into the store.
struct PlanKeeper {
  private let store: PlanStore?
  private let isNamed: Bool

  /// Opens the store before any work is done. One that nobody named must not keep anybody from a plan: that it cannot be
  /// opened is a warning then.
  init(_ option: StoreOption, isWanted: Bool) throws(Refusal) {
    guard isWanted, let file = StoreFile.chosen(option) else {
      (store, isNamed) = (nil, false)
      return
    }
    isNamed = file.isNamed
    do throws(Refusal) {
      store = try file.open()
    } catch {
      guard !file.isNamed else { throw error }
      Self.warn(error)
      store = nil
    }
  }

  /// Keeps a plan with the `texts` that it was made from, as far as the store does not have them, and says under which id.
  func keep(_ document: PlanDocument, with texts: [StoredText], calibration: String?) throws(Refusal) {
    try keep([(document, texts)], calibration: calibration)
  }

  /// Keeps several plans, each with its texts, and says under which ids.
  func keep(
    _ documents: [(plan: PlanDocument, texts: [StoredText])], calibration: String?
  ) throws(Refusal) {
    guard let store, !documents.isEmpty else { return }
    do throws(Refusal) {
      var ids: [String] = []
      for (document, texts) in documents {
        let stored = document.stored(calibration: calibration)
        try withStore { () throws(StoreFailure) in try store.save(stored, with: texts) }
        ids.append(stored.record.id)
      }
      Console.remark("Saved as \(ids.joined(separator: ", ")).\n")
    } catch {
      guard !isNamed else { throw error }
      Self.warn(error)
    }
  }

  private static func warn(_ refusal: Refusal) {
    Console.remark(
      refusal.findings.map { finding in
        var finding = finding
        finding.severity = .warning
        finding.help += "; --no-store does without"
        return finding
      })
  }
}
