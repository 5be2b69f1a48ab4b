import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Importing KubeVirt` {
  private static let nodes = """
    apiVersion: v1
    kind: Node
    metadata: {name: n1, labels: {kubevirt.io/schedulable: "true", disk: ssd, kubernetes.io/hostname: n1}}
    status:
      allocatable: {cpu: 15500m, memory: 62Gi}
      capacity: {cpu: "16", memory: 64Gi}
    ---
    apiVersion: v1
    kind: Node
    metadata: {name: n2, labels: {kubevirt.io/schedulable: "true", disk: ssd, kubernetes.io/hostname: n2}}
    spec: {unschedulable: true}
    status: {allocatable: {cpu: "16", memory: 62Gi}, capacity: {cpu: "16", memory: 64Gi}}
    ---
    apiVersion: v1
    kind: Node
    metadata: {name: n3, labels: {kubernetes.io/hostname: n3}}
    status: {allocatable: {cpu: "16", memory: 62Gi}, capacity: {cpu: "16", memory: 64Gi}}
    """

  private static func instance(_ name: String, _ spec: String = "", status: String = "", labels: String = "")
    -> String
  {
    """
    {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstance",
     "metadata": {"name": "\(name)", "namespace": "prod", "labels": {\(labels)}},
     "spec": {"domain": {"cpu": {"cores": 2, "sockets": 2}, "memory": {"guest": "4Gi"}}\(spec)},
     "status": {"phase": "Running", "nodeName": "n1"\(status)}}
    """
  }

  private static func read(_ instances: [String], _ more: KeyValuePairs<String, String> = [:])
    -> ImportedPicture
  {
    let list = "{\"kind\": \"List\", \"items\": [\(instances.joined(separator: ","))]}"
    return KubeVirtImport.picture(
      from: ImportFixtures.texts(["nodes.yaml": nodes, "vmi.json": list]) + ImportFixtures.texts(more),
      name: "k8s")
  }

  @Test func `the sample becomes an inventory and a policy`() throws {
    let picture = KubeVirtImport.picture(from: try ImportFixtures.folder("kubevirt"), name: "k8s")
    let inventory = try accepted(picture)
    let host = try inventory.host("node01")
    #expect((host.cpus, host.zone, host.cpuModel) == (62, "zone-a", "Skylake-Server-IBRS"))
    #expect(host.memory - host.reservedMemory == ByteCount(bytes: 520_093_696 * 1024))
    let database = try inventory.guest("db-1")
    #expect((database.platformID, database.vcpus, database.memory) == ("prod/db-1", 8, .gibibytes(64)))
    #expect(database.disks.map(\.datastore.name) == ["ReadWriteMany", "ephemeral"])
    #expect(database.devices.isEmpty)
    #expect(
      try inventory.guest("ml-1").devices.map(\.kind) == ["gpu", "sriov", "HostDeviceNotLiveMigratable"])
    let policy = try #require(picture.policyText)
    for line in [
      "max_concurrent_live_migrations: 2", "max_concurrent_per_cluster: 5",
      "bandwidth_limit_per_migration: 64 MiB/s",
      "completion_timeout_per_gib: 150 s", "progress_timeout: 150 s", "post_copy: false",
    ] {
      #expect(policy.contains(line))
    }
  }

  @Test func `documents, lists and JSON are read alike, and nodes take guests only if they may`() throws {
    let inventory = try accepted(Self.read([Self.instance("a"), Self.instance("b")]))
    #expect(inventory.hosts.map(\.state) == [.up, .disabled, .disabled])
    #expect(try inventory.host("n1").cpus == 15)
    #expect(inventory.virtualMachines.map(\.vcpus) == [4, 4])
  }

  @Test func `the API's own list does not repeat the kind`() throws {
    let item = Self.instance("a").replacing("\"kind\": \"VirtualMachineInstance\",", with: "")
    let list = "{\"kind\": \"VirtualMachineInstanceList\", \"items\": [\(item)]}"
    let files = ImportFixtures.texts(["n": Self.nodes, "v": list])
    #expect(try accepted(KubeVirtImport.picture(from: files, name: "k")).virtualMachines.count == 1)
  }

  @Test func `storage class and access mode tell the pool`() throws {
    let spec = ", \"volumes\": [{\"name\": \"root\", \"dataVolume\": {\"name\": \"a-root\"}}]"
    func claim(_ mode: String) -> String {
      """
      {"kind": "PersistentVolumeClaim", "metadata": {"name": "a-root", "namespace": "prod"},
       "spec": {"accessModes": ["\(mode)"], "storageClassName": "ceph", "resources": {"requests": {"storage": "20Gi"}}}}
      """
    }
    let shared = try accepted(Self.read([Self.instance("a", spec)], ["c": claim("ReadWriteMany")]))
    #expect(shared.datastores == [Datastore(id: Datastore.ID("ceph"), kind: .shared)])
    #expect(try shared.guest("a").disks.map(\.size) == [.gibibytes(20)])
    let own = try accepted(Self.read([Self.instance("a", spec)], ["c": claim("ReadWriteOnce")]))
    #expect(own.datastores == [Datastore(id: Datastore.ID("ceph ReadWriteOnce"), kind: .local)])
  }

  @Test func `anti-affinity by label becomes a group, and a selector a list of destinations`() throws {
    let term = """
      {"labelSelector": {"matchLabels": {"app": "db"}}, "topologyKey": "kubernetes.io/hostname"}
      """
    let apart = """
      , "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [\(term)]}}
      """
    let instances = ["a", "b"].map { Self.instance($0, apart, labels: "\"app\": \"db\"") }
    let selected = Self.instance("c", ", \"nodeSelector\": {\"disk\": \"ssd\"}")
    let pinned = Self.instance("d", ", \"nodeSelector\": {\"kubernetes.io/hostname\": \"n1\"}")
    let picture = Self.read(instances + [selected, pinned])
    let inventory = try accepted(picture)
    #expect(inventory.groups.count == 1)
    #expect(inventory.groups[0].relation == .antiAffinity && inventory.groups[0].strictness == .hard)
    #expect(inventory.groups[0].members.map(\.name) == ["a", "b"])
    #expect(picture.policyText?.contains("destinations: [n1, n2]") == true)
    #expect(try inventory.guest("d").devices.map(\.kind) == ["node-selector"])
  }

  @Test func `a migration policy counts where its labels match`() throws {
    let policy = """
      {"kind": "MigrationPolicy", "metadata": {"name": "slow"}, "spec": {"allowPostCopy": true,
       "bandwidthPerMigration": "32Mi", "selectors": {"virtualMachineInstanceSelector": {"app": "db"}}}}
      """
    let picture = Self.read(
      [Self.instance("a", labels: "\"app\": \"db\""), Self.instance("b")], ["policy": policy])
    let inventory = try accepted(picture)
    #expect(inventory.virtualMachines.map(\.migrationBandwidthLimit) == [.mebibytesPerSecond(32), nil])
    #expect(picture.policyText?.contains("precopy: { post_copy: true }") == true)
  }

  @Test func `one name in two namespaces stays two guests`() throws {
    let other = Self.instance("a").replacing("\"prod\"", with: "\"test\"")
    let inventory = try accepted(Self.read([Self.instance("a"), other]))
    #expect(inventory.virtualMachines.map(\.id.name) == ["prod/a", "test/a"])
  }

  @Test func `a document that cannot be read is a warning with its line, and the others count`() throws {
    let broken = "kind: KubeVirt\nmetadata: {name: x\n---\nkind: Namespace\nmetadata: {name: prod}\n"
    let picture = Self.read([Self.instance("a")], ["broken.yaml": "a: 1\n---\n" + broken])
    _ = try accepted(picture)
    let finding = try #require(picture.findings.first { $0.path == "broken.yaml" })
    #expect(finding.severity == .warning && finding.place.hasPrefix("5"))
  }

  @Test func `tabs inside of a text are no error`() throws {
    let yaml =
      "kind: Namespace\nmetadata:\n  name: prod\n  annotations:\n    note: |\n      first\n      \tsecond\n"
    let picture = Self.read([Self.instance("a")], ["ns.yaml": yaml])
    #expect(!picture.findings.contains { $0.path == "ns.yaml" })
  }
}
