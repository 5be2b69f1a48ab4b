# ---- KubeVirt, by kubectl and virtctl. A guest is NAMESPACE/NAME: Kubernetes lets both be nothing but DNS labels.

platform_tools=(kubectl virtctl)
machine_pattern='^[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'
lines='{range .items[*]}'

platform_precheck() {
  local id host
  ask kubectl get nodes -o "jsonpath=$lines{.metadata.name} {.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}" ||
    refuse 'the cluster does not answer' "$problem"
  [[ $dry_run == no ]] || return 0
  for id in "${steps[@]}"; do
    for host in "${step_source[$id]}" "${step_destination[$id]}"; do
      ended "$id" || has_line "$answer" "$host True" || refuse "the node $host is not ready"
    done
  done
}

# Cordoned, not drained: a drain would choose the destinations itself, and cannot be taken back.
platform_close() { act kubectl cordon "$1"; }
platform_open() { act kubectl uncordon "$1"; }
platform_emptied() {
  say "Other pods are left: kubectl drain $1 --ignore-daemonsets --delete-emptydir-data" \
    "--pod-selector=kubevirt.io!=virt-launcher --timeout=600s"
}

platform_guests() {
  ask kubectl get vmi -A -l "kubevirt.io/nodeName=$1" -o \
    "jsonpath=$lines{.metadata.namespace}/{.metadata.name}{\"\\n\"}{end}"
}

# The scheduler sees to it.
platform_room() { return 0; }

names_of() { namespace=${step_machine[$1]%%/*} name=${step_machine[$1]#*/}; }

# The newest migration object of the guest, and its phase.
newest_migration() {
  local word phase
  migration='' migration_status=''
  names_of "$1"
  ask kubectl get vmim -n "$namespace" -l "kubevirt.io/vmi-name=$name" --sort-by=.metadata.creationTimestamp \
    -o "jsonpath=$lines{.metadata.name} {.status.phase}{\"\\n\"}{end}" || return 1
  while read -r word phase; do
    [[ -z $word ]] || migration=$word migration_status=$phase
  done <<<"$answer"
}

platform_baseline() {
  newest_migration "$1" || return 1
  baseline=$migration
}

platform_start() {
  names_of "$1"
  act virtctl migrate "$name" -n "$namespace" --addedNodeSelector "kubernetes.io/hostname=${step_destination[$1]}"
}

platform_look() {
  seen=silent seen_note='the cluster does not answer'
  newest_migration "$1" || return 0
  if [[ -z $migration || $migration == "${state_note[$1]:-}" ]]; then
    look_guest "$1" gone
    return 0
  fi
  case $migration_status in
    Succeeded) look_guest "$1" unknown ;;
    Failed) look_guest "$1" failed ;;
    *) seen=running seen_note="$migration is ${migration_status:-new}" ;;
  esac
}

look_guest() {
  names_of "$1"
  ask kubectl get vmi "$name" -n "$namespace" -o 'jsonpath={.status.nodeName} {.status.phase}' || return 0
  case $answer in
    "${step_destination[$1]} Running") seen='done' seen_note='' ;;
    "${step_source[$1]} Running") seen=$2 seen_note="${migration:-no migration} ${migration_status:-}, it runs at ${step_source[$1]}" ;;
    *) seen=unknown seen_note="it shows: $(printable "$answer")" ;;
  esac
}

# The cluster switches to post-copy by its own migration policy.
platform_switch() { answer='KubeVirt switches by itself' && return 1; }

platform_abort() {
  names_of "$1"
  act virtctl migrate-cancel "$name" -n "$namespace"
}
