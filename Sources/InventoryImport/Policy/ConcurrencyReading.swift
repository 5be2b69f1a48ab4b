import EvacuationModel

extension PolicyReader {
  static func concurrency(
    _ section: PolicySection, _ profile: PlatformProfile, _ defaults: ConcurrencyLimits
  ) -> ConcurrencyLimits {
    func limit(_ key: String, _ base: Sourced<Limit>) -> Limit {
      section.setting(key, base, text: \.description) { $0.limit() }
    }
    return ConcurrencyLimits(
      liveOutboundPerHost: limit("max_concurrent_live_migrations", profile.liveOutboundPerHost),
      inboundPerHost: limit(
        "max_incoming_per_host", Sourced(defaults.inboundPerHost, "no platform has such a limit")),
      perCluster: limit("max_concurrent_per_cluster", profile.perCluster),
      coldOutboundPerHost: limit(
        "max_concurrent_cold_migrations",
        Sourced(defaults.coldOutboundPerHost, "no platform has such a limit")),
      batching: section.setting(
        "batching", Sourced(defaults.batching, "what a person at the console can follow"),
        text: \.rawValue
      ) { $0.choice() })
  }
}
