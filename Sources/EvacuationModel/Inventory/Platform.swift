/// The system that runs the virtual machines; decides defaults and commands.
public enum Platform: String, CaseIterable, Hashable, Sendable {
  /// OpenStack Nova with the libvirt driver.
  case nova
  /// Bare libvirt and QEMU/KVM.
  case libvirt
  /// Proxmox VE.
  case proxmox
  /// KubeVirt, Harvester, OpenShift Virtualization.
  case kubevirt
  /// VMware vSphere.
  case vsphere
  /// Ganeti.
  case ganeti
  /// Anything else: no platform's habits are assumed.
  case generic
}
