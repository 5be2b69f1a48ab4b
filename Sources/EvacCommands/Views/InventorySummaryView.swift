import EvacuationModel
import Quantities
import RunbookExport

/// An inventory in a few lines.
struct InventorySummaryView {
  let inventory: Inventory

  var text: String {
    let guests = inventory.virtualMachines
    let states = PowerState.allCases.compactMap { state in
      let count = guests.count { $0.state == state }
      return count > 0 ? "\(count) \(state.rawValue)" : nil
    }
    let lines = [
      "Inventory \(VisibleText.of(inventory.name)) (\(inventory.platform.rawValue)) can be used:",
      "  hosts    \(inventory.hosts.count), \(inventory.hosts.map(\.memory).sum()) of memory",
      "  guests   \(guests.count)\(states.isEmpty ? "" : " (\(states.joined(separator: ", ")))"), "
        + "\(guests.map(\.memory).sum()) of memory",
      "  storage  \(inventory.datastores.count { $0.kind == .shared }) shared, "
        + "\(inventory.datastores.count { $0.kind == .local }) local",
      "  groups   \(inventory.groups.count)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
