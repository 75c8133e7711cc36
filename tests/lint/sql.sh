#!/bin/sh
# sql.sh: statements and migrations are written as the build needs them.
#
# usage: tests/lint/sql.sh [TREE]
#
# A migration is NNNN_what.sql, numbered without a gap, and holds no BEGIN or
# COMMIT, since it runs in a transaction of its own. A query begins with
# `-- name: parameters -> columns`, has a name of its own, names its columns
# and ends with the file's or the next statement's semicolon.
set -eu
cd "${1-.}"

migrations() {
	number=0
	for path in sql/migrations/*; do
		number=$((number + 1))
		want=$(printf '%04d' "$number")
		echo "${path##*/}" | grep -qE "^${want}_[a-z0-9_]+\.sql\$" ||
		    echo "$path: should be called ${want}_what.sql"
	done
	grep -niE '^[[:space:]]*(begin|commit|rollback)[[:space:]]*;' \
	    sql/migrations/*.sql /dev/null || true
}

queries() {
	awk '
	function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why }
	FNR == 1 { open = 0 }
	/^-- [a-z0-9_]+:/ {
		name = $2
		if (open)
			bad("the statement before has no ;")
		if (name in seen)
			bad(name " is there twice")
		if (!/->/)
			bad(name " says no -> columns")
		seen[name] = 1
		open = 1
		next
	}
	/^[ \t]*--/ || /^[ \t]*$/ { next }
	!open { bad("text outside a statement") }
	toupper($0) ~ /(SELECT|RETURNING)[ \t]+\*/ { bad("name the columns") }
	/;[ \t]*$/ { open = 0 }
	' "$@"
	for path; do
		[ "$(tail -n 1 "$path" | sed 's/.*\(;\)[[:space:]]*$/\1/')" = ';' ] ||
		    echo "$path: does not end with ;"
	done
}

for folder in migrations queries; do
	ls sql/$folder/*.sql >/dev/null
done
{ migrations; queries sql/queries/*.sql; } | { ! grep .; }
