# ---- From here on nothing depends on the plan: the same in every runbook of this platform.

# What the plan above declares.
plan_id='' plan_title='' inventory_taken='' age_limit=0 batching=barrier
live_per_source=1 cold_per_source=1 per_destination=1 per_cluster=1
steps=() actions=()
declare -A step_batch=() step_mode=() step_power=() step_source=() step_destination=()
declare -A step_machine=() step_memory=() step_expected=() step_limit=() step_switch=() step_label=()
declare -A step_after=() step_by_hand=()
declare -A stays_on=() nameless_on=()

# step ID BATCH MODE POWER SOURCE DESTINATION MACHINE MEMORY_MIB EXPECTED_S LIMIT_S SWITCH_S LABEL
step() {
  steps+=("$1")
  step_batch[$1]=$2 step_mode[$1]=$3 step_power[$1]=$4
  step_source[$1]=$5 step_destination[$1]=$6 step_machine[$1]=$7 step_memory[$1]=$8
  step_expected[$1]=$9 step_limit[$1]=${10} step_switch[$1]=${11} step_label[$1]=${12}
}

# Steps that must have ended before.
after() { step_after[$1]="${*:2}"; }
# The step has no command: a person carries it out and says so with --done.
# shellcheck disable=SC2317 # not every plan has one
by_hand() { step_by_hand[$1]=$2; }
# A guest that no step moves, by its id; or so many whose id nobody knows.
# shellcheck disable=SC2317 # not every plan has one
stays() { stays_on[$1]+=" $2"; }
# shellcheck disable=SC2317 # not every plan has one
nameless() { nameless_on[$1]=$2; }
# What is done, in order.
close_hosts() { actions+=("close $*"); }
batch() { actions+=("batch $*"); }
empty_hosts() { actions+=("empty $*"); }
open_hosts() { actions+=("open $*"); }

# What the command line says.
dry_run=no assume_yes=no accept_age=no show_status=no only_step='' limit_for_all='' poll=5
state_file='' log_file='' csv_file=''
said_done=() said_skip=() said_retry=() said_maintained=()

usage() {
  printf '%s\n' \
    "Usage: ${0##*/} [options]" \
    '  --dry-run          print what would be done, and do nothing' \
    '  --yes              do not ask before each batch' \
    '  --step ID          carry out this step alone' \
    '  --state FILE       what is done already; a later run goes on from there' \
    '  --log FILE         what happened, with time stamps' \
    '  --csv FILE         what became of each step, for evac record --csv' \
    '  --limit SECONDS    this limit for every step instead of the plan'"'"'s own' \
    '  --poll SECONDS     how often to look at what is under way; 5 if not given' \
    '  --accept-age       go on although the inventory is older than its limit' \
    '  --retry ID         a step that failed or was lost may start again' \
    '  --skip ID          leave this guest where it is' \
    '  --done ID          this step was carried out by hand' \
    '  --maintained HOST  the maintenance of this host is over: it may be opened' \
    '  --status           print what the state file says, and end' \
    'Exit status: 0 all done, 1 a migration failed, 2 refused before anything was started, 3 the state of' \
    '  a guest is not known, 4 waits for a person, 64 wrong usage, 130 interrupted.'
}

wrong_usage() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  usage >&2
  exit 64
}

read_options() {
  while (($# > 0)); do
    case $1 in
      --dry-run) dry_run=yes ;;
      --yes) assume_yes=yes ;;
      --accept-age) accept_age=yes ;;
      --status) show_status=yes ;;
      --help | -h)
        usage
        exit 0
        ;;
      --*=*)
        set -- "${1%%=*}" "${1#*=}" "${@:2}"
        continue
        ;;
      --step | --state | --log | --csv | --limit | --poll | --retry | --skip | --done | --maintained)
        [[ -n ${2:-} ]] || wrong_usage "$1 needs a value"
        read_value "$1" "$2"
        shift
        ;;
      *) wrong_usage "unknown option $1" ;;
    esac
    shift
  done
}

read_value() {
  case $1 in
    --state) state_file=$2 ;;
    --log) log_file=$2 ;;
    --csv) csv_file=$2 ;;
    --limit | --poll)
      [[ $2 =~ ^[0-9]{1,6}(\.[0-9]{1,3})?$ ]] || wrong_usage "$1 needs a number of seconds"
      if [[ $1 == --poll ]]; then poll=$2; else limit_for_all=${2%%.*}; fi
      ;;
    --maintained)
      [[ $2 =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]] || wrong_usage "no host of this plan: $2"
      said_maintained+=("$2")
      ;;
    *)
      known_step "$2" || wrong_usage "no step of this plan: $2"
      case $1 in
        --step) only_step=$2 ;;
        --retry) said_retry+=("$2") ;;
        --skip) said_skip+=("$2") ;;
        --done) said_done+=("$2") ;;
      esac
      ;;
  esac
}

known_step() {
  [[ $1 =~ ^[A-Za-z0-9._-]+$ && -n ${step_mode[$1]:-} ]]
}
