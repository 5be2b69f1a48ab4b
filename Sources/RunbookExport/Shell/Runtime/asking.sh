# ---- Asking the platform, and acting on it.

query_limit=120 act_limit=300
answer='' problem=''

# Asks; what comes back is in `answer`, what was said on standard error in `problem`.
ask() {
  local status=0
  answer='' problem=''
  [[ $dry_run == no ]] || return 0
  answer=$(timeout "$query_limit" "$@" 2>"$state_file.err" </dev/null) || status=$?
  problem=$(<"$state_file.err")
  if ((status != 0)); then
    printf '%(%Y-%m-%dT%H:%M:%SZ)T status %s of %s\n' -1 "$status" "$(quoted_line "$@")" >>"$log_file"
    note_output "$problem"
  fi
  return "$status"
}

# Does something that ends soon; what it said is in `answer`.
act() {
  local status=0
  answer=''
  say "  $(quoted_line "$@")"
  [[ $dry_run == no ]] || return 0
  answer=$(timeout "$act_limit" "$@" 2>&1 </dev/null) || status=$?
  note_output "$answer"
  return "$status"
}

need_tools() {
  local tool missing=()
  for tool in flock timeout tr sed "${platform_tools[@]}"; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  ((${#missing[@]} == 0)) || refuse "not installed here: ${missing[*]}"
}
