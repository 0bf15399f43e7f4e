task=${SLURM_ARRAY_JOB_ID:-${SLURM_JOB_ID:-none}}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}
say() { printf '%(%FT%T)T task %s on %s: %s\n' -1 "$task" "$HOSTNAME" "$*" >&2; }

# Slurm warns with USR1 before the time is up, and ends a task with TERM; both are passed on.
told='' child=''
# shellcheck disable=SC2317 # the traps call it
forward() {
  told=$1
  say "SIG$1${child:+, passed on}"
  if [[ -n $child ]]; then kill -s "$1" "$child" 2>/dev/null || true; fi
}
trap 'forward USR1' USR1
trap 'forward TERM' TERM

# A run of less than a minute brought nothing forward; the third in a row is the last.
vain=$logs/$task.vain
again() {
  local runs=0
  if ((SECONDS < 60)); then
    runs=$(($(cat "$vain" 2>/dev/null || echo 0) + 1))
    if ((runs == 3)); then
      rm -f -- "$vain"
      say 'stopped three times within a minute of its start: not tried again'
      return
    fi
    echo "$runs" >"$vain" || true
  else
    rm -f -- "$vain"
  fi
  trap '' TERM # with which Slurm ends what it requeues
  if scontrol requeue "$task"; then say 'requeued, to go on from where it stopped'; else say 'not requeued: submit it again to go on'; fi
}

conclude() { # STATUS of the command
  local status=$1 state
  say "exit status $status after $SECONDS s${told:+ and SIG$told}"
  case $status in
    75 | 138 | 143) # it stopped, or was ended by USR1 or TERM before it could listen
      # What was cancelled shall stay so, and what it pre-empts Slurm requeues by itself.
      state=$(squeue --noheader --jobs="$task" --format='%T %r' 2>/dev/null) || true
      if [[ $state == RUNNING* || $state == *' TimeLimit' ]]; then again; else say "Slurm calls it ${state:-gone}: not requeued here"; fi ;;
    3)
      say 'done, with some records left out; see above'
      status=0 ;; # or Slurm would call it failed, and cancel what waits for it
  esac
  if ((status == 0)); then rm -f -- "$vain"; fi
  exit "$status"
}
