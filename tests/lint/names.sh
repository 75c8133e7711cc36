#!/bin/sh
# names.sh: a global symbol begins with its room, in base with its file.
#
# usage: tests/lint/names.sh [BUILD]
#
# Reads the objects under BUILD/src; a main gives `main` alone.
set -eu
cd "${1-build}"
objects=$(find src -name '*.o' | sort)
[ -n "$objects" ] || { echo "no objects under $PWD/src" >&2; exit 1; }
# shellcheck disable=SC2086
nm -A -g --defined-only $objects | awk '
function bad(why) { print file ": " name " " why; faults++ }
{
	n = split($1, part, ":")
	file = part[1]
	name = $NF
	if (name ~ /^__/)			# a sanitizer'\''s
		next
	n = split(file, at, "/")
	room = at[2]
	if (n == 2) {
		if (name != "main")
			bad("should be static")
		next
	}
	if (room == "base") {
		room = at[3]
		sub(/\.o$/, "", room)
	}
	if (name != room && index(name, room "_") != 1)
		bad("should begin with " room "_")
}
END { exit faults > 0 }'
