import EvacuationModel
import Foundation
import InventoryImport
import Testing

/// Captures of the real client and API in `Fixtures/openstack`.
enum OpenStackFixtures {
  /// What the command-line client prints for a small cloud, hypervisors at microversion 2.87.
  static let client = [
    "hypervisor-list-long-2.87.json", "server-list-long.json", "flavor-list-long.json",
    "server-group-list.json", "aggregate-list-long.json", "compute-service-list-disabled.json",
  ]
  /// The same cloud as the compute API tells it at its latest microversion but 2.53 for hypervisors.
  static let api = [
    "api-os-hypervisors-detail-2.53.json", "api-servers-detail.json", "api-os-server-groups.json",
    "api-os-aggregates.json", "api-os-services.json",
  ]

  static func files(_ names: [String]) throws -> [(path: String, bytes: [UInt8])] {
    try names.map { name in
      let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures/openstack/\(name)")
      return (name, Array(try Data(contentsOf: url)))
    }
  }

  static func everyFile() throws -> [(path: String, bytes: [UInt8])] {
    let folder = Bundle.module.bundleURL.appendingPathComponent("Fixtures/openstack")
    return try files(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
  }

  /// What the import makes of fixture files.
  static func read(_ names: [String]) throws -> ImportedPicture {
    OpenStackImport.picture(from: try files(names), name: "cloud")
  }

  /// What the import makes of JSON texts, named by their place in the list.
  static func read(json texts: [String]) -> ImportedPicture {
    let files = texts.enumerated().map { (path: "\($0.offset).json", bytes: Array($0.element.utf8)) }
    return OpenStackImport.picture(from: files, name: "cloud")
  }
}

/// A cloud of one or two hosts in the client's own JSON, to be varied by a test.
enum SmallCloud {
  static let hypervisors = """
    [{"ID": "h1", "Hypervisor Hostname": "cmp-1", "Hypervisor Type": "QEMU", "State": "up",
      "vCPUs": 16, "Memory MB": 65536},
     {"ID": "h2", "Hypervisor Hostname": "cmp-2", "Hypervisor Type": "QEMU", "State": "up",
      "vCPUs": 16, "Memory MB": 65536}]
    """
  static let services = """
    [{"ID": "s1", "Binary": "nova-compute", "Host": "cmp-1", "Zone": "az1", "Status": "enabled",
      "State": "up", "Updated At": "2026-11-21T06:07:02.046428"},
     {"ID": "s2", "Binary": "nova-compute", "Host": "cmp-2", "Zone": "az1", "Status": "enabled",
      "State": "up", "Updated At": "2026-11-21T06:07:03.000000"}]
    """

  /// A server in the form of the API, with `fields` added to it and `flavor` to its flavor.
  static func server(_ id: String, _ fields: String = "", flavor: String = "") -> String {
    let flavor = flavor.isEmpty ? "" : ", \(flavor)"
    let fields = fields.isEmpty ? "" : ", \(fields)"
    return """
      {"id": "\(id)", "name": "web", "status": "ACTIVE", "OS-EXT-SRV-ATTR:host": "cmp-1",
       "OS-EXT-AZ:availability_zone": "az1", "image": {"id": "i1"},
       "flavor": {"original_name": "f", "vcpus": 2, "ram": 4096, "disk": 20, "ephemeral": 0, "swap": 0\(flavor)}
       \(fields)}
      """
  }

  static func read(servers: [String], _ more: [String] = []) -> ImportedPicture {
    OpenStackFixtures.read(
      json: [hypervisors, services, "{\"servers\": [\(servers.joined(separator: ","))]}"] + more)
  }
}
