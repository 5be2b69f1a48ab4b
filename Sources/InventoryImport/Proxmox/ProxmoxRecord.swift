/// One object of Proxmox's API, of `pvesh` or of a configuration file, with the file it was read from.
struct ProxmoxRecord {
  /// What it is about.
  enum Kind: Hashable {
    case node, guest, storage, storageConfiguration, nodeStatus, guestConfiguration
    case rule, group, resource, history, preconditions, options, manager, version
    /// Known, and of no use for an inventory.
    case notNeeded
  }

  let path: String
  let kind: Kind
  let fields: JSONValue

  init?(_ fields: JSONValue, path: String) {
    guard let kind = Self.kind(of: fields, path: path) else { return nil }
    self.path = path
    self.kind = kind
    self.fields = fields
  }

  private static func kind(of fields: JSONValue, path: String) -> Kind? {
    switch fields.text("type") {
    case "node" where fields.has("node", "name"): return .node
    case "qemu" where fields.has("vmid"), "lxc" where fields.has("vmid"): return .guest
    case "storage" where fields.has("storage"): return .storage
    case "resource-affinity", "node-affinity": return .rule
    case "group" where fields.has("nodes"): return .group
    case "lrm", "master", "quorum", "service", "fencing": return .manager
    case "sdn", "pool", "cluster", "network", "openvz": return .notNeeded
    default: break
    }
    if fields.has("rule"), fields.has("resources") { return .rule }
    if fields.has("sid") { return .resource }
    if fields.has("group"), fields.has("nodes") { return .group }
    if fields.has("local_disks", "allowed_nodes", "not_allowed_nodes") { return .preconditions }
    if fields.has("time"), fields.has("diskwrite", "netin", "maxmem", "cpu") { return .history }
    if fields.has("cpuinfo", "pveversion"), fields.has("memory") { return .nodeStatus }
    if fields.has("storage"), fields.has("type", "content") { return .storageConfiguration }
    if fields.has("vmid"), fields.has("maxmem", "status", "mem") { return .guest }
    if isConfiguration(fields) { return .guestConfiguration }
    if fields.has("migration", "migration_unsecure", "bwlimit", "crs", "max_workers", "keyboard") {
      return .options
    }
    if fields.has("release"), fields.has("version") { return .version }
    return nil
  }

  /// A guest's configuration; none of its keys is always there.
  private static func isConfiguration(_ fields: JSONValue) -> Bool {
    let signs = [
      "ostype", "scsihw", "smbios1", "vmgenid", "rootfs", "boot", "bootdisk", "net0", "scsi0", "virtio0",
      "sata0",
      "memory",
    ]
    return signs.filter { fields.has($0) }.count >= 2
  }
}
