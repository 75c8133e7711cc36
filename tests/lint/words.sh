#!/bin/sh
# words.sh: whatever pages say is translated into every language.
#
# usage: tests/lint/words.sh [TREE]
set -eu
cd "${1-.}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
po/collect "$work/foyer.pot"
grep -q '^msgid "[^"]' "$work/foyer.pot" ||
    { echo 'no words found' >&2; exit 1; }

# tell FILE WHAT OPTION: the messages of FILE that are so.
tell() {
	msgattrib "$3" --no-obsolete --no-wrap "$1" |
	    sed -n "s|^msgid \(\"..*\"\)|$po: \1 is $2|p"
}

for po in po/*.po; do
	[ -e "$po" ] || { echo 'no language found' >&2; exit 1; }
	msgfmt --check-format --check-domain -o /dev/null "$po" 2>&1 || true
	msgmerge -q --no-fuzzy-matching -o "$work/merged.po" "$po" \
	    "$work/foyer.pot" 2>&1
	tell "$work/merged.po" 'not translated' --untranslated
	tell "$work/merged.po" 'fuzzy' --only-fuzzy
	msgattrib --only-obsolete --no-wrap "$work/merged.po" |
	    sed -n "s|^#~ msgid \(\"..*\"\)|$po: \1 is said nowhere|p"
done >"$work/faults"
cat "$work/faults"
[ ! -s "$work/faults" ]
