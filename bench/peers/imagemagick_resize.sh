#!/bin/sh
# ImageMagick as the published system calls it, one process a photograph. Usage: imagemagick_resize.sh OUT PHOTO...
set -eu
out=$1
shift
convert=/usr/bin/convert
[ -x "$convert" ] || convert=convert
for photo; do
  MAGICK_THREAD_LIMIT=1 "$convert" "$photo" -resize x256 "$out/$(basename "$photo")"
done
