"""npm.py: what tests take from npm, where npm is there and can give it.

tests/npm/ names each package, its version and its hash; they are put into
build/npm/ once. A test that needs one is skipped where it can't be had.
"""

import fcntl
import functools
import shutil
import subprocess

import pytest

from postgres import ROOT

FROM, TO = ROOT / "tests/npm", ROOT / "build/npm"
NAMED = ["package.json", "package-lock.json"]


def there():
    return ((TO / "node_modules").is_dir() and
            all((TO / name).exists() and (TO / name).read_bytes()
                == (FROM / name).read_bytes() for name in NAMED))


@functools.cache
def why_not():
    """Puts the packages there; the reason why that can't be, or ""."""
    if not shutil.which("npm"):
        return "npm is not installed"
    TO.mkdir(parents=True, exist_ok=True)
    with open(TO / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if there():
            return ""
        for name in NAMED:
            shutil.copy(FROM / name, TO)
        try:
            done = subprocess.run(
                ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=TO, text=True, timeout=120, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired:
            return "npm did not answer within 120 s"
        if done.returncode != 0:
            shutil.rmtree(TO / "node_modules", ignore_errors=True)
            return "npm ci: " + done.stdout.strip().splitlines()[-1]
    return ""


def text(path):
    """A file of a package; skips the test if npm can't give it."""
    if why_not():
        pytest.skip(f"{path}: {why_not()}")
    return (TO / "node_modules" / path).read_text(encoding="utf-8")
