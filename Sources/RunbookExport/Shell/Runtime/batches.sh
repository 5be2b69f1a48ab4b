# ---- Batches: start, watch, stop.

running=() halted='' approved='' prompted=''
declare -A misses=() told=() late_told=() seen_this_run=()
# Answers that make no sense in a row until the state counts as unknown; and the same for a migration that was
# asked for and of which nothing is to be seen yet.
most_unknown=6 most_gone=12 abort_patience=120
seen='' seen_note=''

ended() { [[ ${state[$1]:-} == 'done' || ${state[$1]:-} == skipped ]]; }
under_way() { [[ ${state[$1]:-} =~ ^(starting|started|switched|aborting)$ ]]; }
limit_of() { printf '%s' "${limit_for_all:-${step_limit[$1]}}"; }

halt() {
  [[ -n $halted ]] || halted=$1
}

# Whether all that the step waits for has ended and the plan's limits leave room for it.
may_start() {
  local id=$1 other live=0 cold=0 into=0
  for other in ${step_after[$id]:-}; do ended "$other" || return 1; done
  for other in "${running[@]}"; do
    if [[ ${step_source[$other]} == "${step_source[$id]}" ]]; then
      if [[ ${step_mode[$other]} == cold ]]; then cold=$((cold + 1)); else live=$((live + 1)); fi
    fi
    [[ ${step_destination[$other]} != "${step_destination[$id]}" ]] || into=$((into + 1))
  done
  if [[ ${step_mode[$id]} == cold ]]; then
    ((cold < cold_per_source)) || return 1
  else
    ((live < live_per_source)) || return 1
  fi
  ((into < per_destination && ${#running[@]} < per_cluster))
}

# Whether the step's batch may begin. Waits for an answer no longer than one look at what is under way.
approve() {
  local number=${step_batch[$1]} reply='' status=0
  [[ $assume_yes == yes || $approved == *" $number "* || $dry_run == yes ]] && return 0
  if [[ $prompted != "$number" ]]; then
    prompted=$number
    printf 'Start batch %s, from %s (%s) on? [y/n] ' "$number" "$1" "${step_label[$1]}"
  fi
  read -r -t "$poll" reply || status=$?
  ((status == 0)) || { ((status > 128)) || no_answer; return 1; }
  case $reply in
    y | Y | yes) approved+=" $number " && say "Batch $number is approved." ;;
    *) say "Batch $number is not to start." && halt declined && return 1 ;;
  esac
}

no_answer() {
  [[ -n $halted ]] || say 'Nobody is there to answer; --yes does without.'
  halt declined
}

describe() { printf '%s (%s, %s -> %s, %s)' "$1" "${step_label[$1]}" "${step_source[$1]}" \
  "${step_destination[$1]}" "${step_mode[$1]}"; }

start_step() {
  local id=$1 status=0 baseline='' reason
  if [[ -n ${step_by_hand[$id]:-} ]]; then
    say "$(describe "$id") has no command: ${step_by_hand[$id]}"
    say "Carry it out by hand, then: $this --done $id"
    if [[ $dry_run == yes ]]; then state[$id]='done'; else halt person; fi
    return 0
  fi
  say "Starting $(describe "$id"): expected ${step_expected[$id]} s, limit $(limit_of "$id") s"
  platform_baseline "$id" || { say "The platform does not answer about $id." && halt unknown && return 0; }
  remember "$id" starting "$baseline"
  seen_this_run[$id]=yes misses[$id]=0
  outcome "$id" started
  platform_start "$id" || status=$?
  [[ $dry_run == no ]] || return 0
  if ((status == 0)); then
    remember "$id" started "$baseline"
    running+=("$id")
    return 0
  fi
  # Refused, or accepted while the answer was lost: only the platform knows.
  reason=$(last_line "$answer")
  platform_look "$id"
  case $seen in
    gone | failed) fail_step "$id" "not started: $reason" ;;
    *) running+=("$id") ;;
  esac
}

# A step that an earlier run left under way is looked at; it is started again only if nothing of it is left.
take_up() {
  local id=$1 tries
  say "$(describe "$id") was under way when the last run ended: looking, not starting."
  misses[$id]=0
  for ((tries = 0; tries < most_unknown; tries++)); do
    platform_look "$id"
    case $seen in
      done) finish_step "$id" && return 0 ;;
      running)
        say "$id is still under way."
        running+=("$id")
        return 0
        ;;
      failed) fail_step "$id" "$seen_note" && return 0 ;;
      gone)
        say "$id is at ${step_source[$id]}, and nothing moves it: it starts again in its turn."
        remember "$id" waiting
        return 0
        ;;
    esac
    sleep "$poll" || true
  done
  lose_step "$id" "$seen_note"
}

forget_running() {
  local other rest=()
  for other in "${running[@]}"; do [[ $other == "$1" ]] || rest+=("$other"); done
  running=("${rest[@]}")
}

finish_step() {
  local took=''
  # How long it took is known only to a run that saw it from its start to its end.
  [[ -z ${seen_this_run[$1]:-} ]] || took=$(($(now) - ${started_at[$1]:-$(now)}))
  forget_running "$1"
  remember "$1" 'done'
  outcome "$1" 'done' "$took"
  say "Done: $(describe "$1")${took:+, took $took s}."
}

fail_step() {
  forget_running "$1"
  remember "$1" failed "$2"
  outcome "$1" failed '' "$2"
  say "FAILED: $(describe "$1"): $2"
  halt failed
}

lose_step() {
  forget_running "$1"
  remember "$1" unknown "$2"
  say "UNKNOWN: $(describe "$1"): $2"
  halt unknown
}
