child=$!
if [[ -n $told ]]; then kill -s "$told" "$child" 2>/dev/null || true; fi # it came in between
while
  woken=''
  status=0
  wait "$child" || status=$?
  [[ -n $woken ]] # by a signal: the command goes on
do :; done
conclude "$status"
