import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing

struct WindowForecastTests {
  /// The verified plan of `question` in a window of `seconds`, with its outlook.
  private func planned(
    _ question: PlanQuestion, window seconds: Double, confidence: Double = 90,
    trials: Int = 200
  ) -> EvacuationPlan {
    var question = question
    question.request.window = MaintenanceWindow(
      duration: Duration(clampingSeconds: seconds), confidence: .percent(confidence))
    let plan = WindowForecaster(inventory: question.inventory, policy: question.policy, trials: trials)
      .plan(question.plan())
    #expect(question.errors(in: plan) == [])
    return plan
  }

  private var question: PlanQuestion {
    PlanQuestion(World.generated(seed: 5, hosts: 6).inventory, drain: ["host-001"])
  }

  @Test func `A long window fits, a short one does not`() throws {
    let long = planned(question, window: 1e6)
    #expect(long.summary.fitsWindow == true)
    #expect(long.outlook?.probability == Ratio(1))
    let short = planned(question, window: long.summary.makespan.seconds * 0.8)
    #expect(short.summary.fitsWindow == false)
    #expect(short.outlook?.latestStart == nil)
    #expect(try #require(short.outlook).probability < .percent(90))
  }

  @Test func `A longer window never fits less likely`() throws {
    let makespan = planned(question, window: 1e6).summary.makespan.seconds
    let shares = try [0.7, 0.85, 0.95, 1, 1.05, 1.2, 2].map { factor in
      try #require(planned(question, window: makespan * factor).outlook).probability
    }
    #expect(shares == shares.sorted())
    #expect(try #require(shares.last) > (try #require(shares.first)))
  }

  @Test(arguments: [50.0, 80, 90, 99])
  func `Who begins at the latest start fits at the confidence asked for`(confidence: Double) throws {
    let plan = planned(question, window: 7200, confidence: confidence)
    let latest = try #require(plan.outlook?.latestStart).seconds
    let late = planned(question, window: 7200 - latest + 0.001, confidence: confidence)
    #expect(late.summary.fitsWindow == true)
    #expect(try #require(late.outlook).probability >= .percent(confidence))
    #expect(abs(try #require(late.outlook?.latestStart).seconds) < 0.01)
    let tooLate = planned(question, window: 7200 - latest - 1, confidence: confidence)
    #expect(tooLate.summary.fitsWindow == false)
  }

  @Test func `A higher confidence asks for an earlier start`() throws {
    let starts = try [50.0, 80, 95, 99].map { confidence in
      try #require(planned(question, window: 7200, confidence: confidence).outlook?.latestStart)
    }
    #expect(starts == starts.sorted(by: >))
  }

  @Test func `What is known for certain ends when it is planned to`() throws {
    var certain = question
    certain.policy.rules = PolicyRules([PolicyRule(match: RuleMatch(), duration: .seconds(60))])
    let plan = planned(certain, window: 7200)
    let outlook = try #require(plan.outlook)
    #expect(abs(try #require(outlook.endP50).seconds - plan.summary.makespan.seconds) < 0.01)
    #expect(abs(try #require(outlook.endP90).seconds - plan.summary.makespan.seconds) < 0.01)
  }

  @Test func `With equal steps one after the other the way back becomes longer half-way`() throws {
    var equal = question
    equal.policy.concurrency = ConcurrencyLimits(perCluster: .atMost(1), coldOutboundPerHost: .atMost(1))
    equal.policy.rules = PolicyRules([PolicyRule(match: RuleMatch(), duration: .seconds(60))])
    let plan = planned(equal, window: 7200)
    let point = try #require(plan.outlook?.pointOfNoReturn).seconds
    #expect(plan.steps.count > 2)
    #expect(abs(point - plan.summary.makespan.seconds / 2) <= 60.01)
    // With a window of half as much again as the plan, the way back from three quarters of it is still in time.
    let half = planned(equal, window: plan.summary.makespan.seconds * 1.5)
    let turn = try #require(half.outlook?.turnBackBy).seconds
    #expect(abs(turn - plan.summary.makespan.seconds * 0.75) <= 60.01)
  }

  @Test func `The same seed has the same outlook, another one another`() {
    var other = question
    let first = planned(question, window: 3600)
    #expect(planned(question, window: 3600) == first)
    other.request.seed = 8
    #expect(planned(other, window: 3600).outlook?.endP90 != first.outlook?.endP90)
  }

  @Test(arguments: 0..<40)
  func `Whatever is asked, the outlook agrees with itself`(seed: UInt64) throws {
    let plan = planned(.generated(seed), window: 600, trials: 50)
    let outlook = try #require(plan.outlook)
    if let median = outlook.endP50, let late = outlook.endP90 { #expect(median <= late) }
    #expect((0...1).contains(outlook.probability.fraction))
    if let point = outlook.pointOfNoReturn {
      #expect((0...plan.summary.makespan.seconds + 1e-6).contains(point.seconds))
    }
    #expect((outlook.pointOfNoReturn == nil) == plan.steps.isEmpty)
  }

  @Test func `Without a window nothing is said about one`() {
    let plan = question.plan()
    #expect(WindowForecaster(inventory: question.inventory, policy: question.policy).plan(plan) == plan)
  }
}
