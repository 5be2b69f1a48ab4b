import EvacuationModel
import InventoryImport

/// A plan as it was written to a file.
enum PlanFile {
  static func read(_ path: String) throws(Refusal) -> EvacuationPlan { try plan(in: InputFile(path)) }

  static func plan(in file: InputFile) throws(Refusal) -> EvacuationPlan {
    let reading = PlanReader.read(file.bytes, path: file.path)
    guard let plan = reading.value else { throw Refusal(findings: reading.findings) }
    Console.remark(reading.findings)
    return plan
  }
}
