import EvacuationModel
import Quantities

/// What is free where, whoever keeps the books: what the rules ask about hosts as they are now.
protocol HostRoom: Sendable {
  var cluster: Cluster { get }
  /// By host; negative where guests hold more than there is.
  var freeMemory: [ByteCount] { get }
  /// By host.
  var freeCPUs: [Int] { get }
  /// Only pools whose free space the inventory tells.
  var freeSpace: [[Datastore.ID: ByteCount]] { get }
  /// What would be left beyond `keep_free: {hosts: n}` with `vm` on `host`.
  func spareHeadroom(with vm: Int, on host: Int) -> ByteCount
  /// A member of `group` other than `vm` that is or will be in the same place as `host`.
  func member(of group: GroupIndex.Group, besides vm: Int, inPlaceOf host: Int) -> Int?
  /// A member of `group` other than `vm` that stays or has been placed, in another place than `host`.
  func member(of group: GroupIndex.Group, besides vm: Int, settledElsewhereThan host: Int) -> Int?
}
