import InventoryImport
import Testing

/// Two more guests: `db` on host b, `dc` on host a.
private let two = """
    - { name: db, host: b, vcpus: 2, memory: 4 GiB, workload: { write_intensity: low } }
    - { name: dc, host: a, vcpus: 2, memory: 4 GiB, workload: { write_intensity: low } }

  """

private func groups(_ lines: String...) -> String {
  inventoryFindings(small(more: two + "groups:\n" + lines.map { "  - { \($0) }" }.joined(separator: "\n")))
}

@Suite struct `An inventory that does not hold together` {
  @Test func `names are unique, ids should be`() {
    let again = """
        - { name: web, id: 7, host: b, vcpus: 2, memory: 4 GiB, workload: { write_intensity: low } }
        - { name: web2, id: 7, host: b, vcpus: 2, memory: 4 GiB, workload: { write_intensity: low } }
      """
    #expect(
      inventoryFindings(small(more: again)) == """
        x.yaml:9:13 vms[1].name: error[I101]: virtual machine "web" is already vms[0]
          help: rename one of the two, or remove it
        x.yaml:10:23 vms[2].id: warning[I101]: id "7" is also that of web
          help: commands use the id: make sure that each names one virtual machine
        """)
  }

  @Test func `references find something`() {
    let text = small(
      host: "links: [up]",
      guest: "workload: {write_intensity: low}, disks: [{name: vda, storage: cehp, size: 1 GiB}]",
      more: "groups: [{name: g, policy: affinity, members: [web, wbe]}]"
    ).replacing("host: a,", with: "host: zeta-99,")
    #expect(
      inventoryFindings(text) == """
        x.yaml:5:98 hosts[0].links[0]: error[I102]: there is no link named "up"
          help: add it under `links`, or correct the name
        x.yaml:8:24 vms[0].host: error[I102]: there is no host named "zeta-99"
          help: add it under `hosts`, or correct the name
        x.yaml:8:121 vms[0].disks[0].storage: error[I102]: there is no pool named "cehp"
          help: did you mean `ceph`?
        x.yaml:9:53 groups[0].members[1]: error[I102]: there is no virtual machine named "wbe"
          help: did you mean `web`?
        """)
  }

  @Test func `a disk is where its guest's host can reach it`() {
    let disks =
      "workload: { write_intensity: low }, disks: [{ name: vda, storage: ssd, size: 1 GiB, used: 2 GiB }]"
    #expect(
      inventoryFindings(small(guest: disks)) == """
        x.yaml:8:118 vms[0].disks[0].storage: warning[I106]: a, where web is, does not reach pool "ssd"
          help: add the pool to the host's `storage`, or correct the disk's
        x.yaml:8:142 vms[0].disks[0].used: warning[I106]: 2 GiB used of 1 GiB
          help: correct one of the two; the smaller counts
        """)
  }

  @Test func `only guests in memory count against their host`() {
    let large = small().replacing("memory: 4 GiB", with: "memory: 80 GiB")
    #expect(
      inventoryFindings(large) == """
        x.yaml:5:33 hosts[0].memory: warning[I103]: a has 64 GiB for guests, its 1 guest in memory needs 80 GiB
          help: fine with memory overcommit (`capacity.memory_overcommit`); else check both figures
        """)
    #expect(inventoryFindings(large.replacing("vcpus: 2,", with: "vcpus: 2, state: stopped,")) == "")
    #expect(inventoryFindings(large.replacing("vcpus: 2,", with: "vcpus: 2, state: paused,")) != "")
  }

  @Test func `a reserve is part of the memory`() {
    #expect(
      inventoryFindings(small(host: "reserved_memory: 65 GiB")) == """
        x.yaml:5:107 hosts[0].reserved_memory: warning[I106]: 65 GiB are kept for the host itself, which has only 64 GiB
          help: correct `memory` or `reserved_memory`
        """)
  }

  @Test func `nothing runs on a host that is down`() {
    #expect(
      inventoryFindings(small(host: "state: down")) == """
        x.yaml:8:24 vms[0].host: warning[I108]: web is running on a, which is down
          help: set the guest to `stopped` or the host to `up`; a dead host's guests are restarted, not migrated
        """)
  }

  @Test func `parts are not larger than their whole`() {
    let guest = "memory_touched: 5 GiB, workload: { working_set: 6 GiB, dirty_rate: 5 GiB/s }"
    #expect(
      inventoryFindings(small(guest: guest)) == """
        x.yaml:8:68 vms[0].memory_touched: warning[I106]: 5 GiB touched of 4 GiB of memory
          help: correct one of the two
        x.yaml:8:100 vms[0].workload.working_set: warning[I106]: a working set of 6 GiB in 4 GiB of memory
          help: correct one of the two
        x.yaml:8:119 vms[0].workload.dirty_rate: warning[I106]: 5 GiB/s over 1 s is 5 GiB of distinct memory, of 4 GiB
          help: give distinct pages dirtied ÷ period; for what the guest writes in all use `write_rate`
        """)
  }

  @Test func `guests cannot be together and apart`() {
    let findings = groups(
      "name: t, policy: affinity, members: [web, db]",
      "name: u, policy: anti-affinity, members: [db, web]")
    #expect(
      findings.hasSuffix(
        """
        x.yaml:13:5 groups[1]: error[I104]: db and web must be apart here, and together by group "t"
          help: remove one of them from a group, or make a group soft
        """))
  }

  @Test func `a chain of affinities binds as well`() {
    let findings = groups(
      "name: t, policy: affinity, members: [web, db]", "name: s, policy: affinity, members: [db, dc]",
      "name: u, policy: anti-affinity, members: [dc, web]")
    #expect(
      findings.contains(
        "dc and web must be apart here, and together by a chain of groups from \"t\" to \"s\""))
  }

  @Test func `one host is also one rack, but one rack is not one host`() {
    func contradicts(_ together: String, _ apart: String) -> Bool {
      groups(
        "name: t, policy: affinity, scope: \(together), members: [web, db]",
        "name: u, policy: anti-affinity, scope: \(apart), members: [web, db]"
      ).contains("must be apart here, and together")
    }
    #expect(contradicts("host", "rack"))
    #expect(contradicts("host", "zone"))
    #expect(contradicts("rack", "rack"))
    #expect(!contradicts("rack", "host"))
  }

  @Test func `soft groups contradict nothing`() {
    #expect(
      !groups(
        "name: t, policy: soft-affinity, members: [web, db]",
        "name: u, policy: anti-affinity, members: [db, web]"
      ).contains("I104"))
  }

  @Test func `groups need places, and may be broken already`() {
    #expect(
      groups(
        "name: t, policy: anti-affinity, members: [web, db, dc]",
        "name: z, policy: anti-affinity, scope: zone, members: [web]",
        "name: s, policy: soft-affinity, members: [web, db]") == """
          x.yaml:12:5 groups[0]: warning[I105]: web and dc belong on different hosts and are both on a
            help: nothing to do if that is meant; a plan does not make it worse
          x.yaml:12:48 groups[0].members: error[I104]: 3 members must be apart, and there are only 2 hosts
            help: take members out, make the group soft, or give it a finer scope
          x.yaml:13:46 groups[1].scope: warning[I106]: no zone is known of 1 host with members: a
            help: add `zone:` to the hosts, or use another scope
          x.yaml:14:5 groups[2]: note[I105]: members belong on one host and run on 2: a, b
            help: nothing to do if that is meant; a plan does not make it worse
          """)
  }

  @Test func `unknown workloads are one note`() {
    #expect(
      inventoryFindings(
        small(guest: "", more: "  - { name: db, host: b, vcpus: 2, memory: 4 GiB }")) == """
          x.yaml:8:3 vms: note[I107]: write intensity of 2 VMs unknown: medium assumed
            help: measure with `virsh domdirtyrate-calc` and give `workload: { dirty_rate: … }`
          """)
  }
}
