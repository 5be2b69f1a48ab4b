import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Hostile OpenStack files` {
  @Test(arguments: [
    "[", "{", "[{\"ID\":", "{\"servers\": [", "[\u{0}]", "{\"servers\": {}} trailing",
  ])
  func `broken JSON is a warning that says what it means`(text: String) {
    let findings = OpenStackFixtures.read(json: [text]).findings
    #expect(findings.filter { $0.path == "0.json" }.map(\.code) == [.syntax])
  }

  @Test(arguments: ["[", "{\"servers\":", "[{\"a\":"], [400, 100_000])
  func `nesting without end is a warning and no more`(opening: String, depth: Int) {
    let findings = OpenStackFixtures.read(json: [String(repeating: opening, count: depth)]).findings
    #expect(findings.filter { $0.path == "0.json" }.map(\.code) == [.syntax])
  }

  @Test(arguments: [
    "[]", "{}", "1", "null", "\"text\"", "[[[]]]", "[{}]", "{\"servers\": 7}", "", " \n", "a,b\n1,2",
  ])
  func `files without records are a note`(text: String) {
    let findings = OpenStackFixtures.read(json: [text]).findings
    #expect(findings.filter { $0.path == "0.json" }.map(\.severity) == [.note])
  }

  @Test func `deep nesting inside a record does not matter`() {
    let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    let read = SmallCloud.read(servers: [SmallCloud.server("a", "\"addresses\": \(deep)")])
    #expect(read.inventory?.virtualMachines.count == 1)
  }

  @Test(arguments: ["1e999", "-1", "1e300", "9223372036854775808", "\"abc\"", "[]", "{}", "true", "null"])
  func `memory that makes no sense counts as missing`(value: String) {
    let hypervisors = SmallCloud.hypervisors.replacing("65536", with: value)
    let servers = "{\"servers\": [\(SmallCloud.server("a"))]}"
    let read = OpenStackFixtures.read(json: [hypervisors, SmallCloud.services, servers])
    #expect(read.inventory == nil)
    #expect(read.findings.contains { $0.code == .missingListing })
  }

  /// Every fixture, with pieces replaced, cut and doubled by a seeded generator: whatever comes out, reading
  /// it ends, and an inventory that is handed back keeps its promises.
  @Test(arguments: 0..<8)
  func `mutated captures never crash`(seed: Int) throws {
    let files = try OpenStackFixtures.everyFile()
    var random = Xorshift(seed: UInt64(seed) + 1)
    var accepted = 0
    for _ in 0..<25 {
      let mutated = files.map { (path: $0.path, bytes: random.mutate($0.bytes)) }
      guard let inventory = OpenStackImport.picture(from: mutated, name: "x").inventory else { continue }
      accepted += 1
      let hosts = Set(inventory.hosts.map(\.id))
      #expect(hosts.count == inventory.hosts.count)
      #expect(Set(inventory.virtualMachines.map(\.id)).count == inventory.virtualMachines.count)
      #expect(inventory.virtualMachines.allSatisfy { hosts.contains($0.host) })
      #expect(!InventoryText.yaml(inventory).isEmpty)
    }
    #expect((1..<25).contains(accepted), "mutants must be neither all refused nor all harmless")
  }
}
