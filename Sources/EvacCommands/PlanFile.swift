import EvacuationModel
import InventoryImport

/// A plan as it was written to a file.
enum PlanFile {
  static func read(_ path: String) throws(Refusal) -> EvacuationPlan {
    let file = try InputFile(path)
    let reading = PlanReader.read(file.bytes, path: file.path)
    guard let plan = reading.value else { throw Refusal(findings: reading.findings) }
    Console.remark(reading.findings)
    return plan
  }
}
