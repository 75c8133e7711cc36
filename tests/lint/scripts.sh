#!/bin/sh
# scripts.sh: every script is one that sh can read, and may be run.
#
# usage: tests/lint/scripts.sh [TREE]
set -eu
cd "${1-.}"
scripts=$(find deploy tests .ci -type f ! -name '*.py' ! -name '*.pyc' \
    -exec grep -l '^#!/bin/sh' {} + | sort)
[ -n "$scripts" ] || { echo 'no script found' >&2; exit 1; }
faults=0
for script in $scripts; do
	sh -n "$script" || faults=1
	[ -x "$script" ] || { echo "$script: is not executable"; faults=1; }
done
exit "$faults"
