#!/usr/bin/env bash
# Collects what `evac import libvirt` reads, on one host, into a folder named after it. It changes nothing: every command
# only asks, but for --dirty-rate, which lets QEMU sample the memory of running guests.
#
#   ./collect-libvirt.sh [--connect URI] [--dirty-rate] [--output FOLDER]
#
# --dirty-rate measures each running guest over 1 s and over 10 s, which takes about 15 s, however many guests there are.
# Run it on each host, put the folders beside each other, and: evac import libvirt FOLDER --output inventory.yaml
set -euo pipefail

uri=qemu:///system
output=libvirt-capture
measure=no

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0"
}

while (($# > 0)); do
  case $1 in
    --connect) uri=${2:?--connect needs a URI}; shift 2 ;;
    --output) output=${2:?--output needs a folder}; shift 2 ;;
    --dirty-rate) measure=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 64 ;;
  esac
done

command -v virsh >/dev/null || { echo "virsh is not installed" >&2; exit 69; }

# Without the read-only flag for the two commands that libvirt does not count as reading: domcapabilities starts the
# emulator to ask it, and domdirtyrate-calc samples a guest.
ask() { virsh --quiet --readonly --connect "$uri" "$@"; }
calculate() { virsh --quiet --connect "$uri" "$@"; }

host=$(hostname)
folder=$output/${host//\//_}
mkdir -p -- "$folder"
# What was collected before would be mixed with what is collected now.
rm -f -- "$folder"/*.txt "$folder"/*.xml "$folder"/hostname
printf '%s\n' "$host" >"$folder/hostname"

# A command that this release of libvirt does not have leaves no file, and the import says what is missing.
keep() {
  local file=$1
  shift
  "$@" >"$folder/$file" 2>/dev/null || rm -f -- "$folder/$file"
}

keep nodeinfo.txt ask nodeinfo
keep nodememstats.txt ask nodememstats
keep version.txt ask version
keep capabilities.xml ask capabilities
keep domcapabilities.xml calculate domcapabilities
keep domains.txt ask list --all --uuid --name
keep mounts.txt cat /proc/mounts
# With --quiet the table has no header.
keep pools.txt virsh --readonly --connect "$uri" pool-list --all --details

while IFS= read -r pool; do
  [[ -n $pool ]] || continue
  keep "pool-$pool.xml" ask pool-dumpxml --pool "$pool"
done < <(ask pool-list --all --uuid 2>/dev/null || true)

# Ids, not names, are in the files' names: a name may hold anything.
while IFS= read -r id; do
  [[ -n $id ]] || continue
  keep "domain-$id.xml" ask dumpxml --domain "$id"
  keep "domblkinfo-$id.txt" virsh --readonly --connect "$uri" domblkinfo --domain "$id" --all
done < <(ask list --all --uuid)

# The time stands above, so that two files give what the guests wrote to their disks in between.
statistics() {
  printf '# collected_at %s\n' "$(date +%s)"
  ask domstats --state --balloon --block --vcpu --dirtyrate 2>/dev/null \
    || ask domstats --state --balloon --block --vcpu
}

# Starts a measurement of SECONDS for every running guest, waits for the last one, and keeps the statistics.
measure_dirty_rates() {
  local seconds=$1 id
  while IFS= read -r id; do
    [[ -n $id ]] || continue
    calculate domdirtyrate-calc --domain "$id" --seconds "$seconds" >/dev/null 2>&1 || true
  done < <(ask list --state-running --uuid)
  sleep "$((seconds + 1))"
  keep "domstats-$seconds.txt" statistics
}

keep domstats-0.txt statistics
if [[ $measure == yes ]]; then
  measure_dirty_rates 1
  measure_dirty_rates 10
else
  sleep 5
  keep domstats-5.txt statistics
fi

# The link that leads to the other hosts: where the default route goes, unless EVAC_MIGRATION_LINK names it.
link=${EVAC_MIGRATION_LINK:-$(ip -o route show default 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p' | head -n 1 || true)}
if [[ -n $link ]] && command -v ethtool >/dev/null; then
  keep "link-${link//\//_}.txt" ethtool "$link"
fi

printf 'collected into %s\n' "$folder"
