import EvacTestSupport
import Foundation
import Testing

/// An example inventory under an example policy.
struct Example: Sendable, CustomTestStringConvertible {
  let inventory: String
  let policy: String

  var testDescription: String { "\(inventory) under \(policy)" }

  /// The first host of each is the one to empty.
  var host: String { inventory.hasPrefix("proxmox") ? "pve1" : "compute-01" }

  /// Each inventory under each policy: one of another platform is odd, and must be planned all the same.
  static let all: [Self] = {
    let inventories = (try? Repository.names(in: "inventory", suffix: ".yaml")) ?? []
    let policies = (try? Repository.names(in: "policies", suffix: ".yaml")) ?? []
    return inventories.flatMap { inventory in policies.map { Self(inventory: inventory, policy: $0) } }
  }()
}

@Suite struct `Examples` {
  @Test(arguments: Example.all) func `are planned, and the saved plan holds`(_ example: Example) throws {
    let workplace = try Workplace(root: Repository.root)
    let inputs = "--policy policies/\(example.policy)"
    let plan = try workplace.run(
      "evac plan inventory/\(example.inventory) \(inputs) --drain \(example.host) --quick --output plan.json")
    #expect(plan.status == 0 || plan.status == 3, "\(plan.error)")
    let verdict = try workplace.run(
      "evac verify plan.json --inventory inventory/\(example.inventory) \(inputs)")
    #expect(verdict.status == 0, "\(verdict.output)")
  }

  @Test func `are found`() {
    #expect(Example.all.count > 80)
  }

  @Test func `are clean`() throws {
    let workplace = try Workplace(root: Repository.root)
    for inventory in try Repository.names(in: "inventory", suffix: ".yaml") {
      let check = try workplace.run("evac check inventory/\(inventory)")
      #expect(check.status == 0)
      #expect(check.output.hasPrefix("Inventory \(inventory.dropLast(5)) "), "\(check.output)")
    }
    for policy in try Repository.names(in: "policies", suffix: ".yaml") {
      let show = try workplace.run("evac policy show policies/\(policy)")
      #expect(show.status == 0)
      #expect(show.error.isEmpty, "\(show.error)")
    }
  }

  @Test func `fit a screen where the README shows one`() throws {
    let workplace = try Workplace(root: Repository.root)
    let plan = try workplace.run(
      "evac plan inventory/three-hosts.yaml --policy policies/nova-default.yaml --drain compute-01")
    let lines = plan.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 40)
    #expect(lines.allSatisfy { $0.count <= 100 })
  }
}
