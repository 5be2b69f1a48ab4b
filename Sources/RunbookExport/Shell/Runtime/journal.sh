# ---- Words, log, state and outcomes.

now() { printf '%(%s)T' -1; }

# On the terminal and in the log.
say() {
  local line
  printf -v line '%(%Y-%m-%dT%H:%M:%SZ)T %s' -1 "$*"
  printf '%s\n' "$line"
  [[ $dry_run == yes || -z $log_file ]] || printf '%s\n' "$line" >>"$log_file"
}

# Text of other programs, without what would act on a terminal.
printable() { printf '%s' "$1" | LC_ALL=C tr '\000-\011\013-\037\177' '?' | head -c 4000; }

last_line() { printable "$1" | grep -v '^[[:space:]]*$' | tail -n 1 | head -c 200 || true; }

note_output() {
  [[ -n $1 && $dry_run == no ]] || return 0
  printable "$1" | sed 's/^/    /' >>"$log_file"
  printf '\n' >>"$log_file"
}

# Words as a shell reads them back: none of them is looked at again.
quoted_line() {
  local word line=''
  for word in "$@"; do
    if [[ $word =~ ^[A-Za-z0-9_@%+=:,./-]+$ ]]; then line+=" $word"; else line+=" '${word//\'/\'\\\'\'}'"; fi
  done
  printf '%s' "${line# }"
}

refuse() {
  say "Refused: $1"
  shift
  (($# == 0)) || printf '  %s\n' "$@"
  exit 2
}

# One run at a time: two would start the same guest twice.
take_lock() {
  exec 9>>"$state_file.lock"
  flock -n 9 || refuse "another run uses $state_file" 'Wait for it, or end it first.'
}

declare -A state=() state_at=() state_note=() started_at=()

# The last line of each step or host counts; a line that was torn by a crash counts for nothing.
load_state() {
  [[ -s $state_file ]] || return 0
  local at key word note first
  read -r first <"$state_file" || true
  [[ $first == "evac-state/1 $plan_id" ]] || refuse "$state_file belongs to another plan" \
    'Name another file with --state.'
  while read -r at key word note || [[ -n $at ]]; do
    [[ $at =~ ^[0-9]+$ && $key =~ ^[A-Za-z0-9._:-]+$ ]] || continue
    case $word in
      waiting | starting | started | switched | aborting | done | failed | unknown | skipped)
        state[$key]=$word state_at[$key]=$at state_note[$key]=$note
        [[ $word != starting ]] || started_at[$key]=$at
        ;;
    esac
  done <"$state_file"
}

open_state() {
  if [[ ! -s $state_file ]]; then
    printf 'evac-state/1 %s\n' "$plan_id" >"$state_file"
  elif [[ -n $(tail -c 1 "$state_file") ]]; then
    printf '\n' >>"$state_file"
  fi
}

# remember KEY WORD [NOTE]
remember() {
  state[$1]=$2 state_at[$1]=$(now) state_note[$1]=${3:-}
  [[ $dry_run == yes ]] || printf '%s %s %s %s\n' "${state_at[$1]}" "$1" "$2" "${3:-}" >>"$state_file"
}

# outcome STEP RESULT [SECONDS] [REASON]
outcome() {
  [[ $dry_run == no ]] || return 0
  [[ -s $csv_file ]] || printf 'step,result,took,reason,at\n' >"$csv_file"
  local took='' reason=''
  [[ -z ${3:-} ]] || took="$3 s"
  [[ -z ${4:-} ]] || reason="\"${4//\"/\"\"}\""
  printf '%s,%s,%s,%s,%(%Y-%m-%dT%H:%M:%SZ)T\n' "$1" "$2" "$took" "$reason" -1 >>"$csv_file"
}

print_status() {
  local id
  for id in "${steps[@]}"; do
    printf '%-8s %-9s %s: %s -> %s\n' "$id" "${state[$id]:-waiting}" "${step_label[$id]}" \
      "${step_source[$id]}" "${step_destination[$id]}"
  done
}

has_line() { [[ $'\n'$1$'\n' == *$'\n'"$2"$'\n'* ]]; }
