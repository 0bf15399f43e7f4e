#!/bin/sh
# Compiles Instar's native core into the class path, where JavaCPP's Loader finds it.
#
#   native-core.sh SOURCES GENERATED WORK CLASSES JAVA_HOME
#
# SOURCES holds the core's C++, GENERATED what JavaCPP made of NativeCore.java; objects and the stamp go to WORK. Where
# the compiler or libjpeg-turbo is missing nothing is built, the build goes on, and a text beside the classes tells why.
set -eu

sources=$1 generated=$2 work=$3 java_home=$5
home=$4/dev/instar/image
library=$home/linux-x86_64/libjniInstarCore.so
absence=$home/core-absent.txt
compiler=${CXX:-g++}
flags="-std=c++17 -O3 -fPIC -fvisibility=hidden -Wall -Wextra"

absent() {
  mkdir -p "$home"
  rm -f "$library" "$work/stamp"
  echo "$1" > "$absence"
  echo "native core not built: $1"
  exit 0
}

mkdir -p "$work"
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || absent "it is built for Linux on x86-64 only, this is $(uname -s) on $(uname -m)"
install="install it with: apt-get install g++ libjpeg62-turbo-dev"
command -v "$compiler" > "$work/which" || absent "no C++ compiler ($compiler); $install"
[ -f "$java_home/include/jni.h" ] || absent "no include/jni.h in $java_home: build with a JDK"
printf '#include <cstddef>\n#include <cstdio>\n#include <jpeglib.h>\n#include <jerror.h>\nint turbo = LIBJPEG_TURBO_VERSION_NUMBER;\n' > "$work/probe.cpp"
"$compiler" -c "$work/probe.cpp" -o "$work/probe.o" 2> "$work/probe.log" || absent "no headers of libjpeg-turbo; $install"

# JavaCPP writes its functions in an order that changes from run to run.
stamp=$({ "$compiler" --version; echo "$flags $java_home"; cat "$0" "$sources"/*; sort "$generated"/*.cpp; ls -l "$("$compiler" -print-file-name=libjpeg.a)" 2>&1; } | sha256sum)
if [ -f "$library" ] && [ "$(cat "$work/stamp" 2> "$work/probe.log")" = "$stamp" ]; then
  exit 0
fi

rm -f "$work"/*.o "$work/stamp"
for source in "$sources"/*.cpp; do
  "$compiler" $flags -c "$source" -o "$work/$(basename "$source" .cpp).o"
done
# What JavaCPP writes is not held to our warnings.
for source in "$generated"/*.cpp; do
  "$compiler" $flags -w -O2 -I"$sources" -I"$java_home/include" -I"$java_home/include/linux" -c "$source" -o "$work/$(basename "$source" .cpp).o"
done

mkdir -p "$home/linux-x86_64"
printf '{ global: Java_dev_instar_*; JNI_OnLoad; JNI_OnUnload; local: *; };\n' > "$work/exports"
link() {
  "$compiler" -shared "$work"/*.o "$@" -o "$library" -s -static-libgcc -static-libstdc++ -Wl,--version-script="$work/exports" -Wl,-z,defs 2> "$work/link.log"
}
# The static library keeps the core independent of what is installed where it runs; not every system's can be linked so.
link "$("$compiler" -print-file-name=libjpeg.a)" || link -ljpeg || absent "libjpeg-turbo cannot be linked: $(tail -n 1 "$work/link.log"); $install"
rm -f "$absence"
echo "$stamp" > "$work/stamp"
echo "native core built: $(du -k "$library" | cut -f 1) KiB"
