# ---- libvirt, by virsh on the host that has the guest.

platform_tools=(ssh)
machine_pattern='^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'

platform_precheck() {
  local id host
  local -A looked=()
  for id in "${steps[@]}"; do
    for host in "${step_source[$id]}" "${step_destination[$id]}"; do
      [[ -z ${looked[$host]:-} ]] || continue
      looked[$host]=yes
      ask_on "$host" virsh version || refuse "libvirt of $host does not answer" "$problem"
    done
  done
}

platform_close() { say "libvirt cannot refuse arrivals: tell whatever starts guests on $1."; }
platform_open() { ask_on "$1" virsh version; }
platform_emptied() { say "Set autostart again where the guests are now; $1 has lost it."; }
platform_guests() { ask_on "$1" virsh list --all --uuid; }
platform_baseline() { baseline=''; }

platform_room() {
  local name number unit free=0
  ask_on "$1" virsh nodememstats || { seen_note="$1 does not answer" && return 1; }
  while read -r name number unit; do
    : "$unit"
    case $name in free | buffers | cached) [[ ! $number =~ ^[0-9]{1,15}$ ]] || free=$((free + number)) ;; esac
  done <<<"${answer//:/ }"
  seen_note="$1 has $((free / 1024)) MiB of memory left, and $2 MiB arrive"
  ((free / 1024 >= $2))
}

platform_start() {
  local id=$1 words=() uri
  if [[ ${step_mode[$id]} == cold ]]; then
    if [[ ${step_power[$id]} == stopped ]]; then
      move_definition "$id"
    else
      act_on "${step_source[$id]}" virsh shutdown "${step_machine[$id]}"
    fi
    return
  fi
  [[ -z ${step_setting[$id]:-} ]] ||
    act_on "${step_source[$id]}" virsh migrate-setmaxdowntime "${step_machine[$id]}" "${step_setting[$id]}" || return
  read -r -a words <<<"${step_flags[$id]:-}"
  uri=qemu+ssh://${step_destination[$id]}/system
  act_apart_on "$id" "${step_source[$id]}" virsh migrate --live --persistent --undefinesource --verbose \
    --abort-on-error "${words[@]}" "${step_machine[$id]}" "$uri"
}

move_definition() {
  act_apart_on "$1" "${step_source[$1]}" virsh migrate --offline --persistent --undefinesource --verbose \
    "${step_machine[$1]}" "qemu+ssh://${step_destination[$1]}/system"
}

# The state of the guest on a host in `found`: a text of virsh, "absent" or "silent".
find_on() {
  found=silent
  if ask_on "$1" virsh domstate --reason "$2"; then
    found=${answer%%$'\n'*}
  elif [[ $problem == *'failed to get domain'* || $problem == *'Domain not found'* ]]; then
    found=absent
  fi
}

platform_look() {
  local id=$1 here there machine=${step_machine[$1]}
  seen=running seen_note=''
  if child_runs "$id"; then
    look_progress "$id"
    return 0
  fi
  # It has ended, or was another run's: the two hypervisors are the truth.
  find_on "${step_destination[$id]}" "$machine" && there=$found
  find_on "${step_source[$id]}" "$machine" && here=$found
  seen_note="${step_source[$id]}: $here; ${step_destination[$id]}: $there"
  case "$here|$there" in
    silent* | *silent) seen=silent ;;
    *'post-copy failed'*)
      seen=unknown
      seen_note+="; both hold a part of its memory: destroy neither, mend the network, then repeat the"
      seen_note+=" command with --postcopy --postcopy-resume"
      ;;
    'paused (post-copy)|running (post-copy)') seen=running ;;
    *)
      if [[ ${step_mode[$id]} == cold ]]; then look_cold "$id" "$here" "$there"; else look_live "$id" "$here" "$there"; fi
      ;;
  esac
}

# How much is left, for the log only.
look_progress() {
  local name value
  (($(now) - started_at[$1] >= ${told[$1]:-60})) || return 0
  ask_on "${step_source[$1]}" virsh domjobinfo "${step_machine[$1]}" || return 0
  while IFS=: read -r name value; do
    [[ $name != 'Data remaining' ]] || seen_note="$(printable "$value" | tr -s ' ') left"
  done <<<"$answer"
}

look_live() {
  local id=$1 here=$2 there=$3 wanted=running
  [[ ${step_power[$id]} != paused ]] || wanted=paused
  if [[ $there == "$wanted"* && ($here == absent || $here == 'shut off'*) ]]; then
    seen='done'
  elif [[ $here == "$wanted"* && ($there == absent || $there == 'shut off'*) ]]; then
    look_job "$id"
  else
    seen=unknown
  fi
}

# At the source and nowhere else: is it still being moved?
look_job() {
  local status
  status=$(child_status "$1")
  if [[ -n $status && $status != 0 ]]; then
    seen=failed seen_note=$(child_reason "$1")
    return 0
  fi
  if ! ask_on "${step_source[$1]}" virsh domjobinfo "${step_machine[$1]}"; then
    seen=silent
  elif [[ $answer =~ Job\ type:[[:space:]]*None ]]; then
    seen=gone
  fi
}

# Off, moved, on again: each when the one before is seen to be done.
look_cold() {
  local id=$1 here=$2 there=$3 status
  status=$(child_status "$id")
  if [[ $here == absent && $there == 'shut off'* ]]; then
    if [[ ${step_power[$id]} == stopped ]]; then
      seen='done'
    else
      act_on "${step_destination[$id]}" virsh start "${step_machine[$id]}" || seen_note=$(last_line "$answer")
    fi
  elif [[ $here == absent && $there == running* ]]; then
    seen='done'
  elif [[ $here == 'shut off'* && $there == absent ]]; then
    if [[ -n $status && $status != 0 ]]; then
      seen=failed seen_note="it is off, at ${step_source[$id]}: $(child_reason "$id")"
    else
      move_definition "$id"
    fi
  elif [[ ! ($here == running* && $there == absent) ]]; then
    seen=unknown
  fi
}

platform_switch() { act_on "${step_source[$1]}" virsh migrate-postcopy "${step_machine[$1]}"; }

platform_abort() {
  [[ ${step_mode[$1]} != cold ]] || return 1
  act_on "${step_source[$1]}" virsh domjobabort "${step_machine[$1]}"
}
