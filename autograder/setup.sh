#!/usr/bin/env bash
# Gradescope runs this once, as root, while it builds an assignment's image. It installs Node, a sandbox and the
# course. The files of the zip are in /autograder/source, the course in its folder convbook.
set -euo pipefail

root=${AUTOGRADER_ROOT:-/autograder}

apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends bubblewrap python3 python3-venv

# Ubuntu's own Node is too old for the course; PyPI has the binaries of a newer one.
python3 -m venv "$root/node"
"$root/node/bin/pip" install --quiet --require-hashes -r "$root/source/node.txt"
export PATH="$root/node/bin:$PATH"

cd "$root/source/convbook"
npm ci --no-audit --no-fund
npm run build
node bin/convbook.js --help >/dev/null # an image in which this fails must not be built
