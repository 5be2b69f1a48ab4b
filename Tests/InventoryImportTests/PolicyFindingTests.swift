import EvacuationModel
import InventoryImport
import Testing

@Suite struct `A policy with mistakes` {
  static let cases: KeyValuePairs<String, String> = [
    "concurrency: { max_incoming_per_host: 0 }": """
    2:39 concurrency.max_incoming_per_host: error[I009]: 0 is not a limit
      help: write `unlimited` if nothing is limited
    """,
    "concurrency: { max_incoming_per_host: -2 }": """
    2:39 concurrency.max_incoming_per_host: error[I009]: -2 is out of range
      help: write a number from 1 to 1000000
    """,
    "concurrency: { max_incoming_per_host: many }": """
    2:39 concurrency.max_incoming_per_host: error[I007]: "many" where a number or `unlimited` is needed
      help: write a number from 1 on, or `unlimited`
    """,
    "concurency: {}": """
    2:1 concurency: error[I005]: "concurency" is not a key of this mapping
      help: did you mean `concurrency`?
    """,
    "network: { usable_share: 0 }": """
    2:26 network.usable_share: error[I009]: "0" is nothing at all
      help: write more than 0 %
    """,
    "network: { usable_share: 120 % }": """
    2:26 network.usable_share: error[I009]: "120 %" is more than the whole
      help: write at most 100 %
    """,
    "precopy: { downtime_steps: 0 }": """
    2:28 precopy.downtime_steps: error[I009]: 0 is out of range
      help: write a number from 3 to 1000
    """,
    "precopy: { downtime_steps: 4, downtime_growth: none }": """
    2:10 precopy: warning[P102]: the steps of a ladder have no effect with downtime_growth none
      help: remove downtime_steps and downtime_delay_per_gib, or write `downtime_growth: ladder`
    """,
    "precopy: { auto_converge: { initial: 50 %, max: 20 % } }": """
    2:27 precopy.auto_converge: error[P102]: auto-converge goes from 50 % to 20 %
      help: `max` is at least `initial` and below 100 %; QEMU takes at most 99 %
    """,
    "precopy: { auto_converge: yes }": """
    2:27 precopy.auto_converge: error[I007]: "yes" where `true` or `false` is needed
      help: write `true` or `false`, without quotes
    """,
    "precopy: { completion_timeout: 3 s, completion_timeout_per_gib: 2 s }": """
    2:10 precopy: warning[P102]: completion_timeout and completion_timeout_per_gib are both given: the first one counts
      help: remove one of the two
    """,
    "capacity: { cpu_overcommit: 0 }": """
    2:29 capacity.cpu_overcommit: error[I009]: 0 is out of range
      help: write how much is promised for each real one, such as 4.0
    """,
    "capacity: { keep_free: {} }": """
    2:24 capacity.keep_free: error[I006]: `hosts` is missing
      help: add `hosts: 1`
    """,
    "window: { start: 2026-12-05T22:00:00Z, end: 2026-12-05T21:00:00Z }": """
    2:9 window: error[P102]: the window ends before it starts
      help: check day and zone of `start` and `end`
    """,
    "window: { end: 2026-12-05T21:00:00Z }": """
    2:9 window: warning[P102]: `end` has no effect without `start`
      help: add `start`, or write `duration` instead
    """,
    "window: { duration: 2 h, start: 2026-12-05T20:00:00Z, end: 2026-12-05T20:30:00Z }": """
    2:9 window: warning[P102]: `duration` is 2 h, from `start` to `end` it is 30 min: the latter counts
      help: remove `duration` or `end`
    """,
    "placement: { receivers: scatter }": """
    2:25 placement.receivers: error[I010]: "scatter" is not a word that fits here
      help: use one of spread, pack, keep_empty
    """,
    "rules: [{ match: {}, not_between: x }]": """
    2:35 rules[0].not_between: error[I007]: "x" where a list is needed
      help: write a list: `[a, b]`, or one `- ` line for each element
    """,
    "rules: [{ match: { nmae: x } }]": """
    2:20 rules[0].match.nmae: error[I005]: "nmae" is not a key of this mapping
      help: did you mean `name`?
    """,
    "rules: [{ modes: [live, warm], match: {} }]": """
    2:25 rules[0].modes[1]: error[I010]: "warm" is not a word that fits here
      help: use one of live, block, cold
    """,
    "rules: [{}]": """
    2:9 rules[0]: error[I006]: `match` is missing
      help: add `match: { name: "db-*" }`
    """,
  ]

  @Test(arguments: Self.cases.map { ($0.key, $0.value) })
  func `the finding shows the way out`(text: String, expected: String) {
    let bytes = [UInt8]("format: evac.policy/1\n\(text)".utf8)
    let findings = PolicyReader.read(bytes, path: "p.yaml", platform: .nova).findings
    #expect(printed(findings) == "p.yaml:\(expected)")
  }
}
