import EvacTestSupport
import EvacuationModel
import Quantities

extension PlanQuestion {
  /// A question about a generated world: any platform, tight or loose hosts, uneven links, a policy of random
  /// limits and rules, one to three hosts to drain.
  static func generated(_ seed: UInt64) -> Self {
    var draw = SeededGenerator(seed: seed, stream: "question")
    let hosts = draw.integer(in: 2...9)
    let world = World.generated(
      seed: seed, hosts: hosts, vmsPerHost: draw.integer(in: 1...7), fill: draw.number(in: 0.3...1),
      platform: draw.pick(Platform.allCases))
    var question = Self(world.inventory, drain: [])
    question.drawNetwork(&draw)
    question.drawRoom(&draw)
    question.drawPolicy(&draw)
    question.drawRules(&draw)
    let names = question.inventory.hosts.map(\.id)
    let drained = Set((0..<draw.integer(in: 1...3)).map { _ in draw.pick(names) })
    question.request = EvacuationRequest(drain: drained.sorted(), seed: seed)
    if draw.chance(0.5) {
      question.policy.window = MaintenanceWindow(
        duration: .seconds(draw.integer(in: 10...4000)), confidence: .percent(draw.pick([50, 90])))
    }
    return question
  }

  private mutating func drawNetwork(_ draw: inout SeededGenerator) {
    inventory.links.append(MigrationLink(id: "core", bandwidth: .gigabitsPerSecond(draw.pick([1, 10, 100]))))
    for index in inventory.links.indices where draw.chance(0.3) {
      inventory.links[index].bandwidth = .gigabitsPerSecond(draw.pick([0.5, 1, 5]))
    }
    for index in inventory.hosts.indices {
      if draw.chance(0.2) {
        inventory.hosts[index].migrationBandwidth = .gigabitsPerSecond(draw.pick([1, 2]))
      }
      if draw.chance(0.15) { inventory.hosts[index].links = [] }
      if draw.chance(0.3) { inventory.hosts[index].links.append("core") }
      if draw.chance(0.1) { inventory.hosts[index].rack = nil }
    }
  }

  private mutating func drawRoom(_ draw: inout SeededGenerator) {
    let shrink = draw.number(in: 0.5...1)
    for index in inventory.hosts.indices {
      if draw.chance(0.1) { inventory.hosts[index].state = draw.pick([.disabled, .down]) }
      if draw.chance(0.3) { inventory.hosts[index].memory = inventory.hosts[index].memory * shrink }
      if draw.chance(0.1) { inventory.hosts[index].storage[2].free = .gibibytes(draw.number(in: 0...100)) }
    }
    policy.capacity = CapacityPolicy(
      cpuOvercommit: draw.pick([1, 2, 4]), memoryOvercommit: draw.pick([1, 1, 1.25]),
      keepFree: draw.pick([.hosts(0), .hosts(0), .hosts(1), .share(.percent(10)), .share(.percent(30))]))
  }

  private mutating func drawPolicy(_ draw: inout SeededGenerator) {
    func limit(_ draw: inout SeededGenerator) -> Limit {
      draw.pick([.atMost(1), .atMost(2), .atMost(4), .unlimited])
    }
    policy.concurrency = ConcurrencyLimits(
      liveOutboundPerHost: limit(&draw), inboundPerHost: limit(&draw), perCluster: limit(&draw),
      coldOutboundPerHost: limit(&draw), batching: draw.pick(Batching.allCases))
    if draw.chance(0.3) { policy.precopy.postCopy = PostCopyPolicy(after: draw.pick([nil, .seconds(20)])) }
    if draw.chance(0.3) { policy.precopy.autoConverge = draw.pick([nil, AutoConverge()]) }
    if draw.chance(0.4) {
      policy.precopy.completionTimeout = draw.pick([.never, .fixed(.seconds(90)), .perGibibyte(.seconds(20))])
      policy.precopy.timeoutAction = draw.pick(TimeoutAction.allCases)
    }
    if draw.chance(0.3) { policy.precopy.downtimeLimit = .fixed(.milliseconds(draw.pick([30, 300, 2000]))) }
    if draw.chance(0.3) {
      policy.network.bandwidthLimitPerMigration = .mebibytesPerSecond(draw.pick([64, 300]))
    }
    policy.network.usableShare = .percent(draw.pick([50, 80, 100]))
    policy.network.multifdChannels = draw.pick([1, 1, 4])
    policy.cold.allowed = draw.chance(0.6)
  }

  private mutating func drawRules(_ draw: inout SeededGenerator) {
    var rules: [PolicyRule] = []
    for vm in inventory.virtualMachines where draw.chance(0.1) {
      var rule = PolicyRule(match: RuleMatch(name: vm.id.name))
      switch draw.integer(in: 0...5) {
      case 0: rule.modes = draw.pick([[], [.cold], [.live, .block], [.live], [.block, .cold]])
      case 1: rule.maxDowntime = .milliseconds(draw.pick([50, 200, 2000]))
      case 2: rule.priority = draw.integer(in: -2...5)
      case 3: rule.destinations = [draw.pick(inventory.hosts).id, draw.pick(inventory.hosts).id]
      default: rule.duration = .seconds(draw.integer(in: 1...300))
      }
      rules.append(rule)
    }
    policy.rules = PolicyRules(rules)
  }
}
