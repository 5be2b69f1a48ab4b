import ArgumentParser
import InventoryImport

/// `evac import`.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an inventory from what a platform's own tools print.",
    subcommands: [OpenStack.self, Libvirt.self])

  /// `evac import openstack`.
  struct OpenStack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "openstack",
      abstract: "Read JSON of openstackclient or of the compute API.",
      discussion: """
        Files are known by their content, not by their names. Useful listings, each with -f json: \
        hypervisor list --long (with --os-compute-api-version 2.87 for memory), server list --all-projects \
        --long, server show, flavor list --all --long, server group list, aggregate list --long, compute \
        service list --long, volume list --all-projects. Whatever had to be assumed is listed and written into \
        the inventory.
        """)

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("openstack", OpenStackImport.picture) }
  }

  /// `evac import libvirt`.
  struct Libvirt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "libvirt",
      abstract: "Read what virsh prints on each host: a folder for each.",
      discussion: """
        docs/collect-libvirt.sh writes such a folder. Read are virsh dumpxml of each domain, domstats, \
        domblkinfo --all, nodeinfo, nodememstats, capabilities, domcapabilities, pool-list --details, \
        pool-dumpxml, list --all --uuid --name, version, and /proc/mounts, hostname and ethtool.
        """)

    @OptionGroup var options: ImportOptions

    func run() async throws { try await options.run("libvirt", LibvirtImport.picture) }
  }
}
