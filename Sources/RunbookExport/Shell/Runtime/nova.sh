# ---- OpenStack Nova, by openstackclient.

platform_tools=(openstack)
machine_pattern='^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'
declare -A confirmed=()

platform_precheck() {
  local host id
  local -A looked=()
  ask openstack --os-compute-api-version 2.24 compute service list --service nova-compute -f value \
    -c Host -c Status -c State || refuse 'Nova does not answer' "$problem"
  [[ $dry_run == no ]] || return 0
  for id in "${steps[@]}"; do
    ended "$id" && continue
    has_line "$answer" "${step_source[$id]} enabled up" || has_line "$answer" "${step_source[$id]} disabled up" ||
      refuse "nova-compute of ${step_source[$id]} is not up"
    host=${step_destination[$id]}
    # What this run closes itself is open again when its guests arrive.
    [[ ${state[close:$host]:-} == 'done' ]] || has_line "$answer" "$host enabled up" ||
      refuse "nova-compute of $host is not enabled and up: it would refuse its guests"
  done
  for id in "${steps[@]}"; do ! under_way "$id" || return 0; done
  for id in "${steps[@]}"; do
    host=${step_source[$id]}
    [[ -z ${looked[$host]:-} ]] || continue
    looked[$host]=yes
    nothing_in_flight "$host"
  done
}

nothing_in_flight() {
  local word
  for word in running queued preparing; do
    ask openstack --os-compute-api-version 2.24 server migration list --host "$1" --status "$word" \
      -f value -c Id || refuse "Nova does not list the migrations of $1" "$problem"
    [[ -z $answer ]] || refuse "a migration of $1 is $word already" 'Wait for it: it takes a slot of the plan.'
  done
}

platform_close() {
  act openstack --os-compute-api-version 2.24 compute service set --disable --disable-reason \
    "maintenance; emptied by plan $plan_id" "$1" nova-compute
}

platform_open() {
  act openstack --os-compute-api-version 2.24 compute service set --enable "$1" nova-compute
}

platform_emptied() { say "The API is not the hypervisor: look there too: ssh $1 virsh list --all --name"; }

platform_guests() {
  ask openstack --os-compute-api-version 2.24 server list --all-projects --host "$1" -f value -c ID
}

# The scheduler checks a named destination itself, from 2.30 on.
platform_room() { return 0; }

# The newest migration that there is before ours: anything newer is ours.
platform_baseline() {
  newest_migration "$1" || return 1
  baseline=${migration:-0}
}

newest_migration() {
  local number word
  migration='' migration_status=''
  ask openstack --os-compute-api-version 2.24 server migration list --server "${step_machine[$1]}" -f value \
    -c Id -c Status || return 1
  while read -r number word; do
    [[ $number =~ ^[0-9]{1,15}$ ]] || continue
    ((number <= ${migration:-0})) || migration=$number migration_status=$word
  done <<<"$answer"
}

platform_start() {
  if [[ ${step_mode[$1]} == cold ]]; then
    act openstack --os-compute-api-version 2.56 server migrate --host "${step_destination[$1]}" \
      "${step_machine[$1]}"
  else
    act openstack --os-compute-api-version 2.30 server migrate --live-migration \
      --host "${step_destination[$1]}" "${step_machine[$1]}"
  fi
}

platform_look() {
  seen=silent seen_note='Nova does not answer'
  if [[ ${step_mode[$1]} == cold ]]; then look_cold "$1"; else look_live "$1"; fi
}

look_live() {
  newest_migration "$1" || return 0
  if [[ -z $migration ]] || ((migration <= ${state_note[$1]:-0})); then
    # None yet, or the scheduler found no host.
    look_server "$1" gone
    return 0
  fi
  case $migration_status in
    completed | confirmed) look_server "$1" unknown ;;
    error | failed | cancelled) look_server "$1" failed ;;
    *) seen=running seen_note="migration $migration is $migration_status" ;;
  esac
}

# Where the server is; the second word is what it means if that is still the source.
look_server() {
  local at_source=$2 word
  ask openstack --os-compute-api-version 2.24 server show -c OS-EXT-SRV-ATTR:host -c status -f value \
    "${step_machine[$1]}" || return 0
  for word in ACTIVE PAUSED SHUTOFF SUSPENDED; do
    has_line "$answer" "$word" || continue
    if has_line "$answer" "${step_destination[$1]}"; then
      seen='done' seen_note=''
      return 0
    elif has_line "$answer" "${step_source[$1]}"; then
      seen=$at_source seen_note="migration ${migration:-none} ${migration_status:-}, server $word at ${step_source[$1]}"
      return 0
    fi
  done
  seen=unknown seen_note="the server shows: ${answer//$'\n'/ }"
  [[ $answer != *MIGRATING* && $answer != *RESIZE* ]] || seen=running
}

look_cold() {
  migration='' migration_status=''
  look_server "$1" gone
  [[ $seen == running ]] && has_line "$answer" VERIFY_RESIZE || return 0
  if has_line "$answer" "${step_destination[$1]}"; then
    [[ -n ${confirmed[$1]:-} ]] && return 0
    say "$1 runs on ${step_destination[$1]}: confirming, which ends the way back."
    act openstack server migration confirm "${step_machine[$1]}" || true
    confirmed[$1]=yes
  else
    seen=unknown seen_note='it waits to be confirmed on another host than the planned one'
  fi
}

platform_switch() {
  newest_migration "$1" || return 1
  act openstack --os-compute-api-version 2.24 server migration force complete "${step_machine[$1]}" "$migration"
}

# A cold migration cannot be stopped half-way.
platform_abort() {
  [[ ${step_mode[$1]} != cold ]] && newest_migration "$1" && [[ -n $migration ]] || return 1
  act openstack --os-compute-api-version 2.24 server migration abort "${step_machine[$1]}" "$migration"
}
