"""measure.py: turns, medians, and the programs that make load."""

import json
import os
import pathlib
import re
import statistics
import subprocess

from postgres import BIN, ROOT, as_user

BUILD = ROOT / os.environ.get("FOYER_BUILD", "build")
LOAD = BUILD / "bench/load"
TURNS = 5


def take_turns(turns=TURNS, **players):
    """Each in turn, again and again: {name: [what it returned, ...]}."""
    said = {name: [] for name in players}
    for _ in range(turns):
        for name, play in players.items():
            said[name].append(play())
    return said


def ratios(above, below):
    """Turn by turn: both halves of a ratio saw the same weather."""
    return [a / b for a, b in zip(above, below)]


class Row:
    """One figure: what it is, what it should reach, what each turn said."""

    def __init__(self, name, figure, values, *, bar=None, least=True, unit="×",
                 **more):
        self.name, self.figure, self.values = name, figure, values
        self.bar, self.least, self.unit, self.more = bar, least, unit, more

    @property
    def value(self):
        return statistics.median(self.values) if self.values else None

    @property
    def verdict(self):
        if self.value is None:
            return "NONE"
        if self.bar is None:
            return ""
        good = (self.value >= self.bar if self.least
                else self.value <= self.bar)
        return "PASS" if good else "MISS"

    def line(self):
        bar = "" if self.bar is None else (
            f"{'≥' if self.least else '≤'} {self.bar:g}")
        if self.value is None:
            return f"{self.name:15} {self.figure:48} {self.more['note']}"
        spread = f"{short(min(self.values))} to {short(max(self.values))}"
        return (f"{self.name:15} {self.figure:48} {short(self.value):>8} "
                f"{self.unit:4} {bar:8} {self.verdict:5} {spread}").rstrip()

    def data(self):
        return {"row": self.name, "figure": self.figure, "unit": self.unit,
                "value": self.value, "values": self.values, "bar": self.bar,
                "least": self.least, "verdict": self.verdict} | self.more


def short(value):
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


class Templates:
    """Requests for load, one a file."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.made = 0

    def write(self, text):
        self.made += 1
        path = self.folder / f"request-{self.made}"
        path.write_bytes(text.encode())
        return path

    def get(self, path, cookie=""):
        cookie = cookie and f"Cookie: {cookie}\r\n"
        return self.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          f"User-Agent: load\r\n{cookie}\r\n")

    def post(self, path, body):
        """A browser's form, without scripts."""
        return self.write(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "User-Agent: load\r\nAccept: text/html\r\n"
            "Sec-Fetch-Site: same-origin\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}")


def load(port, *files, first=0, **options):
    """Runs load; its report. Keyword c=8 is -c 8, and so on."""
    words = [LOAD, "-b", first]
    for name, value in options.items():
        words += [f"-{name}", value]
    done = subprocess.run([str(word) for word in [*words, port, *files]],
                          text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=660)
    if done.returncode != 0:
        raise RuntimeError(f"load: {done.stderr}")
    return json.loads(done.stdout)


def good(report):
    """A report without a single failure; it, again."""
    every = report["all"]
    if every["bad"] or every["broken"] or not every["good"]:
        raise RuntimeError(f"answers failed: {report}")
    return report


def pgbench(conninfo, script, clients, seconds, values):
    """Transactions a second; values: of the script's :pN."""
    defined = [word for n, value in values.items()
               for word in ("-D", f"p{n}={value}")]
    done = subprocess.run(
        as_user(BIN / "pgbench", "-n", "-M", "prepared", "-c", clients, "-j",
                1, "-T", seconds, "-f", script, *defined, conninfo),
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    rate = re.search(r"^tps = ([0-9.]+)", done.stdout, re.M)
    if done.returncode != 0 or not rate:
        raise RuntimeError(done.stdout + done.stderr)
    return float(rate.group(1))


def cpu_seconds(pids):
    """User and system time that processes have used up to now."""
    ticks = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text()
        fields = fields.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
