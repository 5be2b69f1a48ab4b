import EvacuationModel

/// One way of migrating, about which something is learned.
struct TransportKey: Hashable {
  let platform: Platform
  let transport: String
  let mode: MigrationMode

  init(_ row: HistoryRow) {
    platform = row.setup.platform
    transport = row.setup.transport
    mode = row.mode
  }

  init(platform: Platform, transport: String, mode: MigrationMode) {
    self.platform = platform
    self.transport = transport
    self.mode = mode
  }

  /// By platform, transport and mode; live before block, which builds on it.
  var order: (String, String, Int) { (platform.rawValue, transport, mode == .live ? 0 : 1) }
}
