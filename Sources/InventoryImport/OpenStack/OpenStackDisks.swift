import EvacuationModel
import Quantities

/// The disks of a server: what its flavor gives it and the volumes attached to it.
struct OpenStackDisks {
  /// The pool of disks that Nova keeps itself.
  static let ephemeral = Datastore.ID("ephemeral")
  /// The pool of Cinder volumes.
  static let volumes = Datastore.ID("volumes")
  /// What a disk of unknown size counts as.
  static let unknownSize = ByteCount.gibibytes(1)

  private(set) var disks: [VirtualDisk] = []
  /// Volumes whose size no file tells.
  private(set) var unsizedVolumes = 0
  /// Whether the flavor leaves the root disk's size to the image.
  private(set) var hasUnsizedRoot = false

  init(_ server: ServerRecord, flavor: FlavorRecord, volumeSizes: [String: ByteCount]) {
    let attached = server.volumes ?? []
    let bootsFromVolume = server.bootsFromVolume ?? !attached.isEmpty
    if bootsFromVolume {
      attach(attached.first ?? "", volumeSizes)
    } else {
      hasUnsizedRoot = (flavor.rootDisk ?? .zero) == .zero
      add(Self.ephemeral, hasUnsizedRoot ? Self.unknownSize : flavor.rootDisk ?? Self.unknownSize)
    }
    if let size = flavor.ephemeralDisk, size > .zero { add(Self.ephemeral, size) }
    if let size = flavor.swap, size > .zero { add(Self.ephemeral, size) }
    for id in bootsFromVolume ? attached.dropFirst() : attached[...] { attach(id, volumeSizes) }
  }

  private mutating func attach(_ id: String, _ sizes: [String: ByteCount]) {
    if sizes[id] == nil { unsizedVolumes += 1 }
    add(Self.volumes, sizes[id] ?? Self.unknownSize)
  }

  private mutating func add(_ pool: Datastore.ID, _ size: ByteCount) {
    disks.append(VirtualDisk(name: Self.deviceName(disks.count), datastore: pool, size: size))
  }

  /// vda … vdz, vdaa …: the order in which Nova gives them to virtio disks.
  static func deviceName(_ index: Int) -> String {
    var letters = ""
    var rest = index
    repeat {
      letters = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    return "vd\(letters)"
  }

  /// The size of each volume, by id.
  static func volumeSizes(_ records: [OpenStackRecord]) -> [String: ByteCount] {
    var sizes: [String: ByteCount] = [:]
    for record in records {
      guard let id = record.fields.text("ID", "id"), sizes[id] == nil else { continue }
      sizes[id] = record.fields.gibibytes("Size", "size")
    }
    return sizes
  }
}
