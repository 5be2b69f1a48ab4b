import MigrationSimulation
import Quantities

/// Migrations under way, advanced from event to event: whenever one starts, ends or changes phase, the shares of
/// those whom that concerns are computed anew, and each goes on with its own.
struct TransferSimulation: Sendable {
  /// One migration under way.
  private struct Transfer: Sendable {
    let number: Int
    let start: Double
    let segments: [Int]
    let capacity: Double
    /// What it can use now, in bytes per second; never more than its path carries.
    var wanted: Double
    var share = 0.0
    var leastShare = Double.infinity
    /// Seconds from its start; `nil` until it is known for the present phase and share.
    var phaseEnd: Double?
    /// The number of its latest entry among the phase ends.
    var version = 0
    var isOver = false
  }

  /// One that has ended.
  struct Finished: Sendable {
    /// The number with which it was started.
    let move: Int
    let start: Double
    let end: Double
    /// The lowest share it had while it transferred, in bytes per second.
    let share: Double
    fileprivate let place: Int
  }

  private let sharing: LinkSharing
  /// Each in a place of its own, which it keeps to its end; then the place is used again.
  private var transfers: [Transfer] = []
  /// What each does, as of the last moment at which its phase or its share changed; `nil` where its duration is
  /// prescribed, so that nothing but time passes.
  private var runs: [MigrationRun?] = []
  private var vacant: [Int] = []
  private var load: SegmentLoad
  private var phaseEnds = VersionedQueue()
  private var versions = 0
  /// Whose shares have to be looked at before time goes on, and on which segments there is more left than before.
  private var changed: [Int] = []
  private var relieved: [Int] = []
  /// Seconds since the plan's start.
  private(set) var clock = 0.0

  init(sharing: LinkSharing) {
    self.sharing = sharing
    load = SegmentLoad(capacities: sharing.capacities)
  }

  var isIdle: Bool { vacant.count == transfers.count }

  /// Starts `move` now; `number` names it when it ends.
  mutating func start(_ move: Move, as number: Int) {
    start(move.decision.demand, over: move.segments, capacity: move.capacity, as: number)
  }

  /// Starts a migration over `segments`, the narrowest of which carries `capacity` bytes per second.
  mutating func start(
    _ demand: MigrationDemand, over segments: [Int], capacity: Double, as number: Int
  ) {
    let prescribed = demand.prescribed
    let run = prescribed == nil ? MigrationRun(demand, pathCapacity: capacity) : nil
    let held = demand.hasTraffic ? demand.cap.bytesPerSecond : 0
    let transfer = Transfer(
      number: number, start: clock, segments: segments, capacity: capacity,
      wanted: min(run?.bandwidthWanted ?? held, capacity))
    let place = vacant.popLast() ?? transfers.count
    if place == transfers.count {
      transfers.append(transfer)
      runs.append(run)
    } else {
      transfers[place] = transfer
      runs[place] = run
    }
    if let prescribed { setPhaseEnd(prescribed.seconds, of: place) }
    join(place)
  }

  /// Lets `seconds` pass for something that sends nothing; `number` names it when it ends.
  mutating func wait(_ seconds: Double, as number: Int) {
    let pause = Transfer(number: number, start: clock, segments: [], capacity: 0, wanted: 0)
    let place = vacant.popLast() ?? transfers.count
    if place == transfers.count {
      transfers.append(pause)
      runs.append(nil)
    } else {
      transfers[place] = pause
      runs[place] = nil
    }
    setPhaseEnd(max(0, seconds), of: place)
    join(place)
  }

  /// Goes on to the next moment at which at least one migration ends, and returns those that end then, in the
  /// order of their numbers. Empty only when nothing is under way or nothing will ever end.
  mutating func nextEnd() -> [Finished] {
    while !isIdle {
      share()
      guard let next = nextPhaseEnd() else { return [] }
      clock = max(clock, next)
      var ended: [Finished] = []
      while let event = phaseEnds.first, event.key <= clock {
        phaseEnds.removeFirst()
        guard transfers[event.number].version == event.version else { continue }
        if let finished = endPhase(of: event.number) { ended.append(finished) }
      }
      if !ended.isEmpty { return ended.sorted { $0.move < $1.move } }
    }
    return []
  }

  private mutating func nextPhaseEnd() -> Double? {
    while let event = phaseEnds.first {
      if transfers[event.number].version == event.version { return event.key.isFinite ? event.key : nil }
      phaseEnds.removeFirst()
    }
    return nil
  }

  private mutating func endPhase(of place: Int) -> Finished? {
    // What ends now ends, whatever rounding the sum of start and phase end has, and although a copy that is
    // stopped on its way takes other steps than one that is not: a microsecond more leaves nobody an instant short.
    let elapsed = max(transfers[place].phaseEnd ?? 0, clock - transfers[place].start) + 1e-6
    runs[place]?.advance(until: elapsed, rate: transfers[place].share)
    transfers[place].phaseEnd = nil
    if let phase = runs[place]?.phase, phase != .finished {
      changeWanted(of: place, to: runs[place]?.bandwidthWanted ?? 0)
      return nil
    }
    leave(place)
    vacant.append(place)
    transfers[place].isOver = true
    let transfer = transfers[place]
    return Finished(
      move: transfer.number, start: transfer.start, end: clock,
      share: transfer.leastShare.isFinite ? transfer.leastShare : 0, place: place)
  }

  /// What one that has just ended did, as long as no other has started; `nil` where its duration is prescribed.
  func run(of finished: Finished) -> MigrationRun? { runs[finished.place] }

  private mutating func changeWanted(of place: Int, to wanted: Double) {
    let wanted = min(wanted, transfers[place].capacity)
    guard wanted != transfers[place].wanted else {
      changed.append(place)
      return
    }
    leave(place)
    transfers[place].wanted = wanted
    join(place)
  }

  private mutating func join(_ place: Int) {
    load.add(place, on: transfers[place].segments, most: transfers[place].wanted)
    changed.append(place)
  }

  /// Who was kept short on a segment gets more of it when somebody leaves it.
  private mutating func leave(_ place: Int) {
    let transfer = transfers[place]
    if transfer.wanted > 0 {
      for segment in transfer.segments where load.isContested(segment) { relieved.append(segment) }
    }
    load.remove(place, most: transfer.wanted)
  }

  /// Gives everybody whom the latest changes concern its share. One who ends a phase by this changes again.
  private mutating func share() {
    while !changed.isEmpty || !relieved.isEmpty {
      let places = load.neighbours(of: changed.filter { !transfers[$0].isOver }, on: relieved).sorted()
      changed.removeAll(keepingCapacity: true)
      relieved.removeAll(keepingCapacity: true)
      for (place, share) in zip(places, shares(of: places)) { give(share, to: place) }
    }
  }

  private func shares(of places: [Int]) -> [Double] {
    // Who meets nobody on a segment that binds has all it can use.
    guard places.contains(where: { transfers[$0].segments.contains { load.isContested($0) } }) else {
      return places.map { transfers[$0].wanted }
    }
    return sharing.shares(
      places.map { LinkSharing.Flow(segments: transfers[$0].segments, cap: transfers[$0].wanted) })
  }

  private mutating func give(_ share: Double, to place: Int) {
    let isNew = transfers[place].phaseEnd == nil || share != transfers[place].share
    if isNew, transfers[place].phaseEnd != nil {
      runs[place]?.advance(until: clock - transfers[place].start, rate: transfers[place].share)
    }
    transfers[place].share = share
    if share > 0, runs[place]?.isTransferring ?? true {
      transfers[place].leastShare = min(transfers[place].leastShare, share)
    }
    guard isNew, let end = runs[place]?.endOfPhase(rate: share) else { return }
    setPhaseEnd(end, of: place)
    if let wanted = runs[place]?.bandwidthWanted,
      min(wanted, transfers[place].capacity) != transfers[place].wanted
    {
      changeWanted(of: place, to: wanted)
    }
  }

  /// Seconds from its start at which the present phase of a transfer ends.
  private mutating func setPhaseEnd(_ end: Double, of place: Int) {
    versions += 1
    transfers[place].version = versions
    transfers[place].phaseEnd = end
    phaseEnds.insert(.init(key: transfers[place].start + end, number: place, version: versions))
  }
}
