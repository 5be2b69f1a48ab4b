# ---- Commands on the hosts themselves, and those that last as long as their migration.

remote=()
declare -A child=() step_flags=() step_setting=()

# Words for the command that starts a step; what is set before it.
# shellcheck disable=SC2317 # not every plan has one
flags() { step_flags[$1]="${*:2}"; }
# shellcheck disable=SC2317 # not every plan has one
setting() { step_setting[$1]=$2; }

# act_apart STEP COMMAND…: something that lasts as long as its migration. A Ctrl-C is for us, not for it.
act_apart() {
  local id=$1
  shift
  say "  $(quoted_line "$@")"
  [[ $dry_run == no ]] || return 0
  rm -f "$state_file.$id.status"
  (
    trap '' INT HUP TERM
    status=0
    "$@" >"$state_file.$id.output" 2>&1 </dev/null || status=$?
    printf '%s\n' "$status" >"$state_file.$id.status"
  ) 9>&- &
  child[$id]=$!
}

child_runs() { [[ -n ${child[$1]:-} ]] && kill -0 "${child[$1]}" 2>/dev/null; }

# The exit status of the step's own command, empty if it has not ended or was another run's.
child_status() {
  [[ -n ${child[$1]:-} && -s $state_file.$1.status ]] || return 0
  printf '%s' "$(<"$state_file.$1.status")"
}

child_reason() { last_line "$(tail -n 5 "$state_file.$1.output" 2>/dev/null || true)"; }

# The remote shell reads the line a second time, so each word is quoted for it.
for_host() {
  remote=(ssh -o BatchMode=yes -o ConnectTimeout=20 -- "$1" "env LC_ALL=C $(quoted_line "${@:2}")")
}
ask_on() {
  for_host "$@"
  ask "${remote[@]}"
}
act_on() {
  for_host "$@"
  act "${remote[@]}"
}
act_apart_on() {
  for_host "${@:2}"
  act_apart "$1" "${remote[@]}"
}
