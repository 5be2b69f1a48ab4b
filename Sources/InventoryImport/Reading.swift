public import EvacuationModel

/// What came out of reading a text: the value, and everything that was noticed on the way.
public struct Reading<Value: Sendable>: Sendable {
  /// The value; `nil` exactly when one of the findings is an error.
  public let value: Value?
  /// All findings, in the order of their places.
  public let findings: [Finding]

  init(value: Value?, findings: [Finding]) {
    self.value = findings.contains { $0.severity == .error } ? nil : value
    self.findings = findings
  }
}
