import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

@Suite struct `Templates` {
  private static let id = "47f9dc9f46d5"

  @Test func `names stand for the plan's values, sections for its lists`() throws {
    let text = try Self.render(
      "{{title}}: {{migrations}}\n{{#batches}}\n{{number}} at {{start}}\n{{#steps}}\n- {{vm}} {{mode}} {{pause}}\n"
        + "{{/steps}}\n{{/batches}}\n{{^has_staying}}nobody stays{{/has_staying}}", .text)
    #expect(
      text == """
        Empty compute-01: 3
        1 at 2026-05-28 21:26:40 +01:00
        - web-01 live 120 ms
        - db-01 block 400 ms
        2 at 2026-05-28 21:29:45 +01:00
        - legacy cold 2 min 30 s
        nobody stays
        """)
  }

  @Test(arguments: [
    ("t.html", #"&lt;b&gt; &quot;x&quot; &#39;y&#39; &amp;"#), ("t.md", #"\<b\> "x" 'y' \&"#),
    ("t.jira", #"<b> "x" 'y' &"#), ("t.json", #"\u003cb> \"x\" 'y' &"#),
    ("t.csv", #""<b> ""x"" 'y' &""#), ("t.txt", #"<b> "x" 'y' &"#),
  ])
  func `a value is escaped as the file's ending asks for`(file: String, expected: String) throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.steps[0].vm = .init(#"<b> "x" 'y' &"#)
    let text = try PlanTemplate.render(
      "{{#steps}}{{vm}}|{{/steps}}", kind: TemplateKind(fileName: file), plan: plan, id: Self.id)
    #expect(text.hasPrefix(expected + "|"))
  }

  @Test func `in Jira nothing begins a macro, an effect or a cell, and hyphens inside words stay`() throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.steps[0].vm = .init("web-01 {html} [x|y] *b* -s- ||")
    let text = try PlanTemplate.render("{{#steps}}{{vm}};{{/steps}}", kind: .jira, plan: plan, id: Self.id)
    #expect(text.hasPrefix(#"web-01 \{html\} \[x\|y\] \*b\* \-s\- \|\|;"#))
  }

  @Test(arguments: TemplateKind.allCases)
  func `500 hostile names stay on their line and bring no section of their own`(kind: TemplateKind) throws {
    var names = HostileNames(seed: 8)
    var plan = SamplePlans.plan(.nova, steps: [])
    plan.steps = (0..<500).map {
      SamplePlans.live("m\($0)", names.next() + "{{title}}{{/steps}}", id: nil, memory: 1)
    }
    let text = try PlanTemplate.render(
      "{{#steps}}\n{{step}} {{vm}}\n{{/steps}}\n", kind: kind, plan: plan, id: Self.id)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == 500)
    #expect(lines.enumerated().allSatisfy { $1.hasPrefix("m\($0) ") })
    #expect(!text.contains("Empty") && !VisibleText.hasHidden(text.replacing("\n", with: "")))
  }

  @Test func `HTML and JSON come back from their readers as the names went in`() throws {
    var names = HostileNames(seed: 11)
    var plan = SamplePlans.plan(.nova, steps: [])
    plan.steps = (0..<300).map { SamplePlans.live("m\($0)", names.next(), id: nil, memory: 1) }
    let shown = plan.steps.map { VisibleText.of($0.vm.name) }
    let json = try PlanTemplate.render(
      "[{{#steps}}\"{{vm}}\",{{/steps}}\"\"]", kind: .json, plan: plan, id: Self.id)
    let read = try JSONDecoder().decode([String].self, from: Data(json.utf8))
    #expect(read.dropLast() == ArraySlice(shown))
    let html = try PlanTemplate.render(
      "{{#steps}}<p>{{vm}}</p>\n{{/steps}}", kind: .html, plan: plan, id: Self.id)
    #expect(
      html.split(separator: "\n").allSatisfy { $0.count { $0 == "<" } == 2 && $0.count { $0 == ">" } == 2 })
  }

  @Test(arguments: ["{{#steps}}{{vm}}", "{{#steps}}{{/batches}}", "{{title", "{{% CONTENT_TYPE:NONE}}"])
  func `what is no template says so`(template: String) {
    #expect(throws: PlanTemplate.Failure.self) { try Self.render(template, .text) }
  }

  private static func render(_ template: String, _ kind: TemplateKind) throws(PlanTemplate.Failure) -> String
  {
    try PlanTemplate.render(
      template, kind: kind, plan: SamplePlans.drain(.nova, ids: SamplePlans.uuids), id: id)
  }
}
