import ArgumentParser
import InventoryImport

/// `evac import`.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an inventory from what a platform's own tools print.",
    discussion: """
      Files are known by their content, not by their names; folders are read with what is in them. What is missing is \
      assumed, listed, and written into the inventory. What no platform tells comes with --overlay: YAML, CSV, or an \
      answer of Prometheus.

      Without a platform, --merge names inventories to put together: \
      evac import --merge cluster.yaml --overlay answer.json --output measured.yaml
      """,
    subcommands: [
      OpenStack.self, Libvirt.self, Proxmox.self, KubeVirt.self, RVTools.self, Ganeti.self, PlainCSV.self,
      Merge.self,
    ], defaultSubcommand: Merge.self)

  /// `evac import openstack`.
  struct OpenStack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "openstack",
      abstract: "Read JSON of openstackclient or of the compute API.",
      discussion: """
        Useful listings, each with -f json: hypervisor list --long (with --os-compute-api-version 2.87 for memory), \
        server list --all-projects --long, server show, flavor list --all --long, server group list, aggregate list \
        --long, compute service list --long, volume list --all-projects.
        """)

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("openstack", OpenStackImport.picture) }
  }

  /// `evac import libvirt`.
  struct Libvirt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "libvirt",
      abstract: "Read what virsh prints on each host, a folder for each.",
      discussion: """
        docs/collect-libvirt.sh writes such a folder. Read are dumpxml of each domain, domstats, domblkinfo --all, \
        nodeinfo, nodememstats, capabilities, domcapabilities, pool-list --details, pool-dumpxml, list --all --uuid \
        --name and version of virsh, and /proc/mounts, hostname and ethtool.
        """)

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("libvirt", LibvirtImport.picture) }
  }

  /// `evac import proxmox`.
  struct Proxmox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "proxmox",
      abstract: "Read JSON of pvesh or the API, qm config, and files of /etc/pve.",
      discussion: """
        Read are /cluster/resources, /nodes/NODE/status, /nodes/NODE/qemu/VMID/config (or qm config VMID in a file named \
        after it), /storage, /cluster/ha/rules, groups and resources, datacenter.cfg, rrddata and the preconditions of \
        migrations, with pvesh get … --output-format json.
        """)

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("proxmox", ProxmoxImport.picture) }
  }

  /// `evac import kubevirt`.
  struct KubeVirt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "kubevirt",
      abstract: "Read YAML or JSON of kubectl get.",
      discussion: """
        kubectl get nodes,vmi,vm,pvc,migrationpolicies,kubevirt,namespaces --all-namespaces -o yaml
        """)

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("kubevirt", KubeVirtImport.picture) }
  }

  /// `evac import rvtools`.
  struct RVTools: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rvtools",
      abstract: "Read the CSV files that RVTools exports of vSphere.",
      discussion: """
        RVTools.exe -c ExportAll2csv -d FOLDER writes them. vInfo and vHost must be there; vDisk, vDatastore, vMemory, \
        vCPU, vNetwork, vNIC, vUSB, vCD, vPartition and vCluster are read if they are.
        """)

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("rvtools", RVToolsImport.picture) }
  }

  /// `evac import ganeti`.
  struct Ganeti: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ganeti",
      abstract: "Read the text of Ganeti's htools.",
      discussion: "hscan -d FOLDER CLUSTER writes it, and so does hbal -L -S FILE.")

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("ganeti", GanetiImport.picture) }
  }

  /// `evac import csv`.
  struct PlainCSV: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "csv",
      abstract: "Read a table of hosts and one of virtual machines.",
      discussion: "The columns are in docs/import.md.")

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("csv", PlainCSVImport.picture) }
  }

  /// `evac import --merge`, `evac import merge`.
  struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Put inventories together, and overlays onto them.")

    @OptionGroup var output: ImportOutput

    func run() async throws {
      try await guarded(json: false) {
        guard !output.merge.isEmpty else {
          throw ValidationError("Name a platform and its files, or inventories with --merge.")
        }
        try output.check()
        try output.write(nil, named: output.name)
      }
    }
  }
}
