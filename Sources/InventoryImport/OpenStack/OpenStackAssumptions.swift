import EvacuationModel
import Quantities

/// What OpenStack does not tell and the import had to assume. Each assumption is one finding with a count,
/// however many guests it is about.
struct OpenStackAssumptions {
  /// The speed of a host's migration network.
  static let migrationBandwidth = DataRate.gigabitsPerSecond(10)
  /// Nova's default of `reserved_host_memory_mb`.
  static let reservedMemory = ByteCount.mebibytes(512)

  var hosts = 0
  var guests = 0
  var ephemeralDisks = 0
  var unsizedVolumes = 0
  var unsizedRoots = 0
  var zoneBound = 0
  var mixedProcessors = 0
  var uncheckedFeatures: Set<String> = []
  var renamed: [String] = []

  /// One note for each assumption made.
  var findings: [Finding] {
    (network + storage + guestsKnown).filter { $0.count > 0 }.map(\.finding)
  }

  private typealias Note = (count: Int, finding: Finding)

  private func note(_ count: Int, _ message: String, help: String) -> Note {
    (count, Finding(.assumption, message: message, help: help))
  }

  private var network: [Note] {
    [
      note(
        hosts,
        "OpenStack does not tell the speed of the migration network: 10 Gbit/s assumed for "
          + counted(hosts, "host"),
        help: "set migration_bandwidth to what the hosts have"),
      note(
        hosts,
        "reserved memory is not told: 512 MiB, Nova's default, assumed for \(counted(hosts, "host"))",
        help: "set reserved_memory to reserved_host_memory_mb of nova.conf"),
    ]
  }

  private var storage: [Note] {
    [
      note(
        ephemeralDisks,
        "OpenStack does not tell where \(counted(ephemeralDisks, "ephemeral disk")) live: "
          + "local disks that travel with the guest assumed",
        help: "set the kind of the pool ephemeral to shared if instances live on Ceph or NFS"),
      note(
        unsizedVolumes, "size not told: 1 GiB assumed for \(counted(unsizedVolumes, "volume"))",
        help:
          "nothing to do, volumes do not travel; openstack volume list --all-projects -f json has the sizes"),
      note(
        unsizedRoots,
        "the flavor leaves the root disk's size to the image: 1 GiB assumed for "
          + counted(unsizedRoots, "root disk"),
        help: "set the sizes by hand where instances live on local disks"),
    ]
  }

  private var guestsKnown: [Note] {
    [
      note(
        guests, "OpenStack does not tell how \(counted(guests, "guest")) write memory: workload left out",
        help: "measure on the host with virsh domdirtyrate-calc INSTANCE --seconds 1, "
          + "read virsh domstats --dirtyrate INSTANCE, and write the rate as workload: dirty_rate"),
      note(
        zoneBound,
        "whether a guest asked for its zone is not told: \(counted(zoneBound, "guest")) assumed bound to it",
        help: "remove zone where a guest may leave it; the API tells it from microversion 2.96 on"),
      note(
        mixedProcessors,
        "hosts have different CPU models: Nova's default cpu_mode host-model assumed for "
          + counted(mixedProcessors, "guest"),
        help: "set cpu_model to the guest's model where nova.conf has cpu_mode custom"),
      note(
        uncheckedFeatures.count,
        "no hypervisor lists the CPU features that flavors require: \(listed(uncheckedFeatures.sorted()))",
        help: "check the traits of the destinations with openstack resource provider trait list"),
      (
        renamed.count,
        Finding(
          .duplicateName, severity: .note,
          message:
            "names used twice: \(counted(renamed.count, "name")) got part of the id: \(listed(renamed))",
          help: "nothing to do: commands use the ids")
      ),
    ]
  }
}
