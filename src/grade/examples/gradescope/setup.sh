#!/bin/sh
# Builds handgrad in Gradescope's container. The zip to upload holds, side by side,
#
#     setup.sh  run_autograder  assignment.md (or .tex, .ipynb)  handgrad/ (a checkout of the project)
#
# Gradescope unpacks it to /autograder/source and runs this once, as root, when the image is made.
set -eu
source=${AUTOGRADER:-/autograder}/source
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q -y install --no-install-recommends gcc libc6-dev ninja-build pkg-config python3 python3-pip libgsl-dev libjansson-dev \
	libmd4c-dev libutf8proc-dev libmd-dev check
meson --version 2>/dev/null | grep -q '^[1-9]' || pip3 install 'meson>=1.0' # Ubuntu 22.04 has 0.61
cd "$source/handgrad"
meson setup --buildtype=release build
ninja -C build install
