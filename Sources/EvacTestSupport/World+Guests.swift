import EvacuationModel
import Quantities

extension World {
  /// The guests of one host; a guest that would fill it too far does not exist.
  func guests(of index: Int) -> [VirtualMachine] {
    let host = inventory.hosts[index]
    var memory = (host.memory - host.reservedMemory) * fill
    var cpus = Int(Double(host.cpus) * 4 * fill)
    var result: [VirtualMachine] = []
    for number in 0..<vmsPerHost {
      let name = "\(Self.numbered("vm", index))-\(Self.numbered("", number, width: 2).dropFirst())"
      let vm = guest(name, on: host)
      guard vm.memory <= memory, vm.vcpus <= cpus else { continue }
      memory -= vm.memory
      cpus -= vm.vcpus
      result.append(vm)
    }
    return result
  }

  private func guest(_ name: String, on host: Host) -> VirtualMachine {
    var draw = stream(name)
    let memory = ByteCount.gibibytes(draw.pick([1, 2, 4, 4, 8, 8, 16, 32]))
    let power = draw.fraction()
    var vm = VirtualMachine(
      id: .init(name), platformID: "id-\(name)", host: host.id,
      state: power < 0.08 ? .stopped : power < 0.1 ? .paused : .running,
      vcpus: draw.pick([1, 2, 2, 4, 8]), memory: memory)
    vm.memoryTouched = draw.chance(0.3) ? memory * draw.number(in: 0.3...1) : nil
    vm.disks = disks(on: host, draw: &draw)
    vm.memoryActivity = activity(memory: memory, draw: &draw)
    vm.cpuModel = cpuModel(on: host, draw: &draw)
    vm.cpuFeatures = draw.chance(0.15) ? [draw.pick(host.cpuFeatures)] : []
    vm.zone = draw.chance(0.2) ? host.zone : nil
    vm.devices = draw.chance(0.02) ? [AttachedDevice(kind: "pci-passthrough", name: "gpu0")] : []
    vm.labels = [
      "owner": draw.pick(["payments", "search", "mail"]), "tier": draw.pick(["gold", "silver"]),
    ]
    vm.migrationBandwidthLimit = draw.chance(0.03) ? .mebibytesPerSecond(64) : nil
    return vm
  }

  private func disks(on host: Host, draw: inout SeededGenerator) -> [VirtualDisk] {
    let system = draw.chance(0.1) ? host.storage[1].datastore : "ceph"
    var disks = [VirtualDisk(name: "vda", datastore: system, size: .gibibytes(draw.pick([10, 20, 40])))]
    if draw.chance(0.2) {
      let local = draw.pick(Array(host.storage[2...])).datastore
      let size = ByteCount.gibibytes(draw.pick([10, 40, 80]))
      let writes = DataRate.mebibytesPerSecond(draw.number(in: 0...15))
      disks.append(
        VirtualDisk(
          name: "vdb", datastore: local, size: size, used: size * draw.number(in: 0.1...1), writeRate: writes)
      )
    }
    return disks
  }

  private func activity(memory: ByteCount, draw: inout SeededGenerator) -> MemoryActivity {
    let kind = draw.fraction()
    let rate = DataRate.mebibytesPerSecond(draw.number(in: 1...400))
    let workingSet = memory * draw.number(in: 0.02...0.4)
    switch kind {
    case ..<0.15: return MemoryActivity()
    case ..<0.75: return MemoryActivity(intensity: draw.pick(WriteIntensity.allCases))
    case ..<0.85: return MemoryActivity(dirtyRates: [DirtyRateMeasurement(rate: rate)])
    case ..<0.95:
      return MemoryActivity(dirtyRates: [DirtyRateMeasurement(rate: rate)], workingSet: workingSet)
    default:
      return MemoryActivity(dirtyRates: [
        DirtyRateMeasurement(rate: rate), DirtyRateMeasurement(rate: rate * 0.6, period: .seconds(5)),
      ])
    }
  }

  private func cpuModel(on host: Host, draw: inout SeededGenerator) -> String? {
    switch draw.fraction() {
    case ..<0.5: nil
    case ..<0.75: "host-model"
    case ..<0.8: "host-passthrough"
    default: draw.pick(host.cpuModels)
    }
  }
}
