#!/bin/sh
# Writes which commit is being built beside the class that says it.
#
#   commit.sh PROJECT CLASSES
#
# "unknown" where PROJECT is not a checkout, or git is missing; the file is touched only where its content changes.
set -eu

project=$1
file=$2/dev/instar/cli/commit.txt

# A source archive may have been unpacked inside of another project's checkout.
if commit=$(git -C "$project" rev-parse --verify HEAD 2>/dev/null) && git -C "$project" ls-files --error-unmatch pom.xml >/dev/null 2>&1; then
  changes=$(git -C "$project" status --porcelain -- pom.xml native-bindings cuda pipeline)
  [ -z "$changes" ] || commit="$commit, changed"
else
  commit=unknown
fi
mkdir -p "${file%/*}"
if [ ! -f "$file" ] || [ "$(cat "$file")" != "$commit" ]; then echo "$commit" >"$file"; fi
