import EvacuationModel
import Quantities

/// The volumes of an instance as disks.
struct KubeVirtVolumes {
  /// What lives in the launcher's pod; KubeVirt copies it (BlockMigration).
  static let ephemeral = Datastore.ID("ephemeral")

  private(set) var disks: [VirtualDisk] = []
  private(set) var kinds: [Datastore.ID: Datastore.Kind] = [:]
  /// Disks whose size nothing tells.
  private(set) var unsized: [String] = []
  /// Disks whose claim was not found.
  private(set) var unknown: [String] = []

  /// `claims` are the cluster's PersistentVolumeClaims by namespace and name.
  init(_ instance: KubernetesObject, claims: [String: KubernetesObject]) {
    let states = instance.at("status", "volumeStatus")?.elements ?? []
    for volume in instance.at("spec", "volumes")?.elements ?? [] {
      let name = volume.text("name") ?? "disk"
      let state = states.first { $0.text("name") == name }
      let target = state?.text("target") ?? name
      let claim = volume.at("persistentVolumeClaim", "claimName") ?? volume.at("dataVolume", "name")
      if let claim = claim?.text {
        addClaim(target, state: state, claim: claims["\(instance.namespace)/\(claim)"])
      } else if volume.has("containerDisk", "emptyDisk", "ephemeral", "hostDisk") {
        let size =
          state?.bytes("size") ?? volume.at("emptyDisk", "capacity")?.quantityBytes
          ?? volume.at("hostDisk", "capacity")?.quantityBytes
        add(target, Self.ephemeral, .local, size: size)
      }
    }
  }

  private mutating func addClaim(_ target: String, state: JSONValue?, claim: KubernetesObject?) {
    let info = state?.first(["persistentVolumeClaimInfo"])
    let modes =
      info?.texts("accessModes") ?? claim?.at("status", "accessModes")?.elements?.compactMap(\.text)
      ?? claim?.at("spec", "accessModes")?.elements?.compactMap(\.text)
    if modes == nil { unknown.append(target) }
    let isShared = modes?.contains("ReadWriteMany") == true
    let size =
      (info?.at("capacity", "storage") ?? claim?.at("status", "capacity", "storage")
      ?? info?.at("requests", "storage") ?? claim?.at("spec", "resources", "requests", "storage"))?
      .quantityBytes
    let mode = isShared ? "ReadWriteMany" : modes?.first ?? "ReadWriteOnce"
    let name = claim?.at("spec", "storageClassName")?.text.map { isShared ? $0 : "\($0) \(mode)" } ?? mode
    add(target, Datastore.ID(name), isShared ? .shared : .local, size: size)
  }

  private mutating func add(_ target: String, _ pool: Datastore.ID, _ kind: Datastore.Kind, size: ByteCount?)
  {
    if size == nil { unsized.append(target) }
    kinds[pool] = kind
    disks.append(VirtualDisk(name: target, datastore: pool, size: size ?? ImportDefaults.diskSize))
  }
}
