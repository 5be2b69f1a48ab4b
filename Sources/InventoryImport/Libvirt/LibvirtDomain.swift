import EvacuationModel
import Quantities

/// A domain as `virsh dumpxml` and `virsh domstats` tell it.
struct LibvirtDomain {
  let name: String
  let id: String?
  let path: String
  /// What Nova calls it, and who owns it, where Nova made it.
  let novaName: String?
  let state: PowerState
  let vcpus: Int?
  let memory: ByteCount?
  let touched: ByteCount?
  let processor: XMLElement?
  let labels: [(String, String)]
  let devices: [AttachedDevice]
  let disks: [XMLElement]
  /// Statistics by age, the oldest first.
  let statistics: [LibvirtStatistics]
  /// Whether its definition was there and not only its statistics.
  let isDefined: Bool

  /// The domain that `element` defines.
  init(_ element: XMLElement, path: String, statistics: [LibvirtStatistics]) {
    name = element.text("name") ?? element.text("uuid") ?? "unnamed"
    id = element.text("uuid")
    self.path = path
    self.statistics = statistics
    isDefined = true
    novaName = element.text("metadata", "instance", "name")
    state = Self.state(statistics, isActive: element["id"] != nil)
    let count = element.first("vcpu")
    vcpus = (count?["current"] ?? count?.text).flatMap { Int($0) }.flatMap {
      (1...1_000_000).contains($0) ? $0 : nil
    }
    memory =
      Self.memory(element.first("memory"))
      ?? statistics.lazy.compactMap { $0.amount("balloon.maximum", unit: 1024) }.first
    let pages = element.first("memoryBacking", "hugepages")
    // The resident set leaves huge pages out.
    touched = pages == nil ? Self.touched(statistics) : nil
    processor = element.first("cpu")
    devices = LibvirtDevices.devices(of: element)
    disks = element.first("devices")?.all("disk") ?? []
    labels = Self.labels(element)
  }

  /// A domain of which only the statistics are known.
  init(_ statistics: [LibvirtStatistics], named name: String, id: String?, path: String) {
    self.name = name
    self.id = id
    self.path = path
    self.statistics = statistics
    isDefined = false
    novaName = nil
    state = Self.state(statistics, isActive: false)
    let last = statistics.last
    let count = last?.number("vcpu.current") ?? last?.number("vcpu.maximum")
    vcpus = count.flatMap { (1...1e6).contains($0) ? Int($0) : nil }
    memory = last?.amount("balloon.maximum", unit: 1024)
    touched = Self.touched(statistics)
    processor = nil
    devices = []
    disks = Self.disks(last)
    labels = []
  }

  /// What statistics tell of the disks: target and path.
  private static func disks(_ statistics: LibvirtStatistics?) -> [XMLElement] {
    let values = statistics?.values ?? [:]
    return values.sorted { $0.key < $1.key }.compactMap { key, target in
      guard key.hasPrefix("block."), key.hasSuffix(".name") else { return nil }
      guard let path = values["\(key.dropLast(4))path"] else { return nil }
      return XMLElement(
        name: "disk",
        children: [
          XMLElement(name: "source", attributes: ["file": path]),
          XMLElement(name: "target", attributes: ["dev": target]),
        ])
    }
  }

  /// `state.state` is virDomainState: 1 running, 2 blocked, 3 paused, 4 shutting down, 5 off, 6 crashed, 7 asleep.
  private static func state(_ statistics: [LibvirtStatistics], isActive: Bool) -> PowerState {
    switch statistics.lazy.reversed().compactMap({ $0.number("state.state") }).first {
    case 1, 2, 4, 7: .running
    case 3: .paused
    case 5, 6: .stopped
    default: isActive ? .running : .stopped
    }
  }

  private static func memory(_ element: XMLElement?) -> ByteCount? {
    guard let element, let number = Double(element.text) else { return nil }
    let memory = LibvirtText.amount(number, unit: element["unit"] ?? "KiB")
    return memory.flatMap { $0 > .zero ? $0 : nil }
  }

  /// What the emulator holds in memory: the guest's touched pages and a little of its own.
  private static func touched(_ statistics: [LibvirtStatistics]) -> ByteCount? {
    statistics.lazy.reversed().compactMap { $0.amount("balloon.rss", unit: 1024) }.first { $0 > .zero }
  }

  private static func labels(_ element: XMLElement) -> [(String, String)] {
    var labels: [(String, String)] = []
    let instance = element.first("metadata", "instance")
    if let project = instance?.text("owner", "project") { labels.append(("owner", project)) }
    if instance != nil, let name = element.text("name") { labels.append(("instance_name", name)) }
    let backing = element.first("memoryBacking")
    if let pages = backing?.first("hugepages") {
      let size = pages.first("page").flatMap { page in page["size"].map { "\($0) \(page["unit"] ?? "KiB")" } }
      labels.append(("hugepages", size ?? "default size"))
    }
    if backing?.first("locked") != nil { labels.append(("memory", "locked")) }
    if let pins = element.first("cputune")?.all("vcpupin"), !pins.isEmpty {
      labels.append(("vcpupin", pins.compactMap { $0["cpuset"] }.joined(separator: " ")))
    }
    if let nodes = element.first("numatune", "memory")?["nodeset"] { labels.append(("numa_nodes", nodes)) }
    return labels
  }
}
