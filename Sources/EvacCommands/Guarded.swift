import ArgumentParser
import EvacuationModel
import RunbookExport

/// Runs a command's body and turns a refusal into findings and exit status 2.
///
/// With `json` the findings are the one document on standard output; otherwise they are remarks.
func guarded(json: Bool, _ body: () async throws -> Void) async throws {
  do {
    try await body()
  } catch let refusal as Refusal {
    if json { try? Console.result(FindingsJSON.encode(refusal.findings)) }
    Console.remark(refusal.findings)
    throw ExitStatus.badInput
  }
}
