/// What slowing a guest's CPUs does to its writes.
public enum ThrottleResponse: Hashable, Sendable {
  /// It computes as fast as it can, and writes as fast as it computes.
  case followsCPU
  /// It serves a fixed demand with this share of its CPUs (0 to 1): nothing changes until the throttle exceeds
  /// what they are idle.
  case servesDemand(utilisation: Double)

  /// The factor on the write rate at a throttle of `share`.
  ///
  /// For a guest that follows its CPU it is a little less than 1 − share: 0.80, 0.64, 0.51, 0.37 at 20, 30, 40 and
  /// 50 % (QEMU 7.2, TCG); beyond, the line through them is bent so that it ends at nothing for 100 %.
  func factor(at share: Double) -> Double {
    switch self {
    case .servesDemand(let utilisation):
      return utilisation > 0 ? min(1, (1 - share) / utilisation) : 1
    case .followsCPU:
      return share <= 0.2 ? 1 - share : max(0.8 - 1.43 * (share - 0.2), (1 - share) * 0.74)
    }
  }
}
