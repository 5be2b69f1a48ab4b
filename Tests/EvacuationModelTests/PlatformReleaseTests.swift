import EvacuationModel
import Quantities
import Testing

@Suite struct `Releases of a platform` {
  @Test(arguments: [("newton", "newton"), ("Newton", "newton"), ("2016.2", "newton"), ("14.0", "newton")])
  func `of Nova go by code name, date and version`(written: String, name: String) {
    #expect(PlatformRelease(written, of: .nova)?.name == name)
  }

  @Test func `of Nova come twice a year`() {
    let pairs = [
      ("12.0.0", "liberty"), ("2017.1", "ocata"), ("17", "queens"), ("2018.2", "rocky"), ("19.0", "stein"),
      ("2022.2", "zed"), ("antelope", "2023.1"), ("2026.1", "2026.1"), ("gazpacho", "2026.1"),
    ]
    for (written, name) in pairs { #expect(PlatformRelease(written, of: .nova)?.name == name) }
  }

  @Test func `of the others go by their first two numbers`() {
    #expect(PlatformRelease("v1.3.0", of: .kubevirt)?.name == "1.3")
    #expect(PlatformRelease("0.43.2", of: .kubevirt)?.name == "0.43")
    #expect(PlatformRelease("8.2", of: .proxmox)?.name == "8.2")
    #expect(PlatformRelease("5.2", of: .generic)?.name == "5.2")
  }

  @Test(arguments: [
    ("zulu", Platform.nova), ("11.0", .nova), ("14.x", .nova), ("", .nova), ("14.0.0.0", .nova), (".", .nova),
    ("0.29", .kubevirt), ("2.0", .kubevirt), ("-1.0", .kubevirt), ("1..3", .kubevirt), ("v", .kubevirt),
    ("99999999999999999999", .proxmox), ("9.3", .libvirt), ("8.0", .vsphere),
  ])
  func `that nobody knows are none`(written: String, platform: Platform) {
    #expect(PlatformRelease(written, of: platform) == nil)
  }

  @Test func `are in order`() throws {
    let newton = try #require(PlatformRelease("newton", of: .nova))
    #expect(newton.precedes("stein") && !newton.precedes("newton") && !newton.precedes("mitaka"))
    let old = try #require(PlatformRelease("0.59", of: .kubevirt))
    #expect(old.precedes("1.3"))
  }
}

@Suite struct `A platform's habits` {
  private func precopy(_ version: String, _ platform: Platform = .nova) throws -> PreCopyPolicy {
    try policy(version, platform).precopy
  }

  private func policy(_ version: String, _ platform: Platform = .nova) throws -> Policy {
    let release = try #require(PlatformRelease(version, of: platform))
    return Policy(name: "x", platform: platform, release: release)
  }

  @Test func `of Nova: the ladder is exponential up to Newton`() throws {
    let (final, delay) = (Duration.milliseconds(500), Duration.seconds(75))
    for version in ["liberty", "newton"] {
      #expect(
        try precopy(version).downtimeLimit
          == .exponentialLadder(final: final, steps: 10, delayPerGibibyte: delay))
    }
    for version in ["ocata", "2026.1"] {
      #expect(
        try precopy(version).downtimeLimit == .ladder(final: final, steps: 10, delayPerGibibyte: delay))
    }
  }

  @Test func `of Nova: the progress timeout is 150 s up to Newton, off up to Rocky, and then gone`() throws {
    #expect(
      try ["liberty", "newton"].map { try precopy($0).progressTimeout } == [.seconds(150), .seconds(150)])
    #expect(try ["ocata", "rocky", "stein"].map { try precopy($0).progressTimeout } == [nil, nil, nil])
  }

  @Test func `of Nova: it switches to post-copy by itself from Newton to Rocky`() throws {
    let switches = try ["mitaka", "newton", "rocky", "stein"].map { try precopy($0).postCopySwitch }
    #expect(switches == [.operator, .slowProgress, .slowProgress, .operator])
  }

  @Test func `of KubeVirt: 800 s per unit up to 1.3, then 150 s; 64 MiB a second up to 0.43`() throws {
    let timeouts = try ["0.43", "1.3", "1.4"].map { try precopy($0, .kubevirt).completionTimeout }
    #expect(
      timeouts == [.perGibibyte(.seconds(800)), .perGibibyte(.seconds(800)), .perGibibyte(.seconds(150))])
    let caps = try ["0.43", "0.44"].map { try policy($0, .kubevirt).network.bandwidthLimitPerMigration }
    #expect(caps == [.mebibytesPerSecond(64), .unlimited])
    #expect(try precopy("1.3", .kubevirt).progressTimeout == .seconds(150))
  }

  @Test
  func `of bare QEMU: 32 MiB a second before 5.2, then 128, and nothing of the kind where libvirt sets it`()
    throws
  {
    let caps = try ["5.1", "5.2"].map { try policy($0, .generic).network.bandwidthLimitPerMigration }
    #expect(caps == [.mebibytesPerSecond(32), .mebibytesPerSecond(128)])
    for platform in Platform.allCases {
      #expect(Policy(name: "x", platform: platform).network.bandwidthLimitPerMigration == .unlimited)
    }
  }

  @Test func `of Proxmox: auto-converge, XBZRLE and ssh always, 0.1 s doubled, and never a timeout`() {
    let policy = Policy(name: "x", platform: .proxmox)
    #expect(policy.precopy.autoConverge == AutoConverge())
    #expect(policy.precopy.xbzrle == XBZRLE())
    #expect(policy.precopy.downtimeLimit == .doubling(initial: .milliseconds(100)))
    #expect(policy.precopy.completionTimeout == .never)
    #expect(policy.network.sshTunnel)
  }

  @Test(arguments: [Platform.libvirt, .generic])
  func `of bare libvirt and QEMU: 300 ms, and nothing ends a migration`(platform: Platform) {
    #expect(
      Policy(name: "x", platform: platform).precopy
        == PreCopyPolicy(downtimeLimit: .fixed(.milliseconds(300)), completionTimeout: .never))
  }

  @Test func `of another platform do not count`() throws {
    let release = try #require(PlatformRelease("newton", of: .nova))
    #expect(PlatformProfile.of(.kubevirt, release: release) == PlatformProfile.of(.kubevirt))
  }

  @Test(arguments: [(4.0, 512.0), (12.6, 2048), (32, 4096), (20, 2048), (0, 0)])
  func `Proxmox's page cache is the next power of two of a tenth of the memory`(
    gibibytes: Double, mebibytes: Double
  ) {
    let cache = PageCacheRule.tenthOfMemory.size(memory: .gibibytes(gibibytes))
    #expect(cache == max(.mebibytes(mebibytes), ByteCount(bytes: 1)))
  }

  @Test func `a power of two stays what it is`() {
    #expect(PageCacheRule.tenthOfMemory.size(memory: ByteCount(bytes: 10 << 30)).bytes == 1 << 30)
    #expect(PageCacheRule.tenthOfMemory.size(memory: ByteCount(bytes: .max)).bytes == 1 << 60)
  }
}
