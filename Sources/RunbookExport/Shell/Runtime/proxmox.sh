# ---- Proxmox VE, by qm, pvesh and ha-manager on the node that has the guest.

platform_tools=(ssh)
machine_pattern='^[1-9][0-9]{2,8}$'

platform_precheck() {
  local id host
  local -A looked=()
  for id in "${steps[@]}"; do
    for host in "${step_source[$id]}" "${step_destination[$id]}"; do
      [[ -z ${looked[$host]:-} ]] || continue
      looked[$host]=yes
      ask_on "$host" pvecm status || refuse "$host does not answer" "$problem"
      [[ $dry_run == yes || $answer =~ Quorate:[[:space:]]*Yes ]] || refuse "$host is in no cluster with a quorum"
    done
  done
}

platform_close() { say "Proxmox VE cannot refuse arrivals without moving HA guests itself: nobody may create guests on $1."; }

# In maintenance mode only when it is empty: before, HA would move its guests where it likes.
platform_emptied() { act_on "$1" ha-manager crm-command node-maintenance enable "$1"; }
platform_open() { act_on "$1" ha-manager crm-command node-maintenance disable "$1"; }
platform_baseline() { baseline=''; }

# Containers too: they are not moved by this script, and the host is not empty with them.
platform_guests() {
  local list='' word rest tool
  for tool in qm pct; do
    ask_on "$1" "$tool" list || return 1
    while read -r word rest; do
      : "$rest"
      [[ ! $word =~ $machine_pattern ]] || list+=$word$'\n'
    done <<<"$answer"
  done
  answer=$list
}

platform_room() {
  local name number unit free=0
  ask_on "$1" cat /proc/meminfo || { seen_note="$1 does not answer" && return 1; }
  while read -r name number unit; do
    : "$unit"
    [[ $name != MemAvailable: || ! $number =~ ^[0-9]{1,15}$ ]] || free=$number
  done <<<"$answer"
  seen_note="$1 has $((free / 1024)) MiB of memory left, and $2 MiB arrive"
  ((free / 1024 >= $2))
}

platform_start() {
  local id=$1 words=()
  if [[ ${step_mode[$id]} == cold ]]; then
    if [[ ${step_power[$id]} == stopped ]]; then
      move_off "$id"
    else
      act_apart_on "$id" "${step_source[$id]}" qm shutdown "${step_machine[$id]}" --timeout 180
    fi
    return
  fi
  [[ -z ${step_setting[$id]:-} ]] ||
    act_on "${step_source[$id]}" qm set "${step_machine[$id]}" --migrate_downtime "${step_setting[$id]}" || return
  read -r -a words <<<"${step_flags[$id]:-}"
  act_apart_on "$id" "${step_source[$id]}" qm migrate "${step_machine[$id]}" "${step_destination[$id]}" --online \
    "${words[@]}"
}

move_off() {
  act_apart_on "$1" "${step_source[$1]}" qm migrate "${step_machine[$1]}" "${step_destination[$1]}"
}

# The guest's state on a node in `found`: what qm says in two words, "absent" or "silent". The node whose folder
# holds the configuration owns the guest, and only there does qm know it.
find_on() {
  local name value status='' qemu=''
  found=silent
  if ask_on "$1" qm status "$2" --verbose; then
    while read -r name value; do
      case $name in status:) status=$value ;; qmpstatus:) qemu=$value ;; esac
    done <<<"$answer"
    found="$status ${qemu:-$status}"
  elif [[ $problem == *'does not exist'* ]]; then
    found=absent
  fi
}

platform_look() {
  local id=$1 here there machine=${step_machine[$1]}
  seen=running seen_note=''
  ! child_runs "$id" || return 0
  find_on "${step_destination[$id]}" "$machine" && there=$found
  find_on "${step_source[$id]}" "$machine" && here=$found
  seen_note="${step_source[$id]}: $here; ${step_destination[$id]}: $there"
  case "$here|$there" in
    silent* | *silent) seen=silent ;;
    absent\|*) look_arrived "$id" "$there" ;;
    *\|absent) look_lock "$id" "$here" ;;
    *) seen=unknown ;;
  esac
}

look_arrived() {
  local id=$1 there=$2 wanted='running running'
  case ${step_power[$id]} in stopped) wanted='stopped stopped' ;; paused) wanted='running paused' ;; esac
  if [[ $there == "$wanted" ]]; then
    seen='done'
  elif [[ ${step_mode[$id]} == cold && $there == 'stopped stopped' ]]; then
    act_on "${step_destination[$id]}" qm start "${step_machine[$id]}" || seen_note=$(last_line "$answer")
  else
    seen=unknown
    seen_note+="; the hand-over is not complete: qm resume ${step_machine[$id]} on ${step_destination[$id]}"
  fi
}

# At the source: locked while its task runs.
look_lock() {
  local id=$1 here=$2 status
  status=$(child_status "$id")
  if [[ -n $status && $status != 0 ]]; then
    seen=failed seen_note=$(child_reason "$id")
    return 0
  fi
  if ! ask_on "${step_source[$id]}" qm config "${step_machine[$id]}"; then
    seen=silent
  elif [[ $'\n'$answer == *$'\n''lock: migrate'* ]]; then
    seen_note='its task is running'
  elif [[ ${step_mode[$id]} == cold && $here == 'stopped stopped' && ${step_power[$id]} != stopped ]]; then
    move_off "$id"
  elif [[ $status != 0 ]]; then
    seen=gone
  fi
  # A status of 0 at the source: HA has taken the order and carries it out itself.
}

platform_switch() { answer='Proxmox VE has no post-copy' && return 1; }

platform_abort() {
  local node=${step_source[$1]}
  [[ ${step_mode[$1]} != cold ]] || return 1
  ask_on "$node" pvesh get "/nodes/$node/tasks" --vmid "${step_machine[$1]}" --typefilter qmigrate \
    --source active --output-format json || return 1
  [[ $answer =~ \"upid\"[[:space:]]*:[[:space:]]*\"(UPID:[A-Za-z0-9:@!._-]+)\" ]] || return 1
  act_on "$node" pvesh delete "/nodes/$node/tasks/${BASH_REMATCH[1]}"
}
