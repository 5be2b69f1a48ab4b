import EvacTestSupport
import Foundation
import Testing

@Suite struct `The README` {
  private let isRecording = ProcessInfo.processInfo.environment["EVAC_RECORD"] == "1"

  @Test func `shows what its commands print`() throws {
    var readme = try Page("README.md")
    try readme.check(in: Workplace(root: Repository.root), isRecording: isRecording)
  }

  @Test(arguments: ["openstack", "libvirt", "proxmox", "kubevirt", "vmware", "ganeti"])
  func `has a page for each platform, which shows what its commands print`(_ platform: String) throws {
    var page = try Page("docs/platforms/\(platform).md")
    try page.check(in: Workplace(root: Repository.root), isRecording: isRecording)
    let commands = page.shown.compactMap(\.evac)
    for verb in ["import", "plan", "export"] {
      #expect(commands.contains { $0.hasPrefix("evac \(verb) ") }, "\(platform) shows no evac \(verb)")
    }
  }

  @Test func `begins with the commands that the checks run`() throws {
    let shown = try Page("README.md").shown
    #expect(shown.contains { $0.command == "swift test" })
    #expect(shown.first?.command.hasPrefix("swift run evac plan inventory/three-hosts.yaml") == true)
    #expect(shown.count { $0.output != nil } >= 4)
  }

  @Test func `names every exit status of the program`() throws {
    let readme = try Repository.text("README.md")
    for status in [0, 1, 2, 3, 64] {
      #expect(readme.contains("| \(status) |"), "exit status \(status)")
    }
  }
}
