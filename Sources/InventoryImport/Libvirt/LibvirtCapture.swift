import EvacuationModel
import Quantities

/// What the files of one host say, each file known by its content.
struct LibvirtCapture {
  /// The folder of the files, or what stands for it.
  let folder: String
  var hostname: String?
  /// `nodeinfo`, `nodememstats` and `version`, whatever there is of them.
  var facts: [String: String] = [:]
  var capabilities: XMLElement?
  var domainCapabilities: [XMLElement] = []
  var pools: [XMLElement] = []
  /// Space left in each pool, from `pool-list --details`.
  var poolSpace: [String: ByteCount] = [:]
  /// `/proc/mounts`: where something is mounted, its device and its type.
  var mounts: [Mount] = []
  var domains: [(path: String, element: XMLElement)] = []
  var statistics: [LibvirtStatistics] = []
  /// Ids by name, from `list --all --uuid --name`.
  var ids: [String: String] = [:]
  /// What `domblkinfo` printed, by the file's name: only it says of which domain.
  var blockInfo: [(path: String, text: String)] = []
  var linkSpeeds: [DataRate] = []

  struct Mount {
    let device: String
    let target: String
    let type: String
  }

  init(folder: String) { self.folder = folder }

  /// Whether something is told of the host itself and not only of guests.
  var describesHost: Bool { hostname != nil || facts["Memory size"] != nil || capabilities != nil }

  /// Whether anything in it is of use.
  var isEmpty: Bool { !describesHost && domains.isEmpty && statistics.isEmpty && facts.isEmpty }

  /// What the host is called: its own word for it, else the folder's name.
  var name: String {
    hostname ?? folder.split(separator: "/").last.map(String.init) ?? "libvirt"
  }

  mutating func merge(_ other: Self) {
    hostname = hostname ?? other.hostname
    facts.merge(other.facts) { own, _ in own }
    capabilities = capabilities ?? other.capabilities
    domainCapabilities += other.domainCapabilities
    pools += other.pools
    poolSpace.merge(other.poolSpace) { own, _ in own }
    mounts += other.mounts
    domains += other.domains
    statistics += other.statistics
    ids.merge(other.ids) { own, _ in own }
    blockInfo += other.blockInfo
    linkSpeeds += other.linkSpeeds
  }
}
