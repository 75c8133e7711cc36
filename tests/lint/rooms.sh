#!/bin/sh
# rooms.sh: every include is one that tests/lint/rooms.txt allows.
#
# usage: tests/lint/rooms.sh [TREE]
#
# A room sees the rooms below it through their public header, ROOM/ROOM.h, and
# an outside library only if it is that library's door.
set -eu
table=$(cd "$(dirname "$0")" && pwd)/rooms.txt
cd "${1-.}"
find src plugins -name '*.[ch]' ! -path 'plugins/include/*' | sort |
    xargs awk '
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; faults++ }

function read_row(    i, door) {
	room = $1
	sub(/:$/, "", room)
	may[room] = may[room] " " room " "
	for (i = 2; i <= NF; i++) {
		if ($i == "|")
			door = 1
		else if (door)
			doors[$i] = doors[$i] " " room " "
		else
			may[room] = may[room] " " $i " "
	}
}

function room_of(file,    at, n) {
	n = split(file, at, "/")
	return at[1] == "plugins" ? "plugin" : n == 2 ? "main" : at[2]
}

function inside(what,    to) {
	if (split(what, to, "/") < 2)		# one of its own folder
		return
	if (!index(may[room], " " to[1] " "))
		bad(to[1] " is not below " room)
	else if (to[1] != room && to[2] != to[1] ".h" &&
	    what != "base/errors.h")
		bad(what " is private to " to[1])
}

function outside(what,    folder, owners) {
	folder = what
	sub(/\/.*/, "/", folder)
	owners = what in doors ? doors[what] : doors[folder]
	if (owners == "")
		bad(what " has no door in tests/lint/rooms.txt")
	else if (owners !~ / libc / && !index(owners, " " room " "))
		bad(what " is the door of" owners)
}

FNR == NR { if (!/^#/ && NF) read_row(); next }
FNR == 1 {
	room = room_of(FILENAME)
	if (!(room in may))
		bad("the room " room " is not in tests/lint/rooms.txt")
	seen++
}
/^[ \t]*#[ \t]*include/ {
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "")
	what = $1
	gsub(/[<>"]/, "", what)
	if ($1 ~ /^"/)
		inside(what)
	else
		outside(what)
}
END { exit faults > 0 || !seen }' "$table"
