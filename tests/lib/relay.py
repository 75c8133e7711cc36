"""relay.py: a stretch of wire to a unix socket that can be cut.

    with Relay(target) as relay:
        relay.path          # connect here
        relay.cut()         # what is open ends, what is new is refused
    relay.hush()        # nothing arrives any more, and nobody is told
        relay.mend()
"""

import os
import pathlib
import shutil
import socket
import tempfile
import threading


class Relay:
    def __init__(self, target):
        self.target = str(target)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="foyer-relay-"))
        os.chmod(self.folder, 0o755)
        self.path = self.folder / pathlib.Path(target).name
        self.hushed = False
        self.whole, self.open, self.lock = True, set(), threading.Lock()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.path))
        os.chmod(self.path, 0o777)
        self.listener.listen(64)

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.cut()
        self.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            self.join(near)

    def join(self, near):
        far = socket.socket(socket.AF_UNIX)
        with self.lock:
            try:
                if not self.whole:
                    raise OSError("cut")
                far.connect(self.target)
            except OSError:
                near.close()
                far.close()
                return
            self.open |= {near, far}
        for pair in [(near, far), (far, near)]:
            threading.Thread(target=self.carry, args=pair,
                             daemon=True).start()

    def carry(self, source, sink):
        try:
            while data := source.recv(65536):
                if not self.hushed:
                    sink.sendall(data)
        except OSError:
            pass
        self.end(source)
        self.end(sink)

    def end(self, link):
        with self.lock:
            if link in self.open:
                self.open.remove(link)
                try:
                    link.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                link.close()

    def hush(self):
        self.hushed = True

    def cut(self):
        with self.lock:
            self.whole = False
            ending = list(self.open)
        for link in ending:
            self.end(link)

    def mend(self):
        with self.lock:
            self.whole = True
