import EvacuationModel
import Quantities

/// A CPU generation: its model, what it can present besides, and its features.
struct CPUGeneration {
  let model: String
  let usable: [String]
  let features: [String]

  static let all = [
    Self(model: "Broadwell-Server", usable: ["Haswell", "IvyBridge"], features: ["aes", "avx", "avx2"]),
    Self(
      model: "Cascadelake-Server", usable: ["Broadwell-Server", "Haswell", "IvyBridge"],
      features: ["aes", "avx", "avx2", "avx512f"]),
    Self(
      model: "Icelake-Server", usable: ["Cascadelake-Server", "Broadwell-Server", "Haswell", "IvyBridge"],
      features: ["aes", "avx", "avx2", "avx512f", "vaes"]),
  ]
}

extension World {
  /// Racks are bought whole: all hosts of one have the same CPU and NIC.
  func host(_ index: Int) -> Host {
    let rack = Self.rack(index)
    let zone = Self.zone(index)
    let rackName = Self.numbered("rack", rack, width: 2)
    var purchase = stream(rackName)
    let generation = purchase.pick(CPUGeneration.all)
    let bandwidth = DataRate.gigabitsPerSecond(purchase.pick([10, 10, 25]))
    let name = Self.numbered("host", index)
    var own = stream(name)
    var storage = [
      HostStorage(datastore: "ceph"),
      HostStorage(datastore: .init(Self.numbered("ceph-zone", zone, width: 1))),
      HostStorage(datastore: "ssd", free: .gibibytes(own.number(in: 800...3000))),
    ]
    if own.chance(0.5) { storage.append(HostStorage(datastore: "nvme")) }
    return Host(
      id: .init(name), cpus: own.pick([32, 48, 64]), memory: .gibibytes(own.pick([192, 256, 384])),
      reservedMemory: .gibibytes(4), migrationBandwidth: bandwidth,
      links: [.init(rackName + "-uplink")], cpuModel: generation.model, cpuModels: generation.usable,
      cpuFeatures: generation.features, zone: Self.numbered("zone", zone, width: 1), rack: rackName,
      labels: ["generation": generation.model], version: "8.2.0", storage: storage)
  }
}
