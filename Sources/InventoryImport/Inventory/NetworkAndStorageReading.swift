import EvacuationModel
import Quantities

extension InventoryReader {
  static func link(_ fields: Fields) -> MigrationLink {
    MigrationLink(
      id: MigrationLink.ID(fields.required("name", example: "rack-a-uplink")?.name() ?? ""),
      bandwidth: fields.required("bandwidth", example: "40 Gbit/s")?.positive() ?? .zero)
  }

  static func pool(_ fields: Fields) -> Datastore {
    Datastore(
      id: Datastore.ID(fields.required("name", example: "ceph-vms")?.name() ?? ""),
      kind: fields.required("kind", example: "shared")?.choice() ?? .shared,
      read: fields["read"]?.positive(), write: fields["write"]?.positive())
  }
}
