#!/bin/sh
# libvips: photographs to JPEG of height 256, shrinking on load. Usage: vips_resize.sh OUT PHOTO...
set -eu
out=$1
shift
VIPS_CONCURRENCY=1 exec vipsthumbnail --size x256 -o "$out/%s.jpg[Q=75]" "$@"
