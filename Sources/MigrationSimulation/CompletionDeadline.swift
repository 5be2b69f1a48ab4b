public import EvacuationModel
public import Quantities

/// How a platform counts the data of one migration, and the deadline that follows.
public enum CompletionDeadline {
  /// The size in GiB (Nova, plain) or units of 10⁹ bytes (KubeVirt) that timeouts and ladders multiply.
  ///
  /// `copiedDisks` are apparent sizes of the disks that travel.
  public static func dataSize(_ rule: DataSizeRule, memory: ByteCount, copiedDisks: [ByteCount]) -> Double {
    switch rule {
    case .nova:
      copiedDisks.reduce(max(memory.gibibytes, 2)) { $0 + max($1.gibibytes, 2) }
    case .kubevirt:
      (Double((memory + copiedDisks.sum()).bytes) / 1e9).rounded(.up)
    case .plain:
      (memory + copiedDisks.sum()).gibibytes
    }
  }

  /// Seconds of transfer after which the platform acts; infinite when it never does. Nova rounds down to
  /// whole seconds.
  static func seconds(_ timeout: CompletionTimeout, dataSize: Double) -> Double {
    switch timeout {
    case .never: .infinity
    case .fixed(let time): time.seconds
    case .perGibibyte(let time): (time.seconds * dataSize).rounded(.towardZero)
    }
  }
}
