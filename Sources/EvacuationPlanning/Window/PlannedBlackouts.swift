import EvacuationModel
import Quantities

/// When guests must not be under way, in seconds of a plan whose start is known; empty where it is not.
struct PlannedBlackouts: Sendable {
  /// Without a window's length a plan is not stretched beyond a day to wait for a blackout's end.
  private static let day = 86_400.0

  /// By the guest's number.
  private(set) var closed: [Int: [ClosedRange<Double>]] = [:]
  private var horizon = PlannedBlackouts.day
  private var start: Instant?

  /// Nobody has any.
  init() {}

  init(inventory: Inventory, policy: Policy, window: MaintenanceWindow) {
    guard let start = window.start, policy.rules.rules.contains(where: { !$0.notBetween.isEmpty }) else {
      return
    }
    horizon = window.duration?.seconds ?? Self.day
    self.start = start
    let begin = start.secondsSince1970
    for (number, guest) in inventory.virtualMachines.enumerated() {
      let times = policy.settings(for: guest).notBetween.flatMap {
        $0.times(from: begin, to: begin + horizon, zone: start.utcOffsetSeconds)
      }
      guard !times.isEmpty else { continue }
      closed[number] = Self.merged(times.map { $0.lowerBound - begin...$0.upperBound - begin })
    }
  }

  private static func merged(_ ranges: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
    var merged: [ClosedRange<Double>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// `move` with the times of its guest.
  func closing(_ move: Move) -> Move {
    closed[move.vm].map { move.closed($0) } ?? move
  }

  /// In a rolling maintenance nobody waits for a blackout's end: hosts with a guest that has one in the window are
  /// left, and the reason says until when and what to do.
  func hosts(besides postponed: [Postponement], inventory: Inventory) -> [Postponement] {
    let known = Set(postponed.flatMap(\.hosts))
    var seen: Set<Host.ID> = []
    return closed.keys.sorted().compactMap { number in
      let guest = inventory.virtualMachines[number]
      guard !known.contains(guest.host), seen.insert(guest.host).inserted else { return nil }
      return Postponement(
        hosts: [guest.host], cause: .blackout,
        reason:
          "a rule forbids moving \(guest.id)\(times(number)) (not_between), and a rolling maintenance does not wait for that; "
          + "begin when it is over, or plan the host with --drain, which waits within its window")
    }
  }

  /// When the guest must not be under way, in the words of the calendar.
  private func times(_ guest: Int) -> String {
    let words = (closed[guest] ?? []).map { range in
      let end = start?.advanced(by: PlanTime(seconds: range.upperBound)).readable ?? ""
      guard range.lowerBound > 0 else { return "until \(end)" }
      let begin = start?.advanced(by: PlanTime(seconds: range.lowerBound)).readable ?? ""
      return "from \(begin) until \(end)"
    }
    return words.isEmpty ? "" : " " + words.joined(separator: " and ")
  }

  /// Guests for which there was no time, with those that must go where they go.
  func broken(_ outcome: Scheduler.Outcome, in cluster: Cluster) -> Barred {
    guard !closed.isEmpty else { return Barred(guests: []) }
    let guests = outcome.schedule.moves.compactMap { scheduled -> Int? in
      let move = outcome.moves[scheduled.move]
      guard !move.closed.isEmpty else { return nil }
      let isUnderWay = move.closed.contains {
        scheduled.start < $0.upperBound - 1e-6 && scheduled.end > $0.lowerBound + 1e-6
      }
      return isUnderWay || scheduled.end > horizon ? move.vm : nil
    }
    let all = Set(cluster.leaving)
    let bundles = Set(guests.flatMap { cluster.groups.bundle(of: $0, among: all) })
    return Barred(guests: bundles.sorted().map { cluster.vm($0).id })
  }

  struct Barred {
    let guests: [VirtualMachine.ID]

    var isEmpty: Bool { guests.isEmpty }

    var postponement: Postponement {
      Postponement(
        guests: guests, cause: .blackout,
        reason:
          "a rule forbids moving it, or a guest that it goes with, at the times that are left (not_between)")
    }
  }
}
