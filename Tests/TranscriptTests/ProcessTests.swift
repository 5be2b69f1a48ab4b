import EvacTestSupport
import Foundation
import Testing

@Suite struct `Processes` {
  private let drain = "--policy policies/nova-four-at-once.yaml --drain compute-01"

  @Test(arguments: ["three-hosts", "osic-block", "anti-affinity", "no-room"])
  func `print the same bytes for the same inputs and seed`(_ inventory: String) throws {
    let workplace = try Workplace(root: Story.root)
    let command = "evac plan inventory/\(inventory).yaml \(drain) --seed 7 --json"
    let first = try workplace.run(command)
    #expect(first.output.contains(#""seed" : 7"#))
    #expect(try workplace.run(command) == first)
  }

  @Test func `compare scenarios on one core as on all`() throws {
    let workplace = try Workplace(root: Story.root)
    let command =
      "evac whatif inventory/three-hosts.yaml \(drain) --vary 'network.usable_share=60 %,80 %,100 %' "
      + "--vary precopy.post_copy=false,true --scale-dirty-rate 2 --quick --json"
    let all = try workplace.run(command)
    #expect(all.status == 0)
    #expect(all.output.contains(#""number" : 12"#))
    #expect(try workplace.run("taskset -c 0 \(command)") == all)
  }

  @Test func `write to a file what they print as JSON`() throws {
    let workplace = try Workplace(root: Story.root)
    let command = "evac plan inventory/three-hosts.yaml \(drain)"
    let printed = try workplace.run("\(command) --json").output
    #expect(try workplace.run("\(command) --output plan.json && cat plan.json").output.hasSuffix(printed))
  }

  @Test func `leave an existing file alone when they fail`() throws {
    let workplace = try Workplace(root: Story.root)
    _ = try workplace.run("echo precious > plan.json; echo format: > night.yaml")
    let failing = [
      "evac plan night.yaml --drain compute-01 --output plan.json",
      "evac plan inventory/three-hosts.yaml --drain compute-09 --output plan.json",
      "evac plan inventory/three-hosts.yaml --drain compute-01 --window 4 --output plan.json",
      "evac export night.yaml --output plan.json",
      "evac import openstack night.yaml --output plan.json",
    ]
    for command in failing {
      #expect(try workplace.run(command).status == 2, "\(command)")
      #expect(try workplace.run("cat plan.json").output == "precious\n", "\(command)")
    }
    #expect(try workplace.run("ls -A").output == "docs\ninventory\nnight.yaml\nplan.json\npolicies\n")
  }

  @Test func `replace a file whole, through a link too, and leave nothing beside it`() throws {
    let workplace = try Workplace(root: Story.root)
    _ = try workplace.run("mkdir plans; echo old > plans/a.json; ln -s plans/a.json night.json")
    #expect(
      try workplace.run("evac plan inventory/three-hosts.yaml \(drain) --output night.json").status == 0)
    #expect(
      try workplace.run("readlink night.json; ls -A plans; head -c 1 plans/a.json").output
        == "plans/a.json\na.json\n{")
  }

  @Test func `write to a device without taking its place`() throws {
    let workplace = try Workplace(root: Story.root)
    let run = try workplace.run(
      "evac plan inventory/three-hosts.yaml \(drain) --output /dev/stdout | grep -c evac.plan/1; test -c /dev/null"
    )
    #expect(run.output == "1\n")
    #expect(run.status == 0)
  }
}
