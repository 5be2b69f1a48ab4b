import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Hostile listings` {
  private typealias Importer = @Sendable (ImportFixtures.Files, String) -> ImportedPicture

  private static let importers: [String: Importer] = [
    "libvirt": LibvirtImport.picture, "proxmox": ProxmoxImport.picture, "kubevirt": KubeVirtImport.picture,
    "rvtools": RVToolsImport.picture, "ganeti": GanetiImport.picture, "csv": PlainCSVImport.picture,
  ]

  /// Whatever comes out of a damaged capture: reading it ends, and an inventory that is handed back is one that our own
  /// reader accepts.
  @Test(arguments: ["libvirt", "proxmox", "kubevirt", "rvtools", "ganeti", "csv"])
  func `mutated captures never crash`(platform: String) throws {
    let importer = try #require(Self.importers[platform])
    let files = try ImportFixtures.folder(platform)
    var random = Xorshift(seed: 7)
    var inventories = 0
    for _ in 0..<40 {
      let mutated = files.map { file in
        (path: file.path, bytes: random.below(3) == 0 ? random.damage(file.bytes) : file.bytes)
      }
      let picture = importer(mutated, "x")
      guard picture.inventory != nil else { continue }
      inventories += 1
      _ = try accepted(picture)
    }
    #expect(inventories > 0)
  }

  @Test(arguments: ["libvirt", "proxmox", "kubevirt", "rvtools", "ganeti", "csv"])
  func `the order of the files does not matter`(platform: String) throws {
    let importer = try #require(Self.importers[platform])
    let files = try ImportFixtures.folder(platform)
    let (one, other) = (importer(files, "x"), importer(files.reversed(), "x"))
    #expect(one.inventory == other.inventory && one.findings == other.findings)
  }

  @Test(arguments: ["libvirt", "proxmox", "kubevirt", "rvtools", "ganeti", "csv"])
  func `files of no use are told and nothing is made of them`(platform: String) throws {
    let importer = try #require(Self.importers[platform])
    let texts = ["", " \n", "hello", "\u{0}\u{1}", "{", "[]", "<", "a,b\n1,2", "---\n---\n", "a: [", "x|y|z"]
    let files = texts.enumerated().map { (path: "f\($0.offset)", bytes: Array($0.element.utf8)) }
    let picture = importer(files, "x")
    #expect(picture.inventory == nil)
    #expect(picture.findings.contains { $0.severity == .error })
  }

  @Test(arguments: [
    "$(rm -rf /)", "a'b\"c", "`id`", "x;y", "--help", "emoji 🚀", "tab\there", "null", "a: b", "#x", "1e3",
  ])
  func `names survive as they are`(name: String) throws {
    let cell = "\"\(name.replacing("\"", with: "\"\""))\""
    let hosts = "name,cpus,ram_mib\nh1,16,65536\n"
    let guests = "name,host,vcpus,ram_mib,policy\n\(cell),h1,2,4096,exclude\n"
    let picture = PlainCSVImport.picture(from: ImportFixtures.texts(["h": hosts, "v": guests]), name: "x")
    #expect(try accepted(picture).virtualMachines.map(\.id.name) == [name])
  }

  @Test func `an entity in a document type is not expanded`() throws {
    let bomb = """
      <!DOCTYPE domain [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <domain id='1'><name>x&b;&lt;&#65;</name><memory>1048576</memory><vcpu>1</vcpu></domain>
      """
    let files = ImportFixtures.texts(["h/n": "CPU(s): 4\nMemory size: 8388608 KiB\n", "h/d": bomb])
    let inventory = try accepted(LibvirtImport.picture(from: files, name: "x"))
    #expect(inventory.virtualMachines.map(\.id.name) == ["x&b;<A"])
  }

  @Test func `elements without end are a warning and no more`() {
    let deep = String(repeating: "<a>", count: 100_000)
    let files = ImportFixtures.texts(["h/n": "CPU(s): 4\nMemory size: 8388608 KiB\n", "h/d": deep])
    let picture = LibvirtImport.picture(from: files, name: "x")
    #expect(picture.findings.contains { $0.code == .syntax && $0.severity == .warning })
  }
}
