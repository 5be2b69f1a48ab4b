import InventoryImport
import Testing

/// The finding for `reserved_memory` written as `text`.
private func reserved(_ text: String) -> String { inventoryFindings(small(host: "reserved_memory: \(text)")) }

@Suite struct `A value that cannot be used` {
  static let amounts: KeyValuePairs<String, String> = [
    "512": """
    "512" has no unit
      help: write "512 GiB"; a unit is never guessed
    """,
    "'512'": """
    "512" has no unit
      help: write "512 GiB"; a unit is never guessed
    """,
    "4 Gbit/s": """
    "Gbit/s" is not a unit that fits here
      help: use one of B, KiB, MiB, GiB, TiB, PiB, kB, KB, MB, GB, TB, PB
    """,
    "-4 GiB": """
    "-4 GiB" is negative
      help: write zero or more
    """,
    "1e999": """
    "1e999" is out of range
      help: check the number of digits and the unit
    """,
    "99999999 PiB": """
    "99999999 PiB" is out of range
      help: check the number of digits and the unit
    """,
    ".nan": """
    ".nan" is not a number with a unit
      help: write a number and a unit, as in "16 GiB", "10 Gbit/s" or "500 ms"
    """,
  ]

  @Test(arguments: Self.amounts.map { ($0.key, $0.value) })
  func `an amount shows how it is written`(text: String, expected: String) {
    #expect(reserved(text) == "x.yaml:5:107 hosts[0].reserved_memory: error[I009]: \(expected)")
  }

  @Test func `a list or a truth value is no amount`() {
    #expect(
      reserved("[]") == """
        x.yaml:5:107 hosts[0].reserved_memory: error[I007]: a list where an amount is needed
          help: write it as in "16 GiB"
        """)
    #expect(reserved("true").contains("error[I007]: true where an amount is needed"))
  }

  @Test func `unknown keys get the nearest one, or all of them`() {
    #expect(
      inventoryFindings(small(host: "memroy: 3")) == """
        x.yaml:5:90 hosts[0].memroy: error[I005]: "memroy" is not a key of this mapping
          help: did you mean `memory`?
        """)
    #expect(
      inventoryFindings(small(host: "reserved: 4 GiB")) == """
        x.yaml:5:90 hosts[0].reserved: error[I005]: "reserved" is not a key of this mapping
          help: did you mean `reserved_memory`?
        """)
    #expect(
      inventoryFindings(small(host: "colour: red")) == """
        x.yaml:5:90 hosts[0].colour: error[I005]: "colour" is not a key of this mapping
          help: use one of name, state, cpus, memory, reserved_memory, migration_bandwidth, links, cpu_model, \
        cpu_models, cpu_features, zone, rack, labels, version, storage
        """)
  }

  @Test func `words are checked against those that fit`() {
    #expect(
      inventoryFindings(small(host: "state: dwon")) == """
        x.yaml:5:97 hosts[0].state: error[I010]: "dwon" is not a word that fits here
          help: did you mean `down`?
        """)
    #expect(
      inventoryFindings(small(host: "state: purple")) == """
        x.yaml:5:97 hosts[0].state: error[I010]: "purple" is not a word that fits here
          help: use one of up, disabled, down
        """)
  }

  @Test(arguments: [
    ("0", "error[I009]: 0 is out of range\n  help: write a number from 1 to 1000000"),
    ("two", "error[I007]: \"two\" where a whole number is needed\n  help: write a number from 1 on"),
    ("1.5", "error[I007]: the number 1.5 where a whole number is needed\n  help: write a number from 1 on"),
    ("1e99", "error[I007]: the number 1e99 where a whole number is needed\n  help: write a number from 1 on"),
  ])
  func `CPUs are a whole number from one on`(text: String, expected: String) {
    let inventory = small().replacing("vcpus: 2", with: "vcpus: \(text)")
    #expect(inventoryFindings(inventory) == "x.yaml:8:34 vms[0].vcpus: \(expected)")
  }

  @Test func `a guest without memory and a cap of nothing are refused`() {
    #expect(
      inventoryFindings(small().replacing("memory: 4 GiB", with: "memory: 0 GiB")) == """
        x.yaml:8:45 vms[0].memory: error[I009]: "0 GiB" is nothing at all
          help: write more than zero
        """)
    #expect(
      inventoryFindings(small(guest: "migration_bandwidth_limit: 0 MiB/s")) == """
        x.yaml:8:79 vms[0].migration_bandwidth_limit: error[I009]: "0 MiB/s" is nothing at all
          help: write more than zero
        """)
  }

  @Test func `labels are a mapping of texts`() {
    #expect(
      inventoryFindings(small(host: "labels: x")) == """
        x.yaml:5:98 hosts[0].labels: error[I007]: "x" where a mapping is needed
          help: write `labels: { owner: payments }`
        """)
    #expect(
      inventoryFindings(small(host: "labels: {a: [1]}")) == """
        x.yaml:5:102 hosts[0].labels.a: error[I007]: a list where a text is needed
          help: write a text, in quotes if need be
        """)
  }

  @Test(arguments: ["2026-11-20T08:00:00", "2026-02-30T08:00:00Z", "yesterday", "2026-11-20"])
  func `a moment has a day that exists and a zone`(text: String) {
    #expect(
      inventoryFindings(small(more: "captured_at: \(text)")) == """
        x.yaml:9:14 captured_at: error[I009]: "\(text)" is not a moment with its zone
          help: write it as in 2026-12-05T22:00:00+01:00, or with Z for UTC
        """)
  }

  @Test func `all findings of a file come in one pass, in the order of their places`() {
    let text = """
      format: evac.inventory/1
      hosts:
        - name: a
          cpus: 8
          memory: 512
          migration_bandwidth: 10 Gbit
        - cpus: eight
      vms:
        - name: ""
          host: a
          vcpus: 1
          memory: 1 GiB
      """
    #expect(
      inventoryFindings(text) == """
        x.yaml:1:1: error[I006]: `name` is missing
          help: add `name: two-racks`
        x.yaml:5:13 hosts[0].memory: error[I009]: "512" has no unit
          help: write "512 GiB"; a unit is never guessed
        x.yaml:6:26 hosts[0].migration_bandwidth: error[I009]: "Gbit" is not a unit that fits here
          help: use one of B/s, KiB/s, MiB/s, GiB/s, TiB/s, kB/s, KB/s, MB/s, GB/s, TB/s, bit/s, kbit/s, Kbit/s, \
        Mbit/s, Gbit/s, Tbit/s
        x.yaml:7:5 hosts[1]: error[I006]: `name` is missing
          help: add `name: compute-01`
        x.yaml:7:5 hosts[1]: error[I006]: `memory` is missing
          help: add `memory: 256 GiB`
        x.yaml:7:5 hosts[1]: error[I006]: `migration_bandwidth` is missing
          help: add `migration_bandwidth: 10 Gbit/s`
        x.yaml:7:11 hosts[1].cpus: error[I007]: "eight" where a whole number is needed
          help: write a number from 1 on
        x.yaml:9:11 vms[0].name: error[I010]: an empty name
          help: write a name
        """)
  }

  @Test func `every repeated key of a JSON file is found, escaped or not`() {
    let text = #"{"format": "evac.inventory/1", "name": "a", "n\u0061me": "b", "hosts": [], "hosts": []}"#
    #expect(
      inventoryFindings(text) == """
        x.yaml:1:45 name: error[I008]: the key "name" stands twice in one mapping
          help: remove one of the two
        x.yaml:1:76 hosts: error[I008]: the key "hosts" stands twice in one mapping
          help: remove one of the two
        """)
  }
}
