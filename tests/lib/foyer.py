"""foyer.py: a foyer of its own for tests: database, foyerd, nginx.

All of it lives in one folder in /tmp (short, so that socket names fit) and
runs as an unprivileged user; programs and files are copied there, since that
user may not reach the clone. $FOYER_BUILD names the build folder.

    with Foyer(cluster, policy="open") as foyer:
        foyer.reader().get("/reviews/")
"""

import contextlib
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile

from client import Client
from postgres import ROOT, as_user
from process import Process, children, command_line, wait_until

BUILD = ROOT / os.environ.get("FOYER_BUILD", "build")
FILTERS = ["links", "honeypot", "pace"]
STAGED = {"web": BUILD / "web", "nginx": ROOT / "conf/nginx",
          "samples": ROOT / "samples", "plugins": BUILD / "plugins"}
SANITIZER = re.compile(r"[^\n]*(?:runtime error:|ERROR: \w+Sanitizer)"
                       r"(?:.*\n){0,30}")


def quoted(value):
    """As foyer.conf writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "{" + ", ".join(map(quoted, value)) + "}"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def settings_text(settings, filters):
    lines = [f"{name} = {quoted(value)}" for name, value in settings.items()]
    for name, inner in filters.items():
        lines.append(f"filter {name} {{")
        lines += [f"\t{key} = {quoted(value)}" for key, value in inner.items()]
        lines.append("}")
    return "\n".join(lines) + "\n"


def own(path):
    """Gives a folder's tree to the user that the programs run as, who may be
    at work in it: what is gone meanwhile is nobody's."""
    if os.geteuid() != 0:
        return
    user = pwd.getpwnam("postgres")
    for folder, folders, files in os.walk(path):
        for each in [folder, *(os.path.join(folder, name)
                               for name in folders + files)]:
            with contextlib.suppress(FileNotFoundError):
                os.chown(each, user.pw_uid, user.pw_gid, follow_symlinks=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Foyer:
    crashes = False         # on purpose: a sanitizer's report is no fault

    def __init__(self, cluster, policy="first", filters=None, like=None,
                 fast=(), optional=(), **settings):
        """like: another foyer whose second node this is. fast: origins whose
        pages nginx gives files. optional: such migrations."""
        self.cluster, self.policy, self.like = cluster, policy, like
        self.fast, self.optional = fast, optional
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="foyer-"))
        self.socket = self.folder / "foyer.sock"
        self.conf = self.folder / "foyer.conf"
        self.database = (like.database if like
                         else cluster.fresh(migrate=False))
        self.port = free_port()
        self.filters = {name: {} for name in FILTERS}
        if filters is not None:
            self.filters = filters
        self.settings = {
            "site": "main", "name": "The Sample Journal",
            "origin": f"http://127.0.0.1:{self.port}",
            "listen": str(self.socket), "group": "", "workers": 2,
            "database": cluster.conninfo(self.database, "foyer_web"),
            "keys": str(self.folder / "keys"),
            "plugins": str(self.folder / "plugins"),
            "cache": str(self.folder / "cache"),
            "state": str(self.folder / "state"),
        } | settings
        self.daemon = Process("foyerd", [self.folder / "foyerd", "-c",
                                         self.conf], self.folder)
        self.nginx = Process("nginx", [
            "/usr/sbin/nginx", "-p", self.folder, "-c",
            self.folder / "nginx/private.filled", "-e", "stderr",
            "-g", "daemon off;"], self.folder)

    def __enter__(self):
        try:
            self.prepare()
            self.start()
            self.start_nginx()
            wait_until(self.well, "the filters")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def prepare(self):
        for name, source in STAGED.items():
            shutil.copytree(source, self.folder / name)
        for name in ["foyerd", "foyerctl"]:
            shutil.copy(BUILD / name, self.folder)
        (self.folder / "keys").mkdir(mode=0o700)
        (self.folder / "state").mkdir(mode=0o700)
        self.write_conf()
        if self.like:
            shutil.copytree(self.like.folder / "keys", self.folder / "keys",
                            dirs_exist_ok=True)
            self.slugs = self.like.slugs
        own(self.folder)
        if not self.like:
            self.furnish()

    def furnish(self):
        """What the database holds at first."""
        owner = self.cluster.conninfo(self.database, "foyer_owner")
        self.ctl("--database", owner, "migrate")
        for name in self.optional:
            self.ctl("--database", owner, "migrate", "--optional", name)
        self.query("UPDATE site SET policy = %s::thread_policy", self.policy)
        self.ctl("key", "new")
        self.ctl("review", "import",
                 *sorted((self.folder / "samples").glob("*.txt")))
        self.slugs = [slug for slug, in self.query(
            "SELECT slug FROM review ORDER BY slug")]

    def write_conf(self, **settings):
        self.settings |= settings
        self.conf.write_text(settings_text(self.settings, self.filters))

    def ctl(self, *arguments, check=True, text=None):
        """Runs foyerctl; what it did."""
        done = subprocess.run(
            as_user(self.folder / "foyerctl", *arguments), text=True,
            input=text or "", cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.daemon.env | {"FOYER_CONF": str(self.conf)})
        assert not check or done.returncode == 0, (arguments, done)
        return done

    def query(self, statement, *values):
        """Asks the database directly; its rows, or None."""
        with self.cluster.connect(self.database) as db:
            done = db.execute(statement, values)
            return done.fetchall() if done.description else None

    # ---- processes ----

    def start(self):
        self.daemon.start()
        wait_until(lambda: self.ready() and self.hosts()
                   or not self.daemon.alive(), "foyerd")
        assert self.daemon.alive(), self.daemon.output()

    def well(self):
        return self.reader().get("/foyer/health").json["status"] == "ok"

    def ready(self):
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    def stop(self):
        return self.daemon.stop()

    def start_nginx(self):
        template = (self.folder / "nginx/private.conf").read_text()
        origins = "".join(f'{origin} "";' for origin in self.fast)
        for name, value in [("RUN", self.folder), ("PORT", self.port),
                            ("WEB", self.folder / "web"),
                            ("CONF", self.folder / "nginx"),
                            ("CACHE", self.folder / "cache"),
                            ("JOURNAL", self.folder / "samples/journal"),
                            ("ORIGINS", origins)]:
            template = template.replace(f"@{name}@", str(value))
        (self.folder / "nginx/private.filled").write_text(template)
        self.nginx.start()
        wait_until(lambda: self.serves() or not self.nginx.alive(), "nginx")
        assert self.nginx.alive(), self.nginx.output()

    def serves(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self):
        """Ends everything. A sanitizer's report is a fault of the tests that
        ran, whatever they thought."""
        try:
            self.nginx.stop(signal.SIGTERM)
        finally:
            try:
                self.daemon.stop()
            finally:
                said = SANITIZER.search(self.daemon.output())
                shutil.rmtree(self.folder, ignore_errors=True)
        assert self.crashes or not said, said.group()

    def hosts(self):
        """Pids of the filters' processes."""
        return [pid for pid in children(self.daemon.pid)
                if "--filter-host" in command_line(pid)]

    def others(self):
        """Pids of workers and of the background process."""
        return [pid for pid in children(self.daemon.pid)
                if "--filter-host" not in command_line(pid)]

    # ---- people ----

    def reader(self, **headers):
        return Client(self.port, **headers)

    def add_account(self, name, role):
        """Its password."""
        said = self.ctl("account", "add", name, "--role", role).stdout
        return said.split()[-1]

    def moderator(self, name="editor", role="moderator"):
        """A client that has signed in as a new moderator."""
        password = self.add_account(name, role)
        client = self.reader()
        page = client.get("/foyer/admin/")
        page = client.follow(page)
        done = client.submit(page.form("/foyer/session"), name=name,
                             password=password)
        assert done.status == 303 and client.cookies, done
        return client
