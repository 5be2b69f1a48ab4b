/// A release of a platform, as far as its migrations differ from one release to the next.
///
/// The inventory alone states it, beside the platform: a policy serves clusters of any platform, and a release in it
/// would be that of none. What a policy writes out counts in every release that has it. Without a release today's
/// counts.
public struct PlatformRelease: Hashable, Sendable {
  /// Whose release.
  public let platform: Platform
  /// As operators call it: `newton`, `1.3`, `8.2`.
  public let name: String
  /// What releases are ordered by: Nova's own major version (14 is Newton), else the first number.
  let major: Int
  /// The second number; 0 for Nova, whose releases differ in the first.
  let minor: Int

  /// Reads what operators write: `newton`, `2016.2` or `14.0` for Nova, `1.3.0` or `v1.3` for KubeVirt, `8.2` for
  /// Proxmox, QEMU's own version for a generic platform; `nil` if no such release is known.
  public init?(_ text: String, of platform: Platform) {
    self.platform = platform
    let written = text.lowercased()
    if platform == .nova {
      guard let release = NovaRelease(written) else { return nil }
      (name, major, minor) = (release.name, release.rawValue, 0)
      return
    }
    let numbers = (written.hasPrefix("v") ? written.dropFirst() : written[...])
      .split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...3).contains(numbers.count), let first = numbers[0], first >= 0 else { return nil }
    guard let second = numbers.count > 1 ? numbers[1] : 0, second >= 0 else { return nil }
    guard Self.ranges(of: platform).contains(where: { $0.major == first && $0.minors.contains(second) })
    else { return nil }
    (name, major, minor) = ("\(first).\(second)", first, second)
  }

  /// Whether it came before the release of the same platform that is called `other`; not if there is none.
  public func precedes(_ other: String) -> Bool {
    Self(other, of: platform).map { (major, minor) < ($0.major, $0.minor) } ?? false
  }

  /// Whether this release is at least `major`.`minor`.
  func isAtLeast(_ major: Int, _ minor: Int = 0) -> Bool { (self.major, self.minor) >= (major, minor) }

  /// The releases of `platform` that are known, as they are told to people; empty where none differ.
  public static func known(of platform: Platform) -> [String] {
    switch platform {
    case .nova: NovaRelease.allCases.map(\.name)
    case .kubevirt: ["0.30 to 0.59", "1.0 to 1.9"]
    case .proxmox: ["5.0 to 9.9"]
    case .generic: ["QEMU's 2.0 to 10.2"]
    case .libvirt, .vsphere, .ganeti: []
    }
  }

  private static func ranges(of platform: Platform) -> [(major: Int, minors: ClosedRange<Int>)] {
    switch platform {
    case .kubevirt: [(0, 30...59), (1, 0...9)]
    case .proxmox: (5...9).map { ($0, 0...9) }
    case .generic: [(2, 0...12), (10, 0...2)] + (3...9).map { ($0, 0...2) }
    case .nova, .libvirt, .vsphere, .ganeti: []
    }
  }
}

/// Nova's releases by their major version.
enum NovaRelease: Int, CaseIterable, Comparable {
  case liberty = 12, mitaka, newton, ocata, pike, queens, rocky, stein, train, ussuri, victoria, wallaby, xena
  case yoga, zed, antelope, bobcat, caracal, dalmatian, epoxy, flamingo, gazpacho

  /// The code name up to Zed, from then on the date, as OpenStack itself has it.
  var name: String { self <= .zed ? "\(self)" : date }

  /// Two releases a year, the first of them Kilo, 2015.1.
  private var date: String { "\(2015 + (rawValue - 11) / 2).\((rawValue - 11) % 2 + 1)" }

  /// Reads `newton`, `2016.2` or Nova's own `14.0.1`.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let version = parts.allSatisfy { Int($0) != nil } && parts.count <= 3 ? Int(parts[0]) : nil
    let found = Self.allCases.first { release in
      text == "\(release)" || text == release.date || version == release.rawValue
    }
    guard let found else { return nil }
    self = found
  }

  static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
