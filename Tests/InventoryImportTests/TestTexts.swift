import EvacuationModel
import Foundation
import InventoryImport

/// The bytes of a file in Fixtures.
func fixture(_ name: String) throws -> [UInt8] {
  let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures").appendingPathComponent(name)
  return [UInt8](try Data(contentsOf: url))
}

/// Every finding as it is printed.
func printed(_ findings: [Finding]) -> String {
  findings.map(\.description).joined(separator: "\n")
}

/// What reading `text` as an inventory finds.
func inventoryFindings(_ text: String) -> String {
  printed(InventoryReader.read([UInt8](text.utf8), path: "x.yaml").findings)
}

/// An inventory with one host, one guest and whatever is added.
func small(
  host: String = "", guest: String = "workload: { write_intensity: low }", more: String = ""
) -> String {
  """
  format: evac.inventory/1
  name: small
  storage: [{ name: ceph, kind: shared }, { name: ssd, kind: local }]
  hosts:
    - { name: a, cpus: 8, memory: 64 GiB, migration_bandwidth: 10 Gbit/s, storage: [ceph], \(host) }
    - { name: b, cpus: 8, memory: 64 GiB, migration_bandwidth: 10 Gbit/s, storage: [ceph] }
  vms:
    - { name: web, host: a, vcpus: 2, memory: 4 GiB, \(guest) }
  \(more)
  """
}
