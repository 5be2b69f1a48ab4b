public import Quantities

/// Room that stays free on the hosts that remain.
public enum Headroom: Hashable, Sendable {
  /// Their free memory together is at least that of the so many largest of them: as many may fail.
  case hosts(Int)
  /// This share of each one's memory.
  case share(Ratio)
}

/// How full hosts may become.
public struct CapacityPolicy: Hashable, Sendable {
  /// Virtual CPUs for each logical CPU.
  public var cpuOvercommit: Double
  /// Guest memory for each byte of host memory.
  public var memoryOvercommit: Double
  /// Room that stays free.
  public var keepFree: Headroom

  /// Capacity settings: four virtual CPUs a logical one (Nova's `cpu_allocation_ratio` since 25.0 is 4.0),
  /// no memory overcommit, nothing kept free.
  public init(cpuOvercommit: Double = 4, memoryOvercommit: Double = 1, keepFree: Headroom = .hosts(0)) {
    self.cpuOvercommit = cpuOvercommit
    self.memoryOvercommit = memoryOvercommit
    self.keepFree = keepFree
  }
}

extension Host {
  /// Memory for guests: what the host has, less its reserve, times the overcommit.
  public func guestMemory(_ capacity: CapacityPolicy) -> ByteCount {
    max(memory - reservedMemory, .zero) * capacity.memoryOvercommit
  }

  /// Virtual CPUs for guests.
  public func guestCPUs(_ capacity: CapacityPolicy) -> Int {
    Int(max(0, min(Double(cpus) * capacity.cpuOvercommit, 1e15)) + 1e-9)
  }
}
