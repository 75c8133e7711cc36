"""prometheus.py: the text format 0.0.4, read strictly."""

import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (-?[0-9.]+|[+-]Inf|NaN)")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)')
SUFFIXES = {"histogram": ["_bucket", "_sum", "_count"]}


class Metrics:
    """Samples by name and labels; what is not as it must be is an
    AssertionError with its line."""

    def __init__(self, text):
        assert text.endswith("\n")
        self.types, self.helps, self.samples = {}, {}, {}
        self.now = None
        for line in text[:-1].split("\n"):
            self.take(line)
        for name, kind in self.types.items():
            assert name in self.helps, name
            assert (kind == "counter") == name.endswith("_total"), name
            if kind == "histogram":
                self.histogram(name)

    def take(self, line):
        if line.startswith("# HELP "):
            _, _, name, said = line.split(" ", 3)
            assert name not in self.helps and said.endswith("."), line
            self.helps[name] = said
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in self.types, line
            assert kind in ("counter", "gauge", "histogram"), line
            self.types[name] = kind
            self.now = name
        elif not line.startswith("# "):     # any other comment
            self.sample(line)

    def sample(self, line):
        match = SAMPLE.fullmatch(line)
        assert match, line
        name, inner, value = match.groups()
        names = [self.now + suffix for suffix in
                 SUFFIXES.get(self.types[self.now], [""])]
        assert name in names, f"{line} is below TYPE {self.now}"
        labels = LABEL.findall(inner or "")
        assert "".join(f'{k}="{v}",' for k, v in labels).rstrip(",") == (
            inner or ""), line
        key = (name, frozenset(labels))
        assert key not in self.samples, line
        self.samples[key] = float(value)

    def histogram(self, name):
        whole = {}
        for (each, labels), value in self.samples.items():
            if each == name + "_bucket":
                edge = dict(labels)["le"]
                rest = frozenset(labels - {("le", edge)})
                whole.setdefault(rest, []).append((float(edge), value))
        for labels, steps in whole.items():
            assert steps == sorted(steps), "edges and counts grow"
            counts = [count for _, count in steps]
            assert counts == sorted(counts)
            assert steps[-1][0] == float("inf")
            assert steps[-1][1] == self.samples[name + "_count", labels]
            assert (name + "_sum", labels) in self.samples

    def get(self, name, **labels):
        return self.samples.get((name, frozenset(labels.items())))

    @property
    def names(self):
        return {name for name, _ in self.samples} | set(self.types)
