import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing
import Yams

@Suite struct `Playbooks` {
  private static let id = "47f9dc9f46d5"

  @Test(arguments: [Platform.nova, .libvirt, .proxmox, .kubevirt])
  func `a batch is a play of its own, with its guests as hosts`(platform: Platform) throws {
    let plan = FakePlatform.plan(platform, count: 3, size: 2)
    let plays = try Self.plays(AnsiblePlaybook.render(plan, id: Self.id))
    let batches = plays.filter { ($0["hosts"] as? String)?.hasPrefix("evac_batch_") == true }
    #expect(batches.map { $0["hosts"] as? String } == ["evac_batch_1", "evac_batch_2"])
    #expect(batches.map { $0["serial"] as? Int } == [2, 1])
    #expect(batches.allSatisfy { $0["any_errors_fatal"] as? Bool == true })
    #expect(try Self.lists(AnsiblePlaybook.render(plan, id: Self.id)).contains { $0 == Self.start(platform) })
  }

  @Test func `no word is a template, no command goes to a shell, and a name stands in comments only`() throws
  {
    var names = HostileNames(seed: 6)
    let plan = FakePlatform.plan(.nova, count: 60, size: 20) { _ in
      names.next() + "{{ lookup('pipe', 'id') }}"
    }
    let text = try AnsiblePlaybook.render(plan, id: Self.id)
    #expect(!text.contains("builtin.shell") && !text.contains("no_log"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(!lines.contains { $0.contains("lookup") && !$0.drop { $0 == " " }.hasPrefix("#") })
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 160 })
    #expect(
      try Self.lists(text).filter { $0.contains("--live-migration") }.compactMap(\.last)
        == plan.steps.compactMap(\.guest.platformID))
  }

  @Test func `500 hostile words come back from YAML as they went in`() throws {
    var names = HostileNames(seed: 7)
    for index in 0..<500 {
      let reason = names.next() + (index % 3 == 0 ? String(repeating: " {{ x }}: no", count: 12) : "")
      var plan = FakePlatform.plan(.nova, count: 1, size: 1)
      plan.inventory.name = reason
      // The reason for closing a host is the one word that holds a text from outside.
      let words = try Self.lists(AnsiblePlaybook.render(plan, id: Self.id)).first { $0.contains("--disable") }
      let expected = "maintenance; emptied by plan of \(plan.inventory.name) (abababababab)"
        .replacing("\0", with: "\u{FFFD}")
      #expect(words?.dropLast(2).last?.unicodeScalars.elementsEqual(expected.unicodeScalars) == true)
    }
  }

  @Test func `a guest without an id of the platform's is a person's`() throws {
    var plan = FakePlatform.plan(.nova, count: 1, size: 1)
    plan.steps[0].guest.platformID = "{{ x }}"
    let text = try AnsiblePlaybook.render(plan, id: Self.id)
    #expect(text.contains("evac_by_hand: true") && !text.contains("{{ x }}"))
  }

  @Test(arguments: [Platform.vsphere, .ganeti, .generic])
  func `platforms without commands that can be awaited have no playbook and no script`(platform: Platform) {
    let plan = FakePlatform.plan(platform, count: 1, size: 1)
    #expect(throws: ShellRunbook.Refusal.self) { try AnsiblePlaybook.render(plan, id: Self.id) }
    #expect(throws: ShellRunbook.Refusal.self) { try ShellRunbook.render(plan, id: Self.id) }
  }

  @Test(arguments: [Platform.nova, .libvirt, .proxmox, .kubevirt])
  func `Ansible and its linter accept it, where they are installed`(platform: Platform) throws {
    guard try Shell.run("command -v ansible-playbook").status == 0 else { return }
    try Shell.withFolder { folder in
      var plan = FakePlatform.plan(platform, count: 3, size: 2)
      plan.steps.append(SamplePlans.cold("m009", "legacy", id: FakePlatform.id(8, platform)))
      plan.steps[3].dependsOn = []
      let file = folder.appendingPathComponent("play.yml")
      try AnsiblePlaybook.render(plan, id: Self.id).write(to: file, atomically: true, encoding: .utf8)
      #expect(try Shell.run("ansible-playbook --syntax-check play.yml", in: folder).status == 0)
      guard try Shell.run("command -v ansible-lint").status == 0 else { return }
      #expect(try Shell.run("ansible-lint --offline play.yml", in: folder).status == 0)
    }
  }

  private static func plays(_ text: String) throws -> [[String: Any]] {
    try #require(try Yams.load(yaml: text.replacing("!unsafe ", with: "")) as? [[String: Any]])
  }

  /// Every list of texts in it, wherever it stands.
  private static func lists(_ text: String) throws -> [[String]] {
    func all(_ value: Any) -> [[String]] {
      if let words = value as? [String] { return [words] }
      if let list = value as? [Any] { return list.flatMap(all) }
      if let fields = value as? [String: Any] { return fields.values.flatMap(all) }
      return []
    }
    return try plays(text).flatMap { play in
      ((play["tasks"] as? [Any]) ?? []).flatMap(all)
    }
  }

  private static func start(_ platform: Platform) -> [String] {
    let id = FakePlatform.id(0, platform)
    switch platform {
    case .libvirt:
      return [
        "ssh", "-o", "BatchMode=yes", "--", "compute-01",
        "virsh migrate --live --persistent --undefinesource --verbose --abort-on-error \(id)"
          + " qemu+ssh://compute-02/system",
      ]
    case .proxmox:
      return ["ssh", "-o", "BatchMode=yes", "--", "compute-01", "qm migrate \(id) compute-02 --online"]
    case .kubevirt:
      return [
        "virtctl", "migrate", "vm-0", "-n", "shop", "--addedNodeSelector",
        "kubernetes.io/hostname=compute-02",
      ]
    default:
      return [
        "openstack", "--os-compute-api-version", "2.30", "server", "migrate", "--live-migration", "--host",
        "compute-02", id,
      ]
    }
  }
}
