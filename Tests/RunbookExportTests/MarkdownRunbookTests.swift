import EvacuationModel
import Quantities
import RunbookExport
import Testing

@Suite struct `Markdown runbooks` {
  @Test func `a Nova drain reads as recorded`() throws {
    let plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    try expectRecorded(
      MarkdownRunbook.render(RunbookBuilder.runbook(for: plan)), as: "nova.md", folder: #filePath)
  }

  @Test func `a libvirt drain with post-copy reads as recorded`() throws {
    var steps = SamplePlans.drain(.libvirt, ids: SamplePlans.uuids).steps
    steps[0].usesPostCopy = true
    steps[0].forecast.outcome = .needsPostCopy
    let plan = SamplePlans.plan(.libvirt, steps: steps)
    try expectRecorded(
      MarkdownRunbook.render(RunbookBuilder.runbook(for: plan)), as: "libvirt.md", folder: #filePath)
  }

  @Test func `a Proxmox drain that leaves one guest behind reads as recorded`() throws {
    var plan = SamplePlans.drain(.proxmox, ids: ["101", "102", nil])
    plan.completeness = .partial
    plan.unplaced = [
      UnplacedVirtualMachine(
        vm: .init("gpu-3"), host: .init("compute-01"),
        refusals: [
          HostRefusal(host: .init("compute-02"), reason: .memory(short: .gibibytes(4), free: .zero))
        ],
        message: "its GPU ties it to compute-01: stop it, or leave it")
    ]
    try expectRecorded(
      MarkdownRunbook.render(RunbookBuilder.runbook(for: plan)), as: "proxmox.md", folder: #filePath)
  }

  @Test(arguments: [
    (Platform.kubevirt, ["shop/web-01", "shop/db-01", "shop/legacy"]),
    (.vsphere, ["vm-1001", "4203a1b2-0000-4000-8000-000000001002", "VirtualMachine-vm-1003"]),
    (.ganeti, ["web-01.example.com", "db-01.example.com", "legacy.example.com"]),
  ])
  func `drains of the other platforms read as recorded`(platform: Platform, ids: [String]) throws {
    let plan = SamplePlans.drain(platform, ids: ids)
    try expectRecorded(
      MarkdownRunbook.render(RunbookBuilder.runbook(for: plan)), as: "\(platform.rawValue).md",
      folder: #filePath)
  }

  @Test func `the same plan gives the same bytes`() {
    let plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    let first = MarkdownRunbook.render(RunbookBuilder.runbook(for: plan))
    #expect(first == MarkdownRunbook.render(RunbookBuilder.runbook(for: plan)))
  }

  @Test func `every platform has a runbook that never says evacuate`() {
    for platform in Platform.allCases {
      let plan = SamplePlans.drain(platform, ids: SamplePlans.uuids)
      let text = MarkdownRunbook.render(RunbookBuilder.runbook(for: plan))
      #expect(text.contains("The way back"))
      #expect(!text.lowercased().contains("evacuate"), "\(platform)")
    }
  }

  @Test func `markup in a name shows as it is`() {
    var plan = SamplePlans.drain(.generic, ids: [nil, nil, nil])
    plan.steps[0].vm = .init("a|b `c` <i>*x*</i>\n# d_e \u{202E}")
    let text = MarkdownRunbook.render(RunbookBuilder.runbook(for: plan))
    #expect(text.contains("a\\|b \\`c\\` \\<i\\>\\*x\\*\\</i\\>\\<U+000A\\>\\# d_e \\<U+202E\\>"))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| m00") }
    #expect(rows.count == 3)
  }
}
