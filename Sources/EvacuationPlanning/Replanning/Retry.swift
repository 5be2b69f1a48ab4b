import EvacuationModel
import Quantities

/// How a guest whose migration failed is moved the next time; why it failed decides.
struct Retry: Sendable {
  /// What counts for the guest now.
  private(set) var settings: MigrationSettings
  /// The hosts that are left out, with why.
  private(set) var avoided: [(host: Host.ID, why: String)] = []

  /// The way after `failures`, the oldest first, of a guest to which `settings` applied. `hosts` are all there are.
  init(
    after failures: [PresentState.FailedMove], of vm: VirtualMachine, settings: MigrationSettings,
    hosts: [Host.ID]
  ) {
    self.settings = settings
    var others: [Host.ID: Int] = [:]
    for failure in failures {
      let host = failure.step.destination
      switch failure.kind {
      case .noRoom: avoid(host, "\(failure.text) on \(host): another host this time")
      case .hostDown: avoid(host, "\(failure.text), \(host) did not answer: another host this time")
      case .other:
        others[host, default: 0] += 1
        if others[host] == 2 {
          avoid(host, "\(failure.text), the second time on \(host): another host this time")
        }
      case .timeout: break
      }
    }
    if !avoided.isEmpty {
      let left = Set(avoided.map(\.host))
      self.settings.destinations = (settings.destinations ?? hosts).filter { !left.contains($0) }
    }
    self.settings.reasons = avoided.map(\.why)
    if let last = failures.last, last.kind == .other,
      !avoided.contains(where: { $0.host == last.step.destination })
    {
      self.settings.reasons.append("\(last.text): once more as before")
    }
    changeWay(after: failures.filter { $0.kind == .timeout }, of: vm)
  }

  private mutating func avoid(_ host: Host.ID, _ why: String) {
    if !avoided.contains(where: { $0.host == host }) { avoided.append((host, why)) }
  }

  /// What did not converge in time needs no convergence next: post-copy, then a restart, each if the policy permits it. Else
  /// all that helps is a path without company.
  private mutating func changeWay(after timeouts: [PresentState.FailedMove], of vm: VirtualMachine) {
    guard let last = timeouts.last else { return }
    let way: String
    if vm.state != .stopped, settings.precopy.postCopy != nil,
      !timeouts.contains(where: { $0.step.usesPostCopy })
    {
      settings.insistsOnPostCopy = true
      way = "switches to post-copy this time"
    } else if settings.modes.contains(.cold), !timeouts.contains(where: { $0.step.mode == .cold }) {
      settings.modes = [.cold]
      way = "shut down this time, as the policy permits"
    } else {
      settings.goesAlone = true
      way = "without company on its path this time"
    }
    settings.reasons.append("\(last.text): \(way)")
  }
}

extension PresentState.FailedMove {
  /// What is said of it in a reason.
  fileprivate var text: String {
    let said = reason.isEmpty ? kind.rawValue.replacing("_", with: " ") : reason
    return "\(step.id) failed (\(said))"
  }
}
