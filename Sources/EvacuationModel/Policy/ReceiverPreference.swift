/// Which of the hosts that can take a guest is preferred, where time and disturbance are the same.
public enum ReceiverPreference: String, CaseIterable, Hashable, Sendable {
  /// The least loaded: nobody becomes a hot spot.
  case spread
  /// The fullest that still fits: the largest pieces of free memory stay whole.
  case pack
  /// The least loaded of those that run guests already; empty hosts stay empty as long as the others suffice.
  case keepEmpty = "keep_empty"
}
