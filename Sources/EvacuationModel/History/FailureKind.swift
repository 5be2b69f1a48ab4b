/// Why a migration failed, as far as it decides what to try next.
public enum FailureKind: String, CaseIterable, Hashable, Sendable {
  /// It did not come to its end in time: post-copy or a cold migration may.
  case timeout
  /// The destination had no room: another may.
  case noRoom = "no_room"
  /// A host did not answer: another destination may.
  case hostDown = "host_down"
  /// Something else.
  case other

  /// What the platforms' messages have in common: nova-conductor's `NoValidHost` and `MigrationPreCheckError … Lack of
  /// memory`, nova-compute's and libvirt's `timed out`, QEMU's and ssh's network errors.
  private static let signs: KeyValuePairs<Self, [String]> = [
    .noRoom: [
      "no valid host", "lack of memory", "lack of disk", "not enough", "insufficient", "no room", "no space",
      "cannot allocate memory", "does not fit",
    ],
    .hostDown: [
      "host is down", "host down", "compute service is unavailable", "unreachable", "no route to host",
      "connection refused", "connection reset", "connection closed",
    ],
    .timeout: [
      "timeout", "timed out", "time out", "not converge", "never converge", "no progress", "exceeded",
    ],
  ]

  /// What a message of a platform or an operator means; `other` where it says nothing that is known.
  public init(reason: String) {
    let text = reason.lowercased()
    self = Self.signs.first { signs in signs.value.contains { text.contains($0) } }?.key ?? .other
  }
}
