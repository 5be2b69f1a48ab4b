import EvacuationModel
import Quantities

/// Which listings are missing, with the command that prints each.
enum OpenStackListings {
  static let hypervisorCommand = "openstack --os-compute-api-version 2.87 hypervisor list --long -f json"
  static let serverCommand = "openstack server list --all-projects --long -f json"
  static let flavorCommand = "openstack flavor list --all --long -f json"

  static func missing(
    hypervisors: [HypervisorRecord], hosts: [Host], hasServices: Bool, aggregates: [AggregateRecord]
  ) -> [Finding] {
    guard !hypervisors.isEmpty else {
      return [missing("no hypervisor listing was found", hypervisorCommand)]
    }
    var findings: [Finding] = []
    let unsized = hypervisors.filter { ($0.memory ?? .zero) <= .zero || $0.cpus == nil }.map(\.hostname)
    if !unsized.isEmpty {
      findings.append(
        Finding(
          .missingListing,
          message:
            "memory and CPUs of \(counted(unsized.count, "hypervisor")) not listed: \(listed(unsized.sorted())); "
            + "the API leaves them out from 2.88 on",
          help: "add the output of \(hypervisorCommand), or take total and reserved from "
            + "openstack resource provider inventory list"))
    }
    if !hasServices {
      let help = "openstack compute service list --long -f json"
      findings.append(
        missing(
          "no compute service listing was found: disabled hosts and zones may be missed", help,
          severity: .warning))
    }
    if aggregates.contains(where: { $0.hosts == nil }) {
      findings.append(
        missing(
          "an aggregate listing does not say which hosts belong to it",
          "openstack aggregate show -f json for each aggregate", severity: .warning))
    }
    return findings
  }

  static func missing(_ message: String, _ command: String, severity: Severity? = nil) -> Finding {
    Finding(.missingListing, severity: severity, message: message, help: "add the output of \(command)")
  }
}
