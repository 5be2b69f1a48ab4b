public import EvacuationModel

/// Findings as a document of their own.
public enum FindingsJSON {
  /// `{"format": "evac.findings/1", "findings": [...]}` in the order given.
  public static func encode(_ findings: [Finding]) throws -> String {
    try JSONText.write(Document(findings: findings.map(FindingObject.init)))
  }

  private struct Document: Encodable {
    let format = "evac.findings/1"
    let findings: [FindingObject]
  }
}

/// A finding, as in plans and findings documents.
struct FindingObject: Encodable {
  let code: String
  let severity: String
  let path: String
  let place: String
  let message: String
  let help: String

  init(_ finding: Finding) {
    code = finding.code.rawValue
    severity = finding.severity.rawValue
    path = finding.path
    place = finding.place
    message = finding.message
    help = finding.help
  }
}
