import EvacuationModel

extension PlanReader {
  static func unplaced(_ fields: Fields) -> UnplacedVirtualMachine {
    UnplacedVirtualMachine(
      vm: .init(fields.required("vm", example: "gpu-3")?.name() ?? ""),
      platformID: fields["id"]?.string(),
      host: Host.ID(fields.required("host", example: "compute-01")?.name() ?? ""),
      refusals: fields.list("refusals").compactMap { value in
        value.plain { refusal in
          HostRefusal(
            host: Host.ID(refusal.text("host")), code: refusal.text("code"), message: refusal.text("message"))
        }
      }, message: fields.text("message"),
      postponed: Postponement.Cause(rawValue: fields.text("postponed")))
  }

  /// A proof about a resource that this version does not have is passed over: a newer one wrote it.
  static func shortfall(_ fields: Fields) -> Shortfall? {
    guard let resource = Shortfall.Resource(rawValue: fields.text("resource")) else { return nil }
    func amount(_ key: String) -> Int64 { Int64(exactly: (fields[key]?.number() ?? 0).rounded()) ?? .max }
    return Shortfall(
      resource: resource, shortBy: amount("short_by"), needed: amount("needed"),
      available: amount("available"), hosts: fields["hosts"]?.strings().map { Host.ID($0) } ?? [],
      vms: fields["vms"]?.strings().map { VirtualMachine.ID($0) } ?? [], message: fields.text("message"))
  }

  /// A finding whose code this version does not have is passed over: a newer one wrote it.
  static func finding(_ fields: Fields) -> Finding? {
    guard let code = FindingCode(rawValue: fields.text("code")) else { return nil }
    return Finding(
      code, severity: Severity(rawValue: fields.text("severity")), path: fields.text("path"),
      place: fields.text("place"), message: fields.text("message"), help: fields.text("help"))
  }
}
