#!/bin/sh
# manuals.sh: every manual page is clean mdoc.
#
# usage: tests/lint/manuals.sh [TREE]
set -eu
cd "${1-.}"
pages=$(find plugins conf deploy -name '*.[1-8]' | sort)
[ -n "$pages" ] || { echo 'no manual page found' >&2; exit 1; }
# shellcheck disable=SC2086
mandoc -T lint -W warning $pages
