# catalogues.awk: the catalogues po/*.po in, build/gen/catalogues.h out.
#
# What comes in is msgattrib's: each string on lines of its own, escaped as C
# escapes. "# language TAG" stands before each catalogue. Its plural rule, an
# expression of C in its header, becomes a function. English comes first.

function text(line) {
	sub(/^[^"]*/, "", line)
	return line
}

function message_end() {
	if (one == "" )
		return
	if (one == "\"\"")
		header()
	else
		print "\t{ " one ", " (many == "" ? "NULL" : many) ", { " forms \
		    " } },"
	one = many = forms = ""
}

function header() {
	if (!match(forms, /plural=[^;]*;/)) {
		print "catalogues.awk: " tag ": no Plural-Forms" > "/dev/stderr"
		exit wrong = 1
	}
	rule = substr(forms, RSTART + 7, RLENGTH - 8)
	print "static unsigned\n" name "_plural(unsigned long n)\n{\n" \
	    "\treturn (unsigned)(" rule ");\n}\n" \
	    "static const struct message " name "[] = {"
}

function catalogue_end() {
	message_end()
	if (name != "")
		print "};"
}

BEGIN {
	print "/* catalogues.h: made by po/catalogues.awk. */"
	print "static unsigned\nen_plural(unsigned long n)\n{\n" \
	    "\treturn n != 1;\n}"
	list = "\t{ \"en\", NULL, 0, en_plural },\n"
}

/^# language / {
	catalogue_end()
	tag = name = $3
	gsub(/[^A-Za-z0-9]/, "_", name)
	gsub(/_/, "-", tag)
	list = list "\t{ \"" tag "\", " name ", COUNT(" name "), " name \
	    "_plural },\n"
}

/^msgid / { message_end(); into = "one"; one = text($0) }
/^msgid_plural / { into = "many"; many = text($0) }
/^msgstr/ { into = "forms"; forms = forms (forms == "" ? "" : ", ") text($0) }
/^"/ {
	if (into == "one") one = one " " $0
	else if (into == "many") many = many " " $0
	else forms = forms " " $0
}

END {
	if (wrong)
		exit 1
	catalogue_end()
	printf "static const struct catalogue catalogues[] = {\n%s};\n", list
}
