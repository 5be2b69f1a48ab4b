# What the fake clients have in common: a folder, FAKE_WORLD, that holds guests, migrations and a record of all calls.
# guests/HOST/ID holds a state; behaviour/ID says what its migration does: "ok N", "fail N" or "hang", after N looks.
set -eu

record() { printf '%s\0' "$@" >>"$FAKE_WORLD/calls"; printf '\n\0' >>"$FAKE_WORLD/calls"; }
file_of() { printf '%s' "${1//\//__}"; }
host_of() { local file; for file in "$FAKE_WORLD"/guests/*/"$(file_of "$1")"; do [[ -e $file ]] && basename "$(dirname "$file")"; done; }
state_of() { head -n 1 "$FAKE_WORLD/guests/$(host_of "$1")/$(file_of "$1")"; }
guests_on() { local file; for file in "$FAKE_WORLD/guests/$1"/*; do [[ ! -e $file ]] || printf '%s\n' "$(basename "$file" | sed 's,__,/,')"; done; }
set_state() { printf '%s\n' "$2" >"$FAKE_WORLD/guests/$(host_of "$1")/$(file_of "$1")"; }
move_guest() { # ID DESTINATION [STATE]
  local from
  from=$FAKE_WORLD/guests/$(host_of "$1")/$(file_of "$1")
  mkdir -p "$FAKE_WORLD/guests/$2"
  [[ -z ${3:-} ]] || printf '%s\n' "$3" >"$from"
  mv "$from" "$FAKE_WORLD/guests/$2/"
}
behaviour_of() { /bin/cat "$FAKE_WORLD/behaviour/$(file_of "$1")" 2>/dev/null || printf 'ok 1\n'; }

# Migrations that the management carries out, for openstack and kubectl: NUMBER STATUS DESTINATION, the newest last.
migrations_of() { /bin/cat "$FAKE_WORLD/migrations/$(file_of "$1")" 2>/dev/null || true; }
start_migration() { # ID DESTINATION STATUS
  local number
  mkdir -p "$FAKE_WORLD/migrations"
  number=$(($(/bin/cat "$FAKE_WORLD/sequence" 2>/dev/null || printf 100) + 1))
  printf '%s\n' "$number" >"$FAKE_WORLD/sequence"
  printf '%s %s %s\n' "$number" "$3" "$2" >>"$FAKE_WORLD/migrations/$(file_of "$1")"
  printf '0\n' >"$FAKE_WORLD/looks.$(file_of "$1")"
}
end_migration() { # ID STATUS
  local file number rest
  file=$FAKE_WORLD/migrations/$(file_of "$1")
  read -r number _ rest < <(tail -n 1 "$file")
  sed -i '$d' "$file"
  printf '%s %s %s\n' "$number" "$2" "$rest" >>"$file"
}
# One look brings it one step nearer to its end. UNDER_WAY DONE FAILED are the client's words.
advance() {
  local file status destination looks how after
  file=$FAKE_WORLD/migrations/$(file_of "$1")
  [[ -s $file ]] || return 0
  read -r _ status destination < <(tail -n 1 "$file")
  [[ $status == "$2" ]] || return 0
  looks=$(($(/bin/cat "$FAKE_WORLD/looks.$(file_of "$1")") + 1))
  printf '%s\n' "$looks" >"$FAKE_WORLD/looks.$(file_of "$1")"
  read -r how after < <(behaviour_of "$1")
  if [[ $how == ok ]] && ((looks > after)); then
    move_guest "$1" "$destination"
    end_migration "$1" "$3"
  elif [[ $how == fail ]] && ((looks > after)); then
    end_migration "$1" "$4"
  fi
}

# A migration that lasts as long as its command, for virsh and qm: run_migration ID DESTINATION STATE-AFTERWARDS.
run_migration() {
  local how after tick=0 lock
  lock=$FAKE_WORLD/moving.$(file_of "$1")
  read -r how after < <(behaviour_of "$1")
  printf '%s\n' "$2" >"$lock"
  while :; do
    if [[ -e $lock.abort ]]; then
      rm -f "$lock" "$lock.abort"
      printf 'error: operation aborted: migration out: canceled by client\n' >&2
      return 1
    fi
    if [[ $how != hang ]] && ((tick >= after)); then break; fi
    tick=$((tick + 1))
    sleep 0.1
  done
  rm -f "$lock"
  if [[ $how == fail ]]; then
    printf 'error: internal error: qemu unexpectedly closed the monitor\n' >&2
    return 1
  fi
  move_guest "$1" "$2" "$3"
}
is_moving() { [[ -e $FAKE_WORLD/moving.$(file_of "$1") ]]; }
