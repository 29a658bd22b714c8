#!/usr/bin/env bash
# Makes the zip that Gradescope asks for: this course as it was last committed, the scripts of this folder, and
# what else you name, say a folder of private tests.
#
# usage: autograder/pack.sh autograder.zip [file or folder...]
set -euo pipefail

zip=$(realpath "${1:?usage: autograder/pack.sh autograder.zip [file or folder...]}")
shift
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mkdir "$folder/convbook"
git -C "$here/.." archive HEAD | tar -x -C "$folder/convbook"
cp "$here"/{setup.sh,run_autograder,node.txt,options.txt,Dockerfile} "$folder"
for extra in "$@"; do cp -R "$extra" "$folder"; done # an options.txt of yours takes the place of ours

# Where random inputs come from: a secret of this assignment, so that a submission keeps its mark.
od -An -N3 -tu4 /dev/urandom | tr -d ' \n' >"$folder/seed.txt"

cd "$folder" # the scripts have to be at the zip's root
rm -f "$zip"
python3 -m zipfile -c "$zip" ./*
if ! grep -qE '^[[:space:]]*--lesson' options.txt; then
  echo "Warning: options.txt names no --lesson, so that the lessons count that a student hands in, whichever they are." >&2
fi
echo "Written: $zip ($(du -h "$zip" | cut -f1))"
