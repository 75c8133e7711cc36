"""process.py: programs that tests start, as an unprivileged user, and end."""

import os
import pathlib
import signal
import subprocess
import time

from postgres import as_user


def wait_until(test, what="it", limit=10):
    """Asks again and again until the answer is true; that answer."""
    until = time.monotonic() + limit
    while not (answer := test()):
        if time.monotonic() > until:
            raise AssertionError(f"waited {limit} s for {what}")
        time.sleep(0.01)
    return answer


class Process:
    """A program in a session of its own; its output goes to folder/NAME.log.
    It dies with the thread that started it."""

    def __init__(self, name, command, folder, env=None):
        self.name, self.command = name, command
        self.folder = pathlib.Path(folder)
        self.log = self.folder / f"{name}.log"
        self.env = {"LANG": "C.UTF-8"} | {
            name: os.environ[name] for name in ["PATH", "ASAN_OPTIONS"]
            if name in os.environ} | (env or {})
        self.popen, self.fds = None, ()      # fds: what it inherits

    def start(self):
        command = as_user("setpriv", "--pdeathsig", "KILL", *self.command)
        with open(self.log, "ab") as log:
            self.popen = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, env=self.env, start_new_session=True,
                pass_fds=self.fds)
        return self

    @property
    def pid(self):
        return self.popen.pid

    def alive(self):
        return self.popen is not None and self.popen.poll() is None

    def kill(self, number):
        self.popen.send_signal(number)

    def stop(self, how=signal.SIGTERM, limit=15):
        """Ends it; its exit status. One that will not end is killed and
        counts as a fault."""
        if self.popen is None:
            return 0
        if self.popen.poll() is None:
            self.popen.send_signal(how)
        try:
            return self.popen.wait(limit)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
            raise AssertionError(f"{self.name} did not end in {limit} s:\n"
                                 + self.output())
        finally:
            self.popen = None

    def output(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def wait_for(self, text, limit=10):
        wait_until(lambda: text in self.output() or not self.alive(),
                   f"{text!r} of {self.name}", limit)
        assert text in self.output(), self.output()


def children(pid):
    """Pids of the processes that this one has started and not lost."""
    path = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()]


def command_line(pid):
    try:
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [word.decode() for word in words[:-1]]
