import EvacuationModel
import Quantities

/// The migration settings of the KubeVirt object, of HyperConverged, and of migration policies.
struct KubeVirtSettings {
  private(set) var imported = ImportedSettings()
  private(set) var unmatched: [String] = []
  /// The cluster's release, if it says so.
  private(set) var version: String?
  private let policies: [KubernetesObject]
  private let namespaces: [String: [String: String]]

  init(_ objects: [String: [KubernetesObject]]) {
    policies = (objects["MigrationPolicy"] ?? []).sorted { $0.name < $1.name }
    namespaces = Dictionary((objects["Namespace"] ?? []).map { ($0.name, $0.labels) }) { first, _ in first }
    if let cluster = objects["KubeVirt"]?.first {
      version =
        (cluster.at("status", "observedKubeVirtVersion") ?? cluster.at("status", "targetKubeVirtVersion"))?
        .text
      read(cluster.at("spec", "configuration", "migrations"))
      readOvercommit(cluster.at("spec", "configuration", "developerConfiguration"))
    } else if let operatorObject = objects["HyperConverged"]?.first {
      read(operatorObject.at("spec", "liveMigrationConfig"))
    }
  }

  private mutating func read(_ migrations: JSONValue?) {
    guard let migrations else { return }
    if let count = migrations.count("parallelOutboundMigrationsPerNode"), count > 0 {
      imported.set(
        "concurrency", "max_concurrent_live_migrations", "\(count)",
        source: "parallelOutboundMigrationsPerNode")
    }
    if let count = migrations.count("parallelMigrationsPerCluster"), count > 0 {
      imported.set(
        "concurrency", "max_concurrent_per_cluster", "\(count)", source: "parallelMigrationsPerCluster")
    }
    imported.set(
      "concurrency", "batching", "rolling", source: "KubeVirt starts the next migration when a slot is free")
    if let limit = Self.bandwidth(migrations) {
      let text = limit == .unlimited ? "unlimited" : ExactQuantity.text(limit)
      imported.set("network", "bandwidth_limit_per_migration", text, source: "bandwidthPerMigration")
    }
    for (key, value) in Self.preCopy(migrations) {
      imported.set("precopy", key, value.text, source: value.source)
    }
    if let seconds = Self.seconds(migrations, "progressTimeout") {
      imported.set("precopy", "progress_timeout", "\(seconds) s", source: "progressTimeout")
    }
  }

  private static func seconds(_ settings: JSONValue, _ key: String) -> Int? {
    guard let number = settings.first([key])?.number, (1...1e8).contains(number) else { return nil }
    return Int(number)
  }

  /// 0 is no limit.
  private static func bandwidth(_ settings: JSONValue) -> DataRate? {
    guard let text = settings.text("bandwidthPerMigration"), let number = KubernetesQuantity.number(text)
    else {
      return nil
    }
    return number == 0 ? .unlimited : DataRate(bytesPerSecond: number)
  }

  /// The keys of `precopy` that cluster and migration policies share.
  private static func preCopy(_ settings: JSONValue) -> [(key: String, value: (text: String, source: String))]
  {
    var entries: [(key: String, value: (text: String, source: String))] = []
    for (key, name) in [("auto_converge", "allowAutoConverge"), ("post_copy", "allowPostCopy")] {
      if let flag = settings.flag(name) { entries.append((key, (flag ? "true" : "false", name))) }
    }
    if let seconds = seconds(settings, "completionTimeoutPerGiB") {
      entries.append(("completion_timeout_per_gib", ("\(seconds) s", "completionTimeoutPerGiB")))
    }
    if let flag = settings.flag("allowWorkloadDisruption") {
      entries.append(("timeout_action", (flag ? "force_complete" : "abort", "allowWorkloadDisruption")))
    }
    return entries
  }

  private mutating func readOvercommit(_ developer: JSONValue?) {
    if let ratio = developer?.first(["cpuAllocationRatio"])?.number, (1...1000).contains(ratio) {
      imported.set("capacity", "cpu_overcommit", "\(ratio)", source: "cpuAllocationRatio")
    }
    if let percent = developer?.first(["memoryOvercommit"])?.number, (1...10_000).contains(percent) {
      imported.set("capacity", "memory_overcommit", "\(percent / 100)", source: "memoryOvercommit")
    }
  }

  /// What a migration policy, node selectors and the eviction strategy say of `instance`.
  mutating func rule(
    for instance: KubernetesObject, permitted: [Host.ID]?
  ) -> (lines: [String], bandwidth: DataRate?) {
    var lines: [String] = []
    var bandwidth: DataRate?
    if let policy = policy(for: instance), let spec = policy.at("spec") {
      let entries = Self.preCopy(spec)
      if !entries.isEmpty {
        lines.append("precopy: { \(entries.map { "\($0.key): \($0.value.text)" }.joined(separator: ", ")) }")
      }
      bandwidth = Self.bandwidth(spec).flatMap { $0 == .unlimited ? nil : $0 }
    }
    if let permitted, permitted.count > 1 {
      lines.append("destinations: \(InventoryText.list(permitted.map(\.name)))")
    }
    return (lines, bandwidth)
  }

  mutating func add(_ lines: [String], for name: String) {
    guard !lines.isEmpty else { return }
    let match = "match: { name: \(YAMLScalar.text(PlainGlob.text(name))) }"
    imported.addRule([match] + lines, source: "migration policy or node selector")
  }

  /// The policy that selects by the most labels counts (migrationpolicy, `MatchPolicy`), then the first by name.
  private mutating func policy(for instance: KubernetesObject) -> KubernetesObject? {
    var best: (count: Int, policy: KubernetesObject)?
    for policy in policies {
      let selectors = policy.at("spec", "selectors")
      let spaces = selectors?.pairs("namespaceSelector") ?? [:]
      let own = selectors?.pairs("virtualMachineInstanceSelector") ?? [:]
      guard !spaces.isEmpty || !own.isEmpty else { continue }
      if !spaces.isEmpty, namespaces[instance.namespace] == nil, !unmatched.contains(policy.name) {
        unmatched.append(policy.name)
      }
      let labels = namespaces[instance.namespace] ?? [:]
      guard LabelSelector(labels: spaces).matches(labels), LabelSelector(labels: own).matches(instance.labels)
      else {
        continue
      }
      if spaces.count + own.count > best?.count ?? 0 { best = (spaces.count + own.count, policy) }
    }
    return best?.policy
  }
}
