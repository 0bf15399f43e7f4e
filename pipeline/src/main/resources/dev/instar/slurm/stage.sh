# A file is read faster, and disturbs nobody, from the node's own disk. The copy is checked, shared by the tasks that share the disk, and found
# again by a task that was requeued. Whatever goes wrong with it, the file is then read where it is.
copied() { # FILE: prints the path of a good copy of it
  local file=$1 size free folder copy sum lock
  umask 077
  size=$(stat -Lc %s -- "$file") || return
  # The folder's name stands for these very bytes: the path, the size, the time of the last change.
  folder=$(stat -Lc '%n %s %Y' -- "$file" | sha256sum) || return
  folder=$SLURM_TMPDIR/instar-$UID/${folder:0:16}
  copy=$folder/${file##*/}
  mkdir -p -- "$folder" && exec {lock}>>"$folder/lock" || return
  flock --timeout 3600 "$lock" || { say "another task has copied $file for an hour"; return 1; }
  if [[ -f $copy && $(stat -c %s -- "$copy") == "$size" && $(sha256sum <"$copy") == "$(cat "$folder/sum")" ]]; then
    say "$copy is there already, and good"
  else
    free=$(df --output=avail --block-size=1 -- "$folder" | tail -n 1) || return
    ((free > size + size / 20)) || { say "no room for $file in $SLURM_TMPDIR: $size bytes, of which $free are free"; return 1; }
    say "copying $file, $size bytes, to $copy"
    if ! sum=$(tee -- "$copy.part" <"$file" | sha256sum) || [[ $(sha256sum <"$copy.part") != "$sum" ]]; then
      say "the copy of $file is damaged"
      rm -f -- "$copy.part"
      return 1
    fi
    # A damaged copy that was there may still be in use: it is replaced, not written to.
    echo "$sum" >"$folder/sum" && mv -f -- "$copy.part" "$copy" || return
  fi
  printf '%s\n' "$copy"
}

stage() { # NAME of a variable with a file's path, which becomes that of the copy
  local _file=${!1} _copy # no variable to stage is called so
  if [[ -z ${SLURM_TMPDIR:-} ]]; then
    say "no \$SLURM_TMPDIR here: $_file is read where it is"
  elif [[ ! -f $_file || ! -d $SLURM_TMPDIR ]]; then
    say "$_file is read where it is: no file, or no folder $SLURM_TMPDIR"
  elif [[ $(stat -Lc %d -- "$_file") == $(stat -Lc %d -- "$SLURM_TMPDIR") ]]; then
    say "$_file is on the disk of \$SLURM_TMPDIR already"
  elif _copy=$(copied "$_file"); then
    printf -v "$1" %s "$_copy"
  else
    say "$_file is read where it is"
  fi
}
