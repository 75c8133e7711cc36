# migrations.awk: sql/migrations/NNNN_what.sql in, build/gen/migrations.h out;
# sql/roles.sql in, build/gen/roles.h out; sql/optional/NNNN_what.sql in, with
# sign=-1, build/gen/optional.h out.
#
# usage: awk -v table=NAME -f sql/migrations.awk FILE ...
#
# Each becomes { number, "what", "text" }, in the order given. The text is one
# long literal, which the standard does not promise: hence the pragma.

function finish() {
	if (open)
		print " },"
}

BEGIN {
	print "/* " table ".h: made by sql/migrations.awk. */"
	print "#pragma GCC diagnostic push"
	print "#pragma GCC diagnostic ignored \"-Woverlength-strings\""
	print "static const struct store_migration " table "[] = {"
}

FNR == 1 {
	finish()
	open = 1
	n = split(FILENAME, path, "/")
	what = path[n]
	number = (sign ? sign : 1) * substr(what, 1, 4)
	sub(/^[0-9]+_/, "", what)
	sub(/\.sql$/, "", what)
	printf "\t{ %d, \"%s\",", number, what
}

{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	printf "\n\t    \"%s\\n\"", $0
}

END {
	finish()
	print "};"
	print "#pragma GCC diagnostic pop"
}
