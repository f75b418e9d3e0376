#!/bin/sh
# libraries.sh SOURCES INTO: the libraries handgrad needs, from the sources that `.ci/setup` lays out, compiled by $CC into INTO as
# static libraries with their headers and pkg-config files: of each the files of libraries.txt, which is what is called.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sources=$1
mkdir -p "$2/objects" "$2/include" "$2/lib/pkgconfig"
into=$(cd "$2" && pwd)
flags="-O2 -fPIC -ffp-contract=off -frounding-math -ffunction-sections -fdata-sections -w -DHAVE_CONFIG_H -D_GNU_SOURCE -I$here/libraries"
for library in gsl jansson/src md4c/src utf8proc libmd/include; do flags="$flags -I$sources/$library"; done

compile() {
	object=$into/objects/$(echo "${1%.c}" | tr / _).o
	echo "\"\$0\" $flags -I$(dirname "$sources/$1") -c $sources/$1 -o $object"
}
while read -r file; do compile "$file"; done <"$here/libraries.txt" | xargs -P "$(nproc 2>/dev/null || echo 2)" -I{} sh -c '{}' "${CC:-cc}"

# NAME OBJECTS VERSION HEADERS...: the library and what is said of it.
make_library() {
	name=$1 objects=$2 version=$3
	shift 3
	rm -f "$into/lib/lib$name.a"
	ar rcs "$into/lib/lib$name.a" "$into"/objects/$objects
	cp "$@" "$into/include/"
	printf 'Name: %s\nDescription: for handgrad\nVersion: %s\nLibs: -L%s/lib -l%s\nCflags: -I%s/include\n' "$name" "$version" "$into" "$name" "$into" \
		>"$into/lib/pkgconfig/$name.pc"
}
mkdir -p "$into/include/gsl"
cp "$sources"/gsl/gsl/gsl_*.h "$into/include/gsl/"
make_library gsl 'gsl_*.o' 2.7.1 "$sources/gsl/gsl_math.h"
make_library jansson 'jansson_*.o' 2.14 "$sources/jansson/src/jansson.h" "$here/libraries/jansson_config.h"
make_library md4c 'md4c_*.o' 0.4.8 "$sources/md4c/src/md4c.h"
make_library utf8proc 'utf8proc_*.o' 2.8.0 "$sources/utf8proc/utf8proc.h"
make_library md 'libmd_*.o' 1.0.4 "$sources/libmd/include/sha2.h"
cd "$into/lib/pkgconfig"
mv utf8proc.pc libutf8proc.pc
mv md.pc libmd.pc
