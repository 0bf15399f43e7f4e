child=$!
if [[ -n $told ]]; then kill -s "$told" "$child" 2>/dev/null || true; fi # it came in between
# Not `wait`: where a signal wakes it while the command ends, bash 5.2 forgets the command's exit status.
pause=0.1
while kill -0 "$child" 2>/dev/null; do
  sleep "$pause" || true
  pause=1
done
status=0
wait "$child" || status=$?
conclude "$status"
