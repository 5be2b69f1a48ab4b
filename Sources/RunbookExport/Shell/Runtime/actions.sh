# ---- The order of the work.

# Where the guests should be after what is done: compared with where the platform says that they are.
check_guests() {
  local host=$1 id machine missing=() strange=() nameless=${nameless_on[$1]:-0}
  local -A place=() either=()
  [[ $dry_run == no ]] || return 0
  for id in "${steps[@]}"; do
    machine=${step_machine[$id]}
    if [[ $machine == - ]]; then
      [[ ${step_source[$id]} != "$host" ]] || ended "$id" || nameless=$((nameless + 1))
      continue
    fi
    [[ -n ${place[$machine]:-} ]] || place[$machine]=${step_source[$id]}
    case ${state[$id]:-waiting} in
      done) place[$machine]=${step_destination[$id]} ;;
      waiting | skipped) ;;
      *) either[$machine]=yes ;;
    esac
  done
  for machine in ${stays_on[$host]:-}; do place[$machine]=$host; done
  platform_guests "$host" || refuse "$host does not say which guests it has" "${problem:-no answer}"
  for machine in "${!place[@]}"; do
    [[ ${place[$machine]} != "$host" || -n ${either[$machine]:-} ]] || has_line "$answer" "$machine" ||
      missing+=("$machine")
  done
  while read -r machine; do
    [[ -z $machine || ${place[$machine]:-} == "$host" || -n ${either[$machine]:-} ]] || strange+=("$machine")
  done <<<"$answer"
  ((${#missing[@]} > 0 || ${#strange[@]} > nameless)) || return 0
  refuse "the guests of $host are not those of the plan" "not there: ${missing[*]:-none}" \
    "not planned: ${strange[*]:-none}" 'Take a new inventory and plan again: evac import, evac plan.'
}

# Ids only, of this platform's own pattern: a name could be anything.
check_addresses() {
  local id
  for id in "${steps[@]}"; do
    [[ ${step_machine[$id]} == - || ${step_machine[$id]} =~ $machine_pattern ]] ||
      refuse "$id has an id that this platform does not give"
  done
}

check_age() {
  local age
  if [[ -z $inventory_taken ]]; then
    [[ $accept_age == yes ]] || refuse 'the inventory does not say when it was taken' \
      'If you know that it is fresh: --accept-age.'
    return 0
  fi
  age=$(($(now) - inventory_taken))
  ((age <= age_limit)) && return 0
  [[ $accept_age == yes ]] || refuse \
    "the inventory is $((age / 3600)) h old, and guests come and go: the limit is $((age_limit / 3600)) h" \
    'Take a new inventory and plan again, or say --accept-age.'
  say "The inventory is $((age / 3600)) h old: accepted."
}

check_first() {
  local action verb wave hosts host
  check_age
  platform_precheck
  for action in "${actions[@]}"; do
    read -r verb wave hosts <<<"$action"
    [[ $verb == close ]] || continue
    for host in $hosts; do
      [[ ${state[empty:$host]:-} == 'done' ]] || check_guests "$host"
    done
  done
  : "$wave"
}

close_now() {
  local host
  for host in "$@"; do
    [[ ${state[close:$host]:-} != 'done' ]] || continue
    say "Closing $host to arrivals."
    platform_close "$host" || refuse "$host could not be closed: $(last_line "$answer")"
    remember "close:$host" 'done'
    # Between the first look and the closing somebody may have arrived.
    check_guests "$host"
  done
}

check_empty() {
  local host machine strange
  for host in "$@"; do
    [[ ${state[empty:$host]:-} != 'done' ]] || continue
    strange=()
    platform_guests "$host" || { say "$host does not say which guests it has." && halt unknown && return 1; }
    while read -r machine; do
      [[ -z $machine || " ${stays_on[$host]:-} " == *" $machine "* ]] || strange+=("$machine")
    done <<<"$answer"
    if ((${#strange[@]} > ${nameless_on[$host]:-0})); then
      say "$host is not empty: ${strange[*]}"
      say 'Do not begin the maintenance. Look first: the hypervisor is the truth.'
      halt person
      return 1
    fi
    platform_emptied "$host" || { say "$(last_line "$answer")" && halt person && return 1; }
    remember "empty:$host" 'done'
    say "$host runs none of the guests to move. Its maintenance may begin."
  done
}

open_now() {
  local host waits=()
  for host in "$@"; do
    [[ ${state[open:$host]:-} != 'done' ]] || continue
    if [[ ${state[maintained:$host]:-} != 'done' && $dry_run == no ]]; then
      waits+=("$host")
      continue
    fi
    say "Opening $host again."
    platform_open "$host" || { say "Not opened: $(last_line "$answer")" && halt person && return 1; }
    remember "open:$host" 'done'
  done
  ((${#waits[@]} > 0)) || return 0
  say "Waiting for the maintenance of ${waits[*]}. When it is over: $this$(printf ' --maintained %s' "${waits[@]}")"
  halt maintenance
  return 1
}

# In the plan's order. Batches without a barrier between them are one pool.
carry_out() {
  local action verb rest pool=() words=()
  for action in "${actions[@]}" 'end'; do
    read -r verb rest <<<"$action"
    if [[ $verb == batch ]]; then
      read -r -a words <<<"$rest"
      pool+=("${words[@]:2}")
      [[ $batching == barrier ]] || continue
    fi
    if ((${#pool[@]} > 0)); then
      run_pool "${pool[@]}" || return 0
      pool=()
    fi
    read -r -a words <<<"$rest"
    case $verb in
      close) close_now "${words[@]:1}" ;;
      empty) check_empty "${words[@]:1}" || return 0 ;;
      open) open_now "${words[@]:1}" || return 0 ;;
    esac
  done
}

what_next() {
  local id failed=()
  for id in "${steps[@]}"; do
    [[ ${state[$id]:-} != failed && ${state[$id]:-} != unknown ]] || failed+=("$id")
  done
  case $halted in
    failed | unknown)
      say 'Stopped: nothing further is started.'
      ((${#failed[@]} == 0)) || say "Look at ${failed[*]} first, on both hosts. In this order:"
      recovery | sed 's/^/  /'
      printf '%s\n' "Then record what happened and plan the rest anew:" \
        "  evac record $plan_id --csv $(quoted_line "$csv_file")" \
        "  evac status $plan_id" \
        "  evac replan $plan_id --output rest.json"
      [[ $halted == unknown ]] || printf '%s\n' "Or try a step again: $this --retry ${failed[0]:-ID}"
      ;;
    interrupted) say "Interrupted: what was under way has ended. Go on with: $this" ;;
    declined) say "Stopped before the next batch. Go on with: $this" ;;
    room) say 'Somebody else has used the room: take a new inventory and plan again.' ;;
  esac
}

leave() {
  what_next
  case $halted in
    '') say 'All done.' && exit 0 ;;
    failed | room) exit 1 ;;
    unknown) exit 3 ;;
    interrupted) exit 130 ;;
    maintenance)
      local id
      for id in "${steps[@]}"; do ended "$id" || exit 4; done
      exit 0
      ;;
    *) exit 4 ;;
  esac
}

# Called by the trap.
# shellcheck disable=SC2317
interrupted() {
  if [[ $halted == interrupted ]]; then
    say 'Interrupted again: leaving what is under way to itself. A later run looks at it.'
    exit 130
  fi
  say 'Interrupted: nothing further is started; what is under way is watched to its end.'
  halted=interrupted
}

apply_words() {
  local id
  for id in "${said_done[@]}"; do remember "$id" 'done' 'by hand' && outcome "$id" started && outcome "$id" 'done'; done
  for id in "${said_skip[@]}"; do remember "$id" skipped && outcome "$id" skipped; done
  for id in "${said_retry[@]}"; do
    [[ ${state[$id]:-} == failed || ${state[$id]:-} == unknown ]] || refuse "$id has not failed"
    remember "$id" waiting
  done
  for id in "${said_maintained[@]}"; do remember "maintained:$id" 'done'; done
}

this=$(quoted_line bash "$0")

main() {
  the_plan
  read_options "$@"
  state_file=${state_file:-evac-$plan_id.state} log_file=${log_file:-evac-$plan_id.log}
  csv_file=${csv_file:-evac-$plan_id.csv}
  [[ $dry_run == yes ]] || need_tools
  check_addresses
  [[ $dry_run == yes || $show_status == yes ]] || take_lock
  load_state
  if [[ $show_status == yes ]]; then
    print_status
    exit 0
  fi
  if [[ $dry_run == no ]]; then
    open_state
    trap interrupted INT TERM
    trap 'say "A command of this script itself failed, line $LINENO: nothing further is started."' ERR
  fi
  say "$plan_title"
  apply_words
  if [[ -n $only_step ]]; then
    check_age
    run_pool "$only_step" || true
  else
    check_first
    carry_out
  fi
  leave
}
