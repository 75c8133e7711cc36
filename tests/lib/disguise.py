"""disguise.py: rewrites comments the way spam hides: run as a script, it takes
files of labelled comments (and --seed N), shuffles them, and prints half of
the spam and one in twenty of the ham in a disguise."""

import argparse
import random
import sys

LOOKALIKE = dict(zip("aceopxyijsh", "асеорхуіјѕһ"))
LATIN = dict(zip("асеорху", "aceopxy"))
DIGIT = dict(zip("aeiost", "431057"))
INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"
WIDE = {k: chr(k + 0xfee0) for k in range(0x21, 0x7f)}


def _each(text, change):
    """Every letter changed but those of addresses."""
    return " ".join(word if "://" in word or word.startswith("\\")
                    else "".join(change(c) if c.isalpha() else c
                                 for c in word)
                    for word in text.split(" "))


def _rows(lower, upper):
    return {ord(c): chr(lower + k) for k, c in
            enumerate("abcdefghijklmnopqrstuvwxyz")} | {
                ord(c): chr(upper + k) for k, c in
                enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


BOLD, CIRCLED = _rows(0x1d5ee, 0x1d5d4), _rows(0x24d0, 0x24b6)


def disguise(text, chance):
    """One of nine ways; text has its \\n, \\t as in the file."""
    def some(share, changed):
        return lambda c: changed(c) if chance.random() < share else c
    return chance.choice([
        lambda: _each(text, some(.5, lambda c: LOOKALIKE.get(
            c.lower(), LATIN.get(c, c)))),
        lambda: _each(text, some(.33, lambda c: c + chance.choice(INVISIBLE))),
        lambda: _each(text, some(.5, lambda c: c + chr(
            0x300 + chance.randrange(0x60)))),
        lambda: _each(text, lambda c: c.translate(WIDE)),
        lambda: _each(text, some(.5, lambda c: DIGIT.get(c.lower(), c))),
        lambda: _each(text, lambda c: c + " "),
        lambda: _each(text, lambda c: c.translate(BOLD)),
        lambda: _each(text, lambda c: c.translate(CIRCLED)),
        lambda: _each(text, some(.33, lambda c: c + chance.choice(".-_*"))),
    ])()


def stream(lines, seed, share=1):
    """The lines shuffled, that share of half of the spam in a disguise."""
    chance = random.Random(seed)
    lines = list(lines)
    chance.shuffle(lines)
    for line in lines:
        *head, text = line.rstrip("\n").split("\t")
        if chance.random() < share * (.5 if head[3] == "spam" else .05):
            text = disguise(text, chance)
        yield "\t".join([*head, text]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    lines = []
    for name in args.files:
        with open(name, encoding="utf-8") as file:
            lines += file.read().splitlines()
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.writelines(stream(lines, args.seed))


if __name__ == "__main__":
    main()
