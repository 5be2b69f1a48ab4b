import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@testable import EvacCommands

@Suite struct `A plan for people` {
  private func view(_ plan: EvacuationPlan) -> [String] {
    PlanView(plan: plan, paint: .none).text.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
  }

  @Test func `begins with what is drained and whether all of it leaves`() {
    var builder = PlanBuilder.small
    #expect(view(builder.plan()).first == "Drain host-1 — complete")
    builder.leave("web-9", on: "host-1")
    #expect(view(builder.plan()).first == "Drain host-1 — partial: 4 of 5 guests leave, 1 cannot")
    builder.steps = []
    #expect(view(builder.plan()).first == "Drain host-1 — impossible: its guest cannot leave")
    builder.leave("web-8", on: "host-1")
    #expect(view(builder.plan()).first == "Drain host-1 — impossible: none of 2 guests can leave")
  }

  @Test func `has a summary before its steps, and neither when nothing moves`() throws {
    let lines = view(PlanBuilder.small.plan())
    let summary = try #require(lines.firstIndex { $0.hasPrefix("migrations  4: 1 live, 1 block, 2 cold;") })
    let head = try #require(lines.firstIndex { $0.hasPrefix("batch ") })
    #expect(summary < head)
    let empty = view(PlanBuilder(inventory: .threeHosts, drain: ["host-1"]).plan())
    #expect(
      empty == [
        "Drain host-1 — empty already, nothing to move", "inventory three-hosts (nova), policy test", "",
      ])
  }

  @Test func `names the longest pause and whose it is`() {
    var builder = PlanBuilder.small
    builder.change("m003") { $0.forecast.downtime = .seconds(200) }
    #expect(
      view(builder.plan()).contains {
        $0.hasPrefix("pauses      longest 3 min 20 s (db-1, block), all together ")
      })
    builder.steps = builder.steps.map { step in
      var step = step
      step.forecast.downtime = .zero
      return step
    }
    #expect(view(builder.plan()).contains("pauses      none"))
  }

  @Test(arguments: [(60, "window      does not fit 60 s"), (86400, "window      fits 24 h")])
  func `says whether the window suffices`(_ seconds: Int, _ line: String) {
    var builder = PlanBuilder.small
    #expect(!view(builder.plan()).contains { $0.hasPrefix("window") })
    builder.request.window.duration = .seconds(seconds)
    #expect(view(builder.plan()).contains(line))
  }

  @Test func `gives reasons once, below the last of the steps that share them`() {
    var builder = PlanBuilder.small
    let rows = view(builder.plan()).drop { !$0.hasPrefix("batch") }
    #expect(rows.count { $0 == "       placed by hand" } == 1)
    #expect(rows.dropLast().last == "       placed by hand")
    builder.change("m002") { $0.reasons = ["is stopped"] }
    #expect(view(builder.plan()).count { $0 == "       placed by hand" } == 2)
  }

  @Test func `marks what is done to a guest besides moving it`() {
    var builder = PlanBuilder.small
    builder.change("m001") { $0.usesPostCopy = true }
    builder.change("m003") { $0.usesAutoConverge = true }
    let lines = view(builder.plan())
    #expect(lines.contains { $0.contains("live+post-copy") })
    #expect(lines.contains { $0.contains("block+throttle") })
  }

  @Test func `wraps long reasons at 100 columns`() {
    var builder = PlanBuilder.small
    builder.change("m004") { $0.reasons = [String(repeating: "because of this and that, ", count: 20)] }
    #expect(view(builder.plan()).allSatisfy { $0.count <= 100 })
  }

  @Test func `shows refusals host by host, eight of them, and once for guests that share them`() {
    var builder = PlanBuilder.small
    let refusals = (1...10).map { HostRefusal(host: .init("spare-\($0)"), code: "x", message: "is full") }
    for vm in ["web-8", "web-9"] {
      builder.unplaced.append(
        .init(vm: .init(vm), host: "host-1", refusals: refusals, message: "\(vm) cannot leave"))
    }
    let stays = view(builder.plan()).drop { $0 != "Stays" }
    #expect(
      stays.dropFirst().prefix(3) == ["  web-8 cannot leave", "  web-9 cannot leave", "    spare-1: is full"])
    #expect(stays.contains("    spare-8: is full") && !stays.contains("    spare-9: is full"))
    #expect(stays.contains("    … and 2 more hosts; --json lists them all"))
  }

  @Test func `ends with remarks and findings`() {
    var plan = PlanBuilder.small.plan()
    plan.remarks = ["one at a time is fastest"]
    plan.findings = [
      Finding(.headroomLost, path: "plan", message: "nothing remains free", help: "drain less")
    ]
    #expect(
      view(plan).suffix(4) == [
        "one at a time is fastest", "plan: warning[V204]: nothing remains free", "  help: drain less", "",
      ])
  }

  @Test func `makes hidden characters of names visible`() {
    var builder = PlanBuilder.small
    builder.change("m001") { $0.vm = "\u{1B}[2Jweb" }
    builder.leave("\u{202E}bew", on: "host-1")
    let text = PlanView(plan: builder.plan(), paint: .none).text
    #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    #expect(text.contains("<U+001B>[2Jweb") && text.contains("<U+202E>bew"))
  }

  @Test func `has colours only where they are wanted`() {
    let plan = PlanBuilder.small.plan()
    #expect(!PlanView(plan: plan, paint: .none).text.contains("\u{1B}"))
    #expect(PlanView(plan: plan, paint: Paint(isOn: true)).text.contains("\u{1B}[32mcomplete"))
  }
}
