# statements.awk: sql/queries/*.sql in, build/gen/statements.h out.
#
# A statement is "-- name: parameters -> columns", then SQL up to the line that
# ends with ";". It becomes X(SQL_NAME, "name", number of parameters, "text").
# Fails if the parameters named and those used are not as many.

BEGIN {
	print "/* statements.h: made by sql/statements.awk. */"
	print "#define STATEMENTS(X) \\"
}

/^-- [a-z0-9_]+:/ {
	name = substr($2, 1, length($2) - 1)
	split($0, half, "->")
	sub(/^-- [a-z0-9_]+:[ ]*/, "", half[1])
	sub(/[ ]*$/, "", half[1])
	named = split(half[1], each, /,/)
	used = 0
	printf "\tX(SQL_%s, \"%s\", %d,", toupper(name), name, named
	next
}

/^[ ]*--/ || /^[ ]*$/ { next }

{
	last = sub(/;[ ]*$/, "")
	for (rest = $0; match(rest, /\$[0-9]+/); ) {
		n = substr(rest, RSTART + 1, RLENGTH - 1) + 0
		if (n > used)
			used = n
		rest = substr(rest, RSTART + RLENGTH)
	}
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	printf " \\\n\t    \"%s\\n\"", $0
	if (!last)
		next
	print ") \\"
	if (named != used) {
		print FILENAME ": " name ": " named " parameters named, " \
		    used " used" > "/dev/stderr"
		exit wrong = 1
	}
}

END {
	if (!wrong)
		print "\t/* the end */"
	exit wrong
}
