#!/bin/sh
# deb.sh BUILD FOLDER: a Debian package of what BUILD installs, as FOLDER/handgrad_VERSION_ARCHITECTURE.deb: program, libraries,
# headers, manual, completions. BUILD is built, with any prefix. Needs dpkg-dev, which reads of the files what they depend on.
set -eu
[ $# = 2 ] || { echo 'usage: deb.sh BUILD FOLDER' >&2; exit 3; }
build=$(cd "$1" && pwd)
mkdir -p "$2"
into=$(cd "$2" && pwd)
prefix=$(meson introspect "$build" --buildoptions | python3 -c 'import json, sys; print({o["name"]: o["value"] for o in json.load(sys.stdin)}["prefix"])')
version=$(meson introspect "$build" --projectinfo | python3 -c 'import json, sys; print(json.load(sys.stdin)["version"])')
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
DESTDIR=$work/installed meson install -C "$build" --no-rebuild --quiet >/dev/null
mkdir "$root"
mv "$work/installed$prefix" "$root/usr"
sed -i 's|^prefix=.*|prefix=/usr|' "$root"/usr/lib/*/pkgconfig/*.pc # the only files that know it

libraries=$root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
find "$root/usr/bin" "$libraries" -type f \( -perm -u+x -o -name '*.so.*' \) -exec strip --strip-unneeded {} +
gzip -9n "$root"/usr/share/man/man?/*
mkdir -p "$work/debian" "$root/DEBIAN" "$root/usr/share/doc/handgrad"
printf 'Source: handgrad\nPackage: handgrad\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info -l"$libraries" "$root/usr/bin/handgrad" "$libraries"/*.so.*.* 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
cat >"$root/usr/share/doc/handgrad/copyright" <<END
handgrad checks gradients that people derived by hand. Licence: GPL-3.0-or-later, in /usr/share/common-licenses/GPL-3 on Debian.
END
cat >"$root/DEBIAN/control" <<END
Package: handgrad
Version: $version
Architecture: $architecture
Maintainer: the handgrad project <handgrad@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: $depends
Recommends: gnuplot-nox
Suggests: libgsl-dev
Section: math
Priority: optional
Description: checks gradients derived by hand
 Reads a derivation as it was written (Markdown, LaTeX, a notebook, numpy) or as a C module, differentiates
 the function numerically with an error bound, and says of every step whether it agrees, where it does not and
 what the likely slip is, or that it cannot tell. With the program, its language server, and two C libraries.
END
cat >"$root/DEBIAN/triggers" <<END
activate-noawait ldconfig
END
chmod -R u+rwX,go+rX,go-w "$root"
dpkg-deb --root-owner-group --build "$root" "$into/handgrad_${version}_$architecture.deb" >/dev/null
echo "$into/handgrad_${version}_$architecture.deb"
