import EvacuationModel
import Quantities

/// What a pre-copy is told before it starts, with every default already resolved. Seconds and bytes.
struct PreCopyOptions: Sendable {
  var schedule: DowntimeSchedule
  var autoConverge: AutoConverge?
  /// QEMU 9.2 and later.
  var syncsEveryFiveSeconds = false
  /// See `PreCopyRun.gain`; 1 without XBZRLE.
  var xbzrleGain = 1.0
  var postCopyPermitted = false
  var postCopyAfterFirstPass = false
  /// Seconds of memory transfer after which to switch.
  var postCopyAt: Double?
  /// Seconds of transfer, disks included.
  var deadline = Double.infinity
  var timeoutAction = TimeoutAction.abort
  /// The pause besides the last round.
  var switchOverSeconds = 0.0
  /// How many pieces KVM's dirty log is cleared in.
  var dirtyLogChunks = 1
  var recordsRounds = false
}
