watch_step() {
  local id=$1 elapsed
  elapsed=$(($(now) - ${started_at[$id]}))
  platform_look "$id"
  case $seen in
    done) finish_step "$id" ;;
    failed) watch_failed "$id" "$seen_note" ;;
    running)
      misses[$id]=0
      watch_time "$id" "$elapsed"
      ;;
    gone)
      if [[ ${state[$id]} == aborting ]]; then
        watch_failed "$id" 'stopped'
      else
        missed "$id" "$most_gone" && fail_step "$id" "nothing moves it, it is at ${step_source[$id]}"
      fi
      ;;
    *)
      missed "$id" "$most_unknown" && lose_step "$id" "${seen_note:-no answer}"
      # A guest that nobody can see is late all the same.
      [[ ${state[$id]} == unknown ]] || watch_time "$id" "$elapsed"
      ;;
  esac
  return 0
}

missed() {
  misses[$1]=$((${misses[$1]:-0} + 1))
  ((misses[$1] >= $2))
}

watch_failed() {
  if [[ ${state[$1]} == aborting ]]; then
    fail_step "$1" "timed out after $(limit_of "$1") s and was stopped"
  else
    fail_step "$1" "$2"
  fi
}

# The lever that the plan names, then the limit.
watch_time() {
  local id=$1 elapsed=$2 limit switch=${step_switch[$1]}
  limit=$(limit_of "$id")
  if ((elapsed >= ${told[$id]:-60})); then
    told[$id]=$((elapsed + 60))
    say "$id is under way for $elapsed s${seen_note:+ ($seen_note)}; expected ${step_expected[$id]} s, limit $limit s"
  fi
  if [[ ${state[$id]} == started && $switch != - ]] && ((elapsed >= switch)); then
    say "$id: switching to post-copy, as planned. From here on it must not be stopped."
    if platform_switch "$id"; then remember "$id" switched "${state_note[$id]}"; else
      say "$id: the switch was refused: $(last_line "$answer")"
      step_switch[$id]=-
    fi
  elif ((elapsed >= limit)); then
    watch_late "$id" "$elapsed" "$limit"
  fi
}

watch_late() {
  local id=$1 elapsed=$2 limit=$3
  if [[ ${state[$id]} == aborting ]]; then
    (($(now) - ${state_at[$id]} < abort_patience)) ||
      lose_step "$id" "asked to stop $abort_patience s ago, and still under way"
  elif [[ ${state[$id]} != switched && -z ${late_told[$id]:-} ]] && {
    say "$id is past its limit of $limit s: stopping it"
    platform_abort "$id"
  }; then
    remember "$id" aborting "${state_note[$id]}"
    halt failed
  elif [[ -z ${late_told[$id]:-} ]]; then
    late_told[$id]=yes
    say "$id is past its limit of $limit s and cannot be stopped: watched on until $((2 * limit)) s"
    halt failed
  elif ((elapsed >= 2 * limit)); then
    lose_step "$id" "still under way after $elapsed s, and it cannot be stopped"
  fi
}

# run_pool STEP…: batches that a barrier does not divide, in the plan's order.
run_pool() {
  local id waiting=("$@") rest held
  for id in "$@"; do
    if under_way "$id"; then
      take_up "$id"
    fi
  done
  while :; do
    held=no rest=()
    for id in "${waiting[@]}"; do
      ended "$id" || under_way "$id" && continue
      if [[ -n $halted || $held == yes ]]; then
        [[ -n $halted ]] || rest+=("$id")
      elif [[ ${state[$id]:-} == failed || ${state[$id]:-} == unknown ]]; then
        halt failed
      elif may_start "$id" && approve "$id" && room_for "$id"; then
        started_at[$id]=$(now)
        start_step "$id"
      else
        # In the plan's order: what comes later may need what this one leaves.
        rest+=("$id")
        [[ $batching == barrier ]] || held=yes
      fi
    done
    waiting=("${rest[@]}")
    [[ $dry_run == no ]] || { pretend_ended "$@"; ((${#waiting[@]} > 0)) || return 0; continue; }
    ((${#running[@]} > 0 || (${#waiting[@]} > 0 && ${#halted} == 0))) || break
    sleep "$poll" || true
    for id in "${running[@]}"; do watch_step "$id"; done
  done
  [[ -z $halted ]]
}

pretend_ended() {
  local id
  for id in "$@"; do ! under_way "$id" || state[$id]='done'; done
}

# Once for each batch: whether somebody else has used the room that it needs.
roomy=''
room_for() {
  local number=${step_batch[$1]} id
  local -A needed=()
  [[ $roomy != *" $number "* && $dry_run == no ]] || return 0
  for id in "${steps[@]}"; do
    [[ ${step_batch[$id]} == "$number" && ${step_power[$id]} != stopped ]] || continue
    ended "$id" || under_way "$id" ||
      needed[${step_destination[$id]}]=$((${needed[${step_destination[$id]}]:-0} + step_memory[$id]))
  done
  for id in "${!needed[@]}"; do
    platform_room "$id" "${needed[$id]}" && continue
    say "Batch $number does not start: $seen_note"
    halt room
    return 1
  done
  roomy+=" $number "
}
