import EvacuationModel
import InventoryImport
import Testing

@Suite struct `A file of scenarios` {
  private func read(_ text: String) -> Reading<[Scenario]> {
    ScenarioFile.read(Array(text.utf8), path: "s.yaml")
  }

  @Test func `has named lists of changes, hosts first`() throws {
    let scenarios = try #require(
      read(
        """
        format: evac.scenarios/1
        scenarios:
          - name: all
            changes:
              precopy.post_copy: true
              capacity.keep_free: { hosts: 1 }
              rules: [{ match: { name: "db-*" }, modes: [live, cold] }]
              precopy.downtime_limit: "500 ms"
              window.duration: null
            scale_dirty_rate: 2
            add_hosts: [{ like: a, name: "c: d" }]
            without_hosts: [b]
          - name: none
        """
      ).value)
    #expect(scenarios.map(\.name) == ["all", "none"])
    #expect(
      scenarios[0].changes.map { "\($0.key)=\($0.value)" } == [
        "hosts.c: d=like a", "hosts.b=none", "vms.*.workload=writes × 2", "precopy.post_copy=true",
        "capacity.keep_free={ hosts: 1 }", "rules=[{ match: { name: \"db-*\" }, modes: [live, cold] }]",
        "precopy.downtime_limit=500 ms", "window.duration=null",
      ])
    #expect(scenarios[0].changes[3].place == "5:26 scenarios[0].changes.precopy.post_copy")
    #expect(scenarios[1].changes.isEmpty)
  }

  @Test func `keeps a text a text, whatever it looks like`() throws {
    let text =
      #"{"format": "evac.scenarios/1", "scenarios": [{"name": "x", "changes": {"name": "true", "k": "7"}}]}"#
    let changes = try #require(read(text).value?.first?.changes)
    #expect(changes.map(\.value) == [#""true""#, #""7""#])
  }

  static let mistakes: KeyValuePairs<String, String> = [
    "scenarios: [{ name: x }, { name: x }]": "error[I101]",
    "scenarios: [{ changes: {} }]": "error[I006]",
    "scenarios: 4": "error[I007]",
    "scenarios: [{ name: x, scale_dirty_rate: 0 }]": "error[I009]",
    "scenarios: [{ name: x, scale_dirty_rate: .inf }]": "error[I007]",
    "scenarios: [{ name: x, scale_dirty_rate: 1e300 }]": "error[I009]",
    "scenarios: [{ name: x, add_hosts: [a] }]": "error[I007]",
    "scenarios: [{ name: x, add_hosts: [{ like: a }] }]": "error[I006]",
    "scenarios: [{ name: x, changes: [a] }]": "error[I007]",
    "scenarios: [{ name: x, change: {} }]": "error[I005]",
    "": "error[I006]",
  ]

  @Test(arguments: mistakes.map { ($0.key, $0.value) })
  func `with a mistake is refused with its place`(text: String, mark: String) {
    let reading = read("format: evac.scenarios/1\n\(text)")
    #expect(reading.value == nil)
    #expect(printed(reading.findings).contains(mark))
  }

  @Test func `of another format is refused`() {
    #expect(read("format: evac.policy/1").findings.map(\.code) == [.wrongFormat])
  }
}

@Suite struct `An option that varies a key` {
  private func values(_ text: String) -> [String]? { VaryOption.read(text).value?.map(\.value) }

  @Test func `has values between commas, those within brackets and quotes apart`() {
    #expect(values("a.b=1, 2 ,2,x y") == ["1", "2", "x y"])
    #expect(values("a={ b: 1, c: [2, 3] },{}") == ["{ b: 1, c: [2, 3] }", "{}"])
    #expect(values(#"a="x, y",'{',z"#) == [#""x, y""#, "'{'", "z"])
    #expect(values("a=b=c") == ["b=c"])
  }

  @Test(arguments: ["", "a", "=", "=x", "a=", "a=1,", "a=,1"])
  func `without a key or a value is refused`(text: String) {
    #expect(VaryOption.read(text).findings.map(\.code) == [.badRequest])
  }
}
