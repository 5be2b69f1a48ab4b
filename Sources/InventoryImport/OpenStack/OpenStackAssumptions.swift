import Quantities

/// What OpenStack does not tell and the import has to assume.
enum OpenStackAssumptions {
  /// Nova's default of `reserved_host_memory_mb`.
  static let reservedMemory = ByteCount.mebibytes(512)

  static let bandwidth = Assumption.Kind.migrationBandwidth("OpenStack")
  static let reserved = Assumption.Kind(
    topic: .reservedMemory, noun: "host",
    message: "reserved memory is not told: 512 MiB, Nova's default, assumed for {}",
    help: "set reserved_memory to reserved_host_memory_mb of nova.conf")
  static let ephemeralDisk = Assumption.Kind(
    topic: .diskLocality, noun: "ephemeral disk",
    message: "OpenStack does not tell where {} live: local disks that travel with the guest assumed",
    help: "set the kind of the pool ephemeral to shared if instances live on Ceph or NFS, or give --overlay")
  static let unsizedVolume = Assumption.Kind(
    noun: "volume", message: "size not told: 1 GiB assumed for {}",
    help: "nothing to do, volumes do not travel; openstack volume list --all-projects -f json has the sizes")
  static let unsizedRoot = Assumption.Kind(
    noun: "root disk", message: "the flavor leaves the root disk's size to the image: 1 GiB assumed for {}",
    help: "set the sizes by hand where instances live on local disks")
  static let zoneBound = Assumption.Kind(
    noun: "guest", message: "whether a guest asked for its zone is not told: {} assumed bound to it",
    help: "remove zone where a guest may leave it; the API tells it from microversion 2.96 on")
  static let mixedProcessors = Assumption.Kind(
    noun: "guest",
    message: "hosts have different CPU models: Nova's default cpu_mode host-model assumed for {}",
    help: "set cpu_model to the guest's model where nova.conf has cpu_mode custom")
  static let uncheckedFeature = Assumption.Kind(
    noun: "feature", message: "no hypervisor lists the CPU features that flavors require: {names}",
    help: "check the traits of the destinations with openstack resource provider trait list")
  static let workload = Assumption.Kind.workload(
    measure: "measure with: virsh domdirtyrate-calc INSTANCE --seconds 1, then virsh domstats --dirtyrate "
      + "INSTANCE on its host; give the result with --overlay")
}
