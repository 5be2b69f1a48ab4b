#!/usr/bin/env bash
# Hosts with a real libvirtd and real QEMU guests, each host in network, mount and UTS namespaces of its own, joined by a
# switch whose ports carry RATE. Needs root and Linux; guests run without KVM.
#
#   lab.sh up              start the hosts alpha, beta and gamma
#   lab.sh guests          start guests on alpha
#   lab.sh in HOST CMD...  run a command on a host
#   lab.sh down            end all that was started
#
# LAB is the folder that holds it all; put LAB/bin in front of PATH, and `ssh HOST COMMAND` reaches the hosts.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
LAB=${LAB:-/var/tmp/evac-lab}
RATE=${RATE:-200mbit}
hosts=(alpha beta gamma)

address() {
  local index
  for index in "${!hosts[@]}"; do
    if [ "${hosts[$index]}" = "$1" ]; then echo "10.77.0.$((index + 1))"; fi
  done
}

# libvirtd keeps its state in fixed folders, so each host has private copies bound over them.
start_host() {
  local name=$1 ip root=$LAB/$1
  ip=$(address "$name")
  mkdir -p "$root"/{etc,run,lib/images,lib/qemu,log,cache}
  ip netns add "evac-$name"
  ip link add "port-$name" type veth peer name "nic-$name"
  ip link set "nic-$name" netns "evac-$name"
  ip link set "port-$name" netns evac-switch
  ip netns exec evac-switch ip link set "port-$name" master switch up
  ip netns exec "evac-$name" ip link set lo up
  ip netns exec "evac-$name" ip addr add "$ip/24" dev "nic-$name"
  ip netns exec "evac-$name" ip link set "nic-$name" up
  # Each way by itself, as a NIC carries it.
  ip netns exec "evac-$name" tc qdisc replace dev "nic-$name" root tbf rate "$RATE" burst 256kb latency 50ms
  ip netns exec evac-switch tc qdisc replace dev "port-$name" root tbf rate "$RATE" burst 256kb latency 50ms
  cat >"$root/etc/libvirtd.conf" <<END
auth_unix_rw = "none"
auth_unix_ro = "none"
unix_sock_group = "root"
host_uuid = "$(uuid_of "$name")"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
END
  cat >"$root/etc/qemu.conf" <<END
user = "root"
group = "root"
security_driver = "none"
namespaces = []
cgroup_controllers = []
stdio_handler = "file"
dynamic_ownership = 0
remember_owner = 0
migration_address = "0.0.0.0"
migration_host = "$ip"
END
  local index
  echo "127.0.0.1 localhost" >"$root/hosts"
  for index in "${hosts[@]}"; do echo "$(address "$index") $index"; done >>"$root/hosts"
  # shellcheck disable=SC2016 # expanded by the inner shell
  ip netns exec "evac-$name" unshare -m -u --propagation private bash -c '
    set -eu
    hostname "$1"
    mkdir -p /run/libvirt /var/lib/libvirt /var/log/libvirt /var/cache/libvirt /etc/libvirt
    mount --bind "$2/etc" /etc/libvirt
    mount --bind "$2/run" /run/libvirt
    mount --bind "$2/lib" /var/lib/libvirt
    mount --bind "$2/log" /var/log/libvirt
    mount --bind "$2/cache" /var/cache/libvirt
    mount --bind "$2/hosts" /etc/hosts
    echo "$$" >"$2/pid"
    exec libvirtd -f /etc/libvirt/libvirtd.conf -p /run/libvirt/libvirtd.pid
  ' bash "$name" "$root" </dev/null >"$root/libvirtd.out" 2>&1 &
  local try
  for try in {1..100}; do
    if [ -S "$root/run/libvirt-sock" ]; then
      echo "$name is up at $ip"
      return
    fi
    sleep 0.2
  done
  echo "$name did not start after $try tries:" >&2
  cat "$root/libvirtd.out" "$root"/log/*.log >&2
  return 1
}

uuid_of() {
  local sum
  sum=$(printf '%s' "evac-lab $1" | sha256sum)
  echo "${sum:0:8}-${sum:8:4}-4${sum:13:3}-8${sum:17:3}-${sum:20:12}"
}

in_host() {
  local name=$1
  shift
  nsenter -t "$(cat "$LAB/$name/pid")" -m -u -n -- "$@"
}

# What an operator's ssh does, over namespaces instead of a network: options, a host, a command line for its shell.
write_ssh() {
  mkdir -p "$LAB/bin"
  cat >"$LAB/bin/ssh" <<END
#!/usr/bin/env bash
set -euo pipefail
while [ \$# -gt 0 ]; do
  case \$1 in
    --) shift; break ;;
    -e | -o | -p | -l | -i) shift 2 ;;
    -*) shift ;;
    *) break ;;
  esac
done
host=\${1##*@}
shift
pid=\$(cat "$LAB/\$host/pid") || { echo "ssh: no host \$host" >&2; exit 255; }
exec nsenter -t "\$pid" -m -u -n -- sh -c "\$*"
END
  chmod +x "$LAB/bin/ssh"
}

up() {
  mkdir -p "$LAB/shared"
  write_ssh
  ip netns add evac-switch
  ip netns exec evac-switch ip link add switch type bridge
  ip netns exec evac-switch ip addr add 10.77.0.254/24 dev switch
  ip netns exec evac-switch ip link set switch up
  local name
  for name in "${hosts[@]}"; do start_host "$name"; done
}

# image PATH FILL_MIB WSET_MIB PAGES: a disk that a guest boots from; guest.S says what the numbers are.
image() {
  gcc -x assembler-with-cpp -m32 -c -nostdlib "-DFILL_MIB=$2" "-DWSET_MIB=$3" "-DPAGES=$4" \
    -o "$LAB/guest.o" "$here/guest.S"
  ld -m elf_i386 -Ttext 0x7c00 -e _start --oformat binary -o "$LAB/guest.bin" "$LAB/guest.o"
  qemu-img create -q -f raw "$1" 64M
  dd if="$LAB/guest.bin" of="$1" conv=notrunc status=none
}

# serve NAME PORT: the image NAME as a disk on the network, for every host.
serve() {
  ip netns exec evac-switch qemu-nbd --fork --persistent --shared=0 --format=raw --bind=10.77.0.254 "--port=$2" \
    "--export-name=$1" "--pid-file=$LAB/shared/$1.pid" "$LAB/shared/$1.img"
}

# guest NAME MEMORY_MIB DISK: defined and started on alpha; DISK is what its <disk> begins with and comes from.
guest() {
  cat >"$LAB/$1.xml" <<END
<domain type='qemu'>
  <name>$1</name>
  <uuid>$(uuid_of "guest $1")</uuid>
  <memory unit='MiB'>$2</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type><boot dev='hd'/></os>
  <features><acpi/></features>
  <cpu mode='custom'><model fallback='allow'>qemu64</model></cpu>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk $3<driver name='qemu' type='raw' cache='none'/><target dev='hda' bus='ide'/></disk>
    <memballoon model='virtio'><stats period='5'/></memballoon>
  </devices>
</domain>
END
  in_host alpha virsh -q define "$LAB/$1.xml"
  in_host alpha virsh -q start "$1"
}

# shared_guest NAME MEMORY_MIB PORT FILL_MIB WSET_MIB PAGES
shared_guest() {
  image "$LAB/shared/$1.img" "$4" "$5" "$6"
  serve "$1" "$3"
  guest "$1" "$2" \
    "type='network' device='disk'><source protocol='nbd' name='$1'><host name='10.77.0.254' port='$3'/></source>"
}

# local_guest NAME MEMORY_MIB FILL_MIB WSET_MIB PAGES
local_guest() {
  image "$LAB/alpha/lib/images/$1.img" "$3" "$4" "$5"
  guest "$1" "$2" "type='file' device='disk'><source file='/var/lib/libvirt/images/$1.img'/>"
}

guests() {
  local name
  for name in "${hosts[@]}"; do
    in_host "$name" virsh -q pool-define-as images dir --target /var/lib/libvirt/images
    in_host "$name" virsh -q pool-start images
    in_host "$name" virsh -q pool-autostart images
  done
  shared_guest idle 128 10809 64 0 0
  shared_guest calm 256 10810 160 16 64
  shared_guest steady 256 10811 192 48 128
  local_guest local 128 96 8 16
}

down() {
  local name domain
  for name in "${hosts[@]}"; do
    if [ -f "$LAB/$name/pid" ]; then
      for domain in $(in_host "$name" virsh list --name 2>/dev/null || true); do
        in_host "$name" virsh -q destroy "$domain" || true
      done
      kill "$(cat "$LAB/$name/pid")" 2>/dev/null || true
    fi
    ip netns del "evac-$name" 2>/dev/null || true
  done
  for name in "$LAB"/shared/*.pid; do
    if [ -f "$name" ]; then kill "$(cat "$name")" 2>/dev/null || true; fi
  done
  ip netns del evac-switch 2>/dev/null || true
  sleep 1
  rm -rf "$LAB"
}

case ${1:-} in
  up | guests | down) "$1" ;;
  in)
    shift
    in_host "$@"
    ;;
  *)
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 64
    ;;
esac
