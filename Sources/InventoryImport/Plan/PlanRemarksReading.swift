import EvacuationModel

extension PlanReader {
  static func unplaced(_ fields: Fields) -> UnplacedVirtualMachine {
    UnplacedVirtualMachine(
      vm: .init(fields.required("vm", example: "gpu-3")?.name() ?? ""),
      host: Host.ID(fields.required("host", example: "compute-01")?.name() ?? ""),
      refusals: fields.list("refusals").compactMap { value in
        value.plain { refusal in
          HostRefusal(
            host: Host.ID(refusal.text("host")), code: refusal.text("code"), message: refusal.text("message"))
        }
      }, message: fields.text("message"))
  }

  /// A finding whose code this version does not have is passed over: a newer one wrote it.
  static func finding(_ fields: Fields) -> Finding? {
    guard let code = FindingCode(rawValue: fields.text("code")) else { return nil }
    return Finding(
      code, severity: Severity(rawValue: fields.text("severity")), path: fields.text("path"),
      place: fields.text("place"), message: fields.text("message"), help: fields.text("help"))
  }
}
