#!/usr/bin/env bash
# Empties a real libvirt host: starts the lab, collects, imports, plans, exports, runs the runbook, and sets what each
# migration took beside its forecast. Then the guests go home the same way. About two minutes, as root.
#
#   evacuate.sh EVAC      EVAC is the program
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
evac=$(realpath "${1:?which evac?}")
export LAB=${LAB:-/var/tmp/evac-lab} RATE=${RATE:-200mbit}
export EVAC_STORE=$LAB/store.sqlite PATH=$LAB/bin:$PATH

say() { printf '\n== %s\n' "$*"; }
lab() { "$here/lab.sh" "$@"; }

collect() {
  local host
  for host in alpha beta gamma; do
    lab in "$host" bash "$here/../../docs/collect-libvirt.sh" --dirty-rate --output "$LAB/capture"
  done
}

# carry_out PLAN: its runbook as a script, run without questions, and what became of each step put on record.
carry_out() {
  local plan=$1
  "$evac" export "$plan" --format shell --output "$plan.sh"
  bash "$plan.sh" --yes --poll 1 --state "$plan.state" --log "$plan.log" --csv "$plan.csv" || {
    local status=$?
    # 4: it waits for the maintenance.
    ((status == 4)) || return "$status"
  }
  "$evac" record "$plan" --csv "$plan.csv" >/dev/null
  "$evac" status "$plan"
}

# on HOST GUEST...: exactly these run there.
on() {
  local host=$1 running
  shift
  running=$(lab in "$host" virsh list --name | sort | xargs)
  [ "$running" = "$*" ] || {
    echo "on $host run: $running; expected: $*" >&2
    return 1
  }
}

lab down
trap 'lab down' EXIT
say "Three hosts, a network of $RATE between them, four guests"
lab up
lab guests
# The guests fill their memory first.
sleep 10
on alpha calm idle local steady

say "Collect and import"
collect
"$evac" import libvirt "$LAB/capture" --overlay "$here/overlay.yaml" --output "$LAB/inventory.yaml"
"$evac" check "$LAB/inventory.yaml" --policy "$here/policy.yaml"

say "Plan"
"$evac" plan "$LAB/inventory.yaml" --policy "$here/policy.yaml" --drain alpha --output "$LAB/away"
say "Run the runbook"
carry_out "$LAB/away"
on alpha
bash "$LAB/away.sh" --maintained alpha --state "$LAB/away.state" --log "$LAB/away.log" --csv "$LAB/away.csv"

say "The way home"
"$evac" plan --restore "$LAB/away" --output "$LAB/home"
carry_out "$LAB/home"
on alpha calm idle local steady
say "All four guests are home"
