import EvacuationModel
import Quantities

extension InventoryChecks {
  /// Parts that are larger than their whole.
  func inconsistentSizes() -> [InventoryRemark] {
    inventory.virtualMachines.enumerated().flatMap { index, vm in
      memoryParts(index, vm) + dirtyRates(index, vm) + diskParts(index, vm)
    }
  }

  private func memoryParts(_ index: Int, _ vm: VirtualMachine) -> [InventoryRemark] {
    var remarks: [InventoryRemark] = []
    if let touched = vm.memoryTouched, touched > vm.memory {
      remarks.append(
        InventoryRemark(
          .inconsistent, .element(.vms, index, .key("memory_touched")),
          "\(touched) touched of \(vm.memory) of memory", help: "correct one of the two"))
    }
    if let workingSet = vm.memoryActivity.workingSet, workingSet > vm.memory {
      remarks.append(
        InventoryRemark(
          .inconsistent, .element(.vms, index, .key("workload"), .key("working_set")),
          "a working set of \(workingSet) in \(vm.memory) of memory", help: "correct one of the two"))
    }
    return remarks
  }

  /// Distinct memory dirtied in a period cannot be more than there is.
  private func dirtyRates(_ index: Int, _ vm: VirtualMachine) -> [InventoryRemark] {
    vm.memoryActivity.dirtyRates.compactMap { measured in
      let distinct = ByteCount(rounding: measured.rate.bytesPerSecond * measured.period.seconds)
      guard distinct > vm.memory else { return nil }
      return InventoryRemark(
        .inconsistent, .element(.vms, index, .key("workload"), .key("dirty_rate")),
        "\(measured.rate) over \(measured.period.text) is \(distinct) of distinct memory, of \(vm.memory)",
        help: "give distinct pages dirtied ÷ period; for what the guest writes in all use `write_rate`")
    }
  }

  private func diskParts(_ index: Int, _ vm: VirtualMachine) -> [InventoryRemark] {
    vm.disks.enumerated().compactMap { position, disk in
      guard let used = disk.used, used > disk.size else { return nil }
      return InventoryRemark(
        .inconsistent, .element(.vms, index, .key("disks"), .index(position), .key("used")),
        "\(used) used of \(disk.size)", help: "correct one of the two; the smaller counts")
    }
  }
}
