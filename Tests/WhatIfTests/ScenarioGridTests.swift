import EvacTestSupport
import EvacuationModel
import Testing
import WhatIf

@Suite struct `A grid of scenarios` {
  private func axis(_ key: String, _ values: String...) -> ScenarioGrid.Axis {
    values.map { ScenarioChange(.setting(key: key, value: $0), path: "--vary \(key)") }
  }

  @Test func `has every combination, the last axis varying first`() {
    let grid = ScenarioGrid([
      axis("precopy.post_copy", "false", "true"), axis("cold.allowed", "false", "true"),
    ])
    #expect(grid.count == 4)
    #expect(
      grid.scenarios.map(\.name) == [
        "post_copy=false, allowed=false", "post_copy=false, allowed=true", "post_copy=true, allowed=false",
        "post_copy=true, allowed=true",
      ])
    #expect(grid.scenarios.map { $0.changes.map(\.value) }.last == ["true", "true"])
  }

  @Test func `leaves out the combination in which nothing is otherwise`() {
    let host = ScenarioChange(.addedHost("new", like: "old"), path: "--add-host")
    let busy = ScenarioChange(.dirtyRate(times: 2), path: "--scale-dirty-rate")
    #expect(
      ScenarioGrid([[nil, host], [nil, busy]]).scenarios.map(\.name) == [
        "writes × 2", "with new like old", "with new like old, writes × 2",
      ])
  }

  @Test func `names a key in full where another ends like it or names hosts`() {
    let axes = [axis("a.window", "1"), axis("b.window", "2"), axis("hosts.h-1.memory", "4 GiB")]
    #expect(
      ScenarioGrid(axes).scenarios.map(\.name) == ["a.window=1, b.window=2, hosts.h-1.memory=4 GiB"])
  }

  @Test func `counts without making, and makes none if there are too many`() {
    let ten = axis("k", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
    #expect(ScenarioGrid(Array(repeating: ten, count: 5)).count == 100_000)
    let more = ScenarioGrid(Array(repeating: ten, count: 6))
    #expect(more.count == 1_000_000)
    #expect(more.scenarios.isEmpty)
    #expect(ScenarioGrid(Array(repeating: ten, count: 40)).count == nil)
  }
}
