"""postgres.py: a private PostgreSQL cluster in a temporary folder.

It listens on a unix socket in that folder and nowhere else, trusts whoever can
open the folder (mode 0700), and goes away with the process that made it. Made
as root it runs as user postgres, since PostgreSQL refuses root. A thread that
starts a cluster must outlive it (PR_SET_PDEATHSIG).

    with Cluster() as cluster:
        cluster.create("foyer")         # database, roles.sql, migrations
        conninfo = cluster.conninfo("foyer", "foyer_web")

or, in a conftest.py: `from postgres import cluster` for a fixture of the whole
session, and `cluster.fresh()` for a database of one's own.
"""

import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

import psycopg
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
SUPERUSER = "postgres"

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def as_user(*command, die=False):
    """The command line that runs it as an unprivileged user."""
    prefix = ["setpriv"]
    if die:
        prefix += ["--pdeathsig", "QUIT"]
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        prefix += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}",
                   "--clear-groups"]
    if len(prefix) > 1:
        command = (*prefix, *command)
    return [str(word) for word in command]


class Cluster:
    def __init__(self, fsync=False, **settings):
        """Without fsync what is written outlives the server, not the machine:
        a checkpoint of many databases holds up nobody for seconds."""
        self.settings = SETTINGS | settings
        if not fsync:
            self.settings |= {"fsync": "off", "full_page_writes": "off"}
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="foyer-pg-"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.server = None
        self.databases = 0
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)

    def __enter__(self):
        try:
            self.initdb()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def initdb(self):
        subprocess.run(
            as_user(BIN / "initdb", "-D", self.data, "-U", SUPERUSER,
                    "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
                    "--no-sync", "--no-instructions"),
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def start(self):
        """Returns when the server takes connections."""
        options = self.settings | {"unix_socket_directories": self.folder}
        words = [f"--{name}={value}" for name, value in options.items()]
        with open(self.log, "ab") as log:
            self.server = subprocess.Popen(
                as_user(BIN / "postgres", "-D", self.data, *words, die=True),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, start_new_session=True)
        until = time.monotonic() + 120      # it may fsync all that is there
        while not self.ready():
            if self.server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("PostgreSQL did not start:\n"
                                   + self.log.read_text())
            time.sleep(0.01)

    def ready(self):
        """The eighth line of postmaster.pid says so, as pg_ctl reads it."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return (len(lines) > 7 and lines[7].strip() == "ready"
                and lines[0] == str(self.server.pid))

    def stop(self, mode="fast"):
        """fast: sessions are ended; immediate: as after a power cut."""
        if self.server is None:
            return
        how = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode]
        if self.server.poll() is None:
            self.unhang()
            self.server.send_signal(how)
        self.server.wait(120)
        self.server = None

    def restart(self, mode="fast"):
        self.stop(mode)
        self.start()

    def pids(self):
        """The postmaster and all that it has started."""
        pid = self.server.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
        return [pid] + [int(child) for child in children.read_text().split()]

    def signal_all(self, which):
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):   # ended meanwhile
                os.kill(pid, which)

    def hang(self):
        """The server keeps its sockets but answers nothing more."""
        self.signal_all(signal.SIGSTOP)

    def unhang(self):
        self.signal_all(signal.SIGCONT)

    def close(self):
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def conninfo(self, database="postgres", user=SUPERUSER):
        return f"host={self.folder} dbname={database} user={user}"

    def connect(self, database="postgres", user=SUPERUSER, **more):
        """A psycopg connection in autocommit."""
        more = {"autocommit": True} | more
        return psycopg.connect(self.conninfo(database, user), **more)

    def psql(self, database, *arguments, user=SUPERUSER):
        """Runs psql, which stops at the first error; its output."""
        done = subprocess.run(
            [str(BIN / "psql"), "-XqAt", "-v", "ON_ERROR_STOP=1",
             *map(str, arguments), self.conninfo(database, user)],
            text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def create(self, database, migrate=True):
        """A database with the roles and, unless told not to, the schema."""
        with self.connect() as db:
            db.execute(f'CREATE DATABASE "{database}"')
        self.roles(database)
        if migrate:
            self.migrate(database)
        return database

    def fresh(self, migrate=True):
        """Makes a database that nobody else uses; its name."""
        self.databases += 1
        return self.create(f"foyer_{self.databases}", migrate)

    def roles(self, database):
        self.psql(database, "-f", ROOT / "sql/roles.sql")

    def migrate(self, database):
        """What `foyerctl migrate` does to an empty database."""
        for path in sorted((ROOT / "sql/migrations").glob("*.sql")):
            number, _, name = path.stem.partition("_")
            self.psql(database, "-1", "-f", path, "-c",
                      "INSERT INTO schema_migration (number, name) "
                      f"VALUES ({int(number)}, '{name}')", user="foyer_owner")


@pytest.fixture(scope="session")
def cluster():
    with Cluster() as made:
        yield made
