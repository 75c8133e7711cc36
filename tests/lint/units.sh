#!/bin/sh
# units.sh: the services are exposed to little: 0.5 of 10, over TCP 1.2.
#
# usage: tests/lint/units.sh [TREE]
#
# The figure is systemd-analyze's own. For TCP a service is read as with the
# drop-in, whose lines replace its own.
set -eu
cd "${1-.}/deploy/systemd"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# exposure LEVEL UNIT: a tenth of LEVEL at most.
exposure() {
	systemd-analyze security --offline=true --threshold="$1" --no-pager \
	    "$2" >"$folder/said" 2>&1 || { tail -n 5 "$folder/said"; return 1; }
	! grep -E ': (Unknown|Failed|Invalid|Unsupported)' "$folder/said"
}

mkdir "$folder/tcp"
for unit in *.service; do
	cp "$unit" "$folder/"
	{ grep -v '^PrivateNetwork=' "$unit"; cat network.conf; } \
	    >"$folder/tcp/$unit"
	exposure 5 "$folder/$unit"
	exposure 12 "$folder/tcp/$unit"
done
