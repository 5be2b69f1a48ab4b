import EvacuationModel
import Quantities

/// What a pre-copy is told before it starts, with every default already resolved. Seconds and bytes.
struct PreCopyOptions: Hashable, Sendable {
  var schedule: DowntimeSchedule
  var autoConverge: AutoConverge?
  /// QEMU 9.2 and later.
  var syncsEveryFiveSeconds = false
  var throttleResponse = ThrottleResponse.followsCPU
  var writing = WritePattern()
  /// `nil` without XBZRLE.
  var pageCache: PageCache?
  var postCopyPermitted = false
  /// Passes after which to switch.
  var postCopyAfterPasses: Int?
  /// Seconds of memory transfer after which to switch.
  var postCopyAt: Double?
  /// max-postcopy-bandwidth.
  var postCopyBytesPerSecond = Double.infinity
  /// Seconds of transfer, disks included.
  var deadline = Double.infinity
  var timeoutAction = TimeoutAction.abort
  /// Seconds of transfer within which a guest that was paused by the timeout must arrive, or it goes on at the source.
  var pausedDeadline = Double.infinity
  /// What the platform watches besides the clock.
  var monitor: MonitorRules?
  /// The pause besides the last round.
  var switchOverSeconds = 0.0
  /// The same in its parts; `nil` where they are not known.
  var switchOver: SwitchOverTimes?
  /// How many pieces KVM's dirty log is cleared in.
  var dirtyLogChunks = 1
  /// What lies in socket buffers when the guest stops on a saturated link.
  var socketBufferBytes = PreCopyConstants.socketBufferBytes
  var recordsRounds = false
}
