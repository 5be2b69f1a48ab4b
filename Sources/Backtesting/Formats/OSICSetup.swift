import EvacuationModel
import MigrationSimulation
import Quantities

/// The columns that both tables of the OSIC benchmark share: which cloud, which guests, asked for how.
struct OSICSetup {
  let campaign: String
  let isBlock: Bool
  let isTunnelled: Bool
  let flavor: String
  let memory: ByteCount
  let disk: ByteCount
  let batch: Int
  let guests: Int

  /// Reads `row`, or says what it lacks.
  static func read(_ row: CSVRow) -> Result<Self, SkipReason> {
    guard let campaign = row.text("campaign"), let flavor = row.text("flavor") else {
      return .failure(SkipReason("no campaign or flavor"))
    }
    guard let storage = row.text("storage"), storage == "shared" || storage == "block" else {
      return .failure(SkipReason("storage is neither shared nor block"))
    }
    guard let memory = row.number("ram_gib"), memory > 0 else { return .failure(SkipReason("no ram_gib")) }
    let disk = row.number("disk_gib")
    if storage == "block", disk == nil { return .failure(SkipReason("no disk_gib")) }
    guard campaign != "jan_light" else {
      return .failure(SkipReason("how much memory was touched is not known for January"))
    }
    return .success(
      Self(
        campaign: campaign, isBlock: storage == "block", isTunnelled: row.text("tunnelled") == "on",
        flavor: flavor, memory: .gibibytes(memory), disk: .gibibytes(max(0, disk ?? 0)),
        batch: row.count("batch_size") ?? 1, guests: row.count("vms_on_host") ?? 1))
  }

  var group: String {
    "\(campaign) \(isBlock ? "block" : "shared") tunnel \(isTunnelled ? "on" : "off") \(flavor) batch \(batch)"
  }

  /// Guests of the parallel test were migrated from the moment they had booted; in February they ran for days.
  var isParallelTest: Bool { campaign == "mar_parallel" }

  private var queueTimes: RequestQueueTimes {
    let task = isTunnelled ? OSICConstants.taskTunnelled : OSICConstants.taskShared
    return RequestQueueTimes(
      alone: OSICConstants.queueingAlone, together: OSICConstants.queueingTogether,
      perHost: isBlock ? OSICConstants.taskBlock : task)
  }

  /// The part of a migration of `alone` seconds during which it keeps others waiting.
  private func hold(alone: Double) -> Duration {
    Duration(clampingSeconds: max(0, alone - queueTimes.alone.seconds))
  }

  /// Seconds from the call to ACTIVE for the `rank`-th (from 1) of a batch of migrations that take `alone` seconds each
  /// by themselves: Nova does one at a time, whatever it is asked for.
  func seconds(alone: Double, rank: Int) -> Double {
    let queue = RequestQueue(slots: .atMost(1), times: queueTimes)
    let times = queue.clientTimes(Array(repeating: hold(alone: alone), count: min(batch, 1000)))
    return times.indices.contains(rank - 1) ? times[rank - 1].seconds : alone
  }

  /// Seconds until a host is empty whose guests are asked for `batch` at a time.
  func hostSeconds(alone: Double, batch: Int) -> Double {
    let holds = Array(repeating: hold(alone: alone), count: min(guests, 1000))
    return RequestQueue(slots: .atMost(1), times: queueTimes).hostTime(holds, batchesOf: batch).seconds
  }

  /// What the migration thread carries. Block migrations were as fast with the tunnel as without.
  var rate: DataRate { isTunnelled && !isBlock ? OSICConstants.tunnel : OSICConstants.stream }

  /// What of its disks is filled, and travels.
  private var mirrored: ByteCount { isBlock ? disk * OSICConstants.filledShare : .zero }

  /// Seconds of mirroring them.
  var mirrorSeconds: Double { Double(mirrored.bytes) / OSICConstants.mirror.bytesPerSecond }

  /// One migration of a guest that has touched `touched`, with nothing before it in the queue.
  func experiment(
    touched: ByteCount, spread: ForecastSpread = OSICConstants.guestSpread
  ) -> MigrationExperiment {
    var before = OSICConstants.before
    if isTunnelled, !isBlock { before += OSICConstants.tunnelSetup }
    if isBlock { before += OSICConstants.blockSetup }
    var experiment = MigrationExperiment(
      memory: memory,
      curve: DirtyCurve(activity: MemoryActivity(intensity: .idle), touched: min(touched, memory)),
      wireRate: rate,
      downtimeLimit: .ladder(final: .milliseconds(500), steps: 10, delayPerGibibyte: .seconds(75)))
    if isBlock {
      experiment.disk = MirroredDisk(
        size: mirrored, writeRate: .zero, rate: OSICConstants.mirror, isWriteBlocking: false)
    }
    experiment.fixedTime = FixedTime(
      before: Duration(clampingSeconds: before), after: Duration(clampingSeconds: OSICConstants.after))
    experiment.spread = spread
    return experiment
  }
}

extension CSVRow {
  /// A whole number from 1 to a million.
  func count(_ column: String) -> Int? {
    guard let value = number(column), value >= 1, value <= 1e6 else { return nil }
    return Int(value)
  }
}
