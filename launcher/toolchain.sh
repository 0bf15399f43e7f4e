# shellcheck shell=sh disable=SC2034 # what it sets is read by the scripts that source it
# Finds Java, and installs what is missing where that is allowed. POSIX sh, sourced by instar, mvnw and .ci/run.

# Folders of JDKs, beside JAVA_HOME, PATH and what SDKMAN!, asdf, conda and IDEs keep below the home folder.
jvm_folders='/usr/lib/jvm /usr/java /opt/java /opt /usr/local'

say() { printf 'instar: %s\n' "$*" >&2; }

# feature_of HOME: sets `feature` to the number of the Java release that lies in HOME (8, 17, 25...), `release` to its full
# version; fails where there is none. Reads the file that every JDK carries; starting a JVM to ask takes 50 times longer.
feature_of() {
  feature='' release=''
  [ -x "$1/bin/java" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then release=${value#\"} && release=${release%\"}; fi
    done <"$1/release"
  fi
  if [ -z "$release" ]; then
    release=$("$1/bin/java" -version 2>&1 </dev/null) || return 1
    release=${release#*version \"} && release=${release%%\"*}
  fi
  feature=${release#1.}
  feature=${feature%%[!0-9]*}
  [ -n "$feature" ]
}

# find_java PROGRAM: sets `java_home`, `java_feature` and `java_release` to the first Java 17 or newer that has bin/PROGRAM (java, or javac where
# something must be compiled); fails where there is none, and `too_old` then names what was passed over.
find_java() {
  program=$1 java_home='' too_old=''
  homes=${HOME:-/nonexistent}
  sdkman=${SDKMAN_DIR:-$homes/.sdkman}/candidates/java
  on_path=$(command -v "$program" 2>/dev/null) && case $on_path in
    /*) on_path=$(readlink -f -- "$on_path") && on_path=${on_path%/bin/*} ;;
    *) on_path='' ;;
  esac
  set -- "${JAVA_HOME:-}" "$on_path"
  for folder in $jvm_folders; do set -- "$@" "$folder"/*/; done
  for candidate in "$@" "$sdkman"/current "$sdkman"/*/ "$homes"/.jdks/*/ "$homes"/.asdf/installs/java/*/ \
    "${CONDA_PREFIX:-/nonexistent}/lib/jvm"; do
    candidate=${candidate%/}
    if [ -z "$candidate" ] || [ ! -x "$candidate/bin/$program" ] || ! feature_of "$candidate"; then
      continue
    elif [ "$feature" -ge 17 ]; then
      java_home=$candidate java_feature=$feature java_release=$release
      return 0
    fi
    too_old="$too_old Java $feature in $candidate;"
  done
  return 1
}

# may_install: whether missing packages can and may be installed here.
may_install() {
  case ${INSTAR_NO_INSTALL:-0} in 0 | '') ;; *) return 1 ;; esac
  command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]
}

# install_packages PACKAGE...: installs Debian packages and says so in one line; prints apt's own words only if that fails.
install_packages() {
  say "installing $* with apt-get (INSTAR_NO_INSTALL=1 forbids it)"
  if words=$({ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@"; } 2>&1 </dev/null); then
    return 0
  fi
  printf '%s\n' "$words" >&2
  return 1
}

# jdk_package: prints the name of the package that holds a JDK in this Debian or Ubuntu release.
jdk_package() {
  apt-get -qq update >/dev/null 2>&1 </dev/null
  for package in openjdk-17-jdk-headless openjdk-21-jdk-headless openjdk-25-jdk-headless; do
    if apt-cache show "$package" >/dev/null 2>&1; then break; fi
  done
  printf '%s\n' "$package"
}

# command_for PACKAGE...: prints the command that installs packages, given their Debian names, on this system.
command_for() {
  if command -v apt-get >/dev/null 2>&1; then
    echo "sudo apt-get update && sudo apt-get install -y $*"
  elif command -v dnf >/dev/null 2>&1; then
    echo "sudo dnf install -y $(printf '%s\n' "$@" | sed -e 's/^openjdk-\([0-9]*\)-jdk-headless$/java-\1-openjdk-devel/' \
      -e 's/^libjpeg62-turbo-dev$/libjpeg-turbo-devel/' -e 's/^g++$/gcc-c++/' | paste -sd ' ' -)"
  else
    echo "install (Debian's names): $*"
  fi
}

# need_java PROGRAM: as find_java, but installs a JDK where there is none, or says how to and fails.
need_java() {
  if find_java "$1"; then return 0; fi
  if may_install && install_packages "$(jdk_package)" && find_java "$1"; then return 0; fi
  say "no JDK 17 or newer was found (JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN!);${too_old:+ found but too old:$too_old} to install one:"
  say "  $(command_for openjdk-17-jdk-headless)"
  return 1
}
