"""test_foyerctl.py: what operators type, without a daemon."""

import json
import pathlib
import shutil
import subprocess
import tempfile

import pytest

from foyer import BUILD, FILTERS, own, settings_text
from postgres import ROOT, as_user

SLUGS = ["hedgehog-in-the-fog-1975", "man-with-a-movie-camera-1929",
         "the-new-babylon-1929"]


class Bench:
    """A folder with settings, keys, plugins, and a database of its own."""

    def __init__(self, cluster, folder):
        self.cluster, self.folder = cluster, folder
        self.database = cluster.fresh(migrate=False)
        self.conf = folder / "foyer.conf"
        self.settings = {
            "origin": "http://localhost", "listen": str(folder / "foyer.sock"),
            "database": cluster.conninfo(self.database, "foyer_web"),
            "keys": str(folder / "keys"), "plugins": str(folder / "plugins"),
            "cache": str(folder / "cache"), "state": str(folder / "state")}
        self.filters = {name: {} for name in FILTERS}
        shutil.copytree(ROOT / "samples", folder / "samples")
        shutil.copytree(BUILD / "plugins", folder / "plugins")
        shutil.copy(BUILD / "foyerctl", folder)
        (folder / "cache").mkdir(mode=0o755)
        (folder / "state").mkdir(mode=0o755)
        self.write_conf()

    def write_conf(self, **settings):
        self.conf.write_text(settings_text(self.settings | settings,
                                           self.filters))
        own(self.folder)

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        own(self.folder)
        return path

    def __call__(self, *words, status=0, text=""):
        """Runs foyerctl, which shall end with this status (None: any)."""
        done = subprocess.run(
            as_user(self.folder / "foyerctl", *words), text=True, input=text,
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={"FOYER_CONF": str(self.conf)})
        assert status in (None, done.returncode), (words, done)
        return done

    def owner(self):
        return self.cluster.conninfo(self.database, "foyer_owner")

    def query(self, statement, *values):
        with self.cluster.connect(self.database) as db:
            done = db.execute(statement, values)
            return done.fetchall() if done.description else None

    def log(self):
        return self.query("SELECT act, actor, actor_name, before, after "
                          "FROM moderation_log ORDER BY id DESC LIMIT 1")[0]


@pytest.fixture
def empty(cluster):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="foyer-"))
    yield Bench(cluster, folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made(cluster):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="foyer-"))
    bench = Bench(cluster, folder)
    bench("--database", bench.owner(), "migrate")
    bench("key", "new")
    yield bench
    shutil.rmtree(folder)


# ---- usage ----

@pytest.mark.parametrize("words", [
    [], ["nope"], ["review"], ["review", "nope"], ["--conf"],
    ["review", "import"], ["review", "list", "word"], ["version", "--what"],
    ["migrate", "--dry-run=yes"], ["thread", "set", "slug"],
    ["thread", "set", "slug", "--policy"], ["account", "add", "a"],
    ["account", "add", "a", "--role", "guest"],
    ["account", "add", "x" * 81, "--role", "owner"],
    ["account", "add", "", "--role", "owner"], ["key", "new", "door"],
    ["review", "import", "a", "b", "--slug", "c"],
    ["review", "import", "a", "--slug", "No"],
    ["review", "import", "--sitemap", "a"]])
def test_a_wrong_call_ends_with_2_and_touches_nothing(made, words):
    done = made(*words, status=2)
    assert done.stderr and not done.stdout


def test_the_version_is_that_of_the_changes(made):
    changes = (ROOT / "CHANGES.md").read_text()
    version = made("version").stdout.split()[1].rstrip(",")
    assert changes.split("## ")[1].startswith(version)
    for word in ("--version", "-V"):        # as foyerd has it
        assert made(word).stdout == made("version").stdout


def test_wrong_settings_are_said_with_file_and_line(made):
    conf = made.write("wrong.conf", 'site = "main"\nworkers = 0\n')
    said = made("--conf", conf, "review", "list", status=1).stderr
    assert f"{conf}:2:" in said and "workers" in said


# ---- migrate ----

def test_migrate_says_what_it_does_and_does_it_once(empty):
    would = empty("--database", empty.owner(), "migrate", "--dry-run").stdout
    assert would.startswith("would apply 0001")
    assert "run foyerctl migrate" in empty("review", "list", status=1).stderr
    did = empty("--database", empty.owner(), "migrate").stdout
    assert did.startswith("0001 ")
    again = empty("migrate", "--database", empty.owner()).stdout
    assert again == "nothing to do\n"


def test_migrate_refuses_a_newer_database(empty):
    empty("--database", empty.owner(), "migrate")
    empty.query("INSERT INTO schema_migration (number, name) "
                "VALUES (9000, 'later')")
    done = empty("--database", empty.owner(), "migrate", status=1)
    assert "newer" in done.stdout


def test_an_optional_migration_is_asked_for_by_name_and_done_once(empty):
    owner = ["--database", empty.owner(), "migrate"]
    it = [*owner, "--optional", "comment_partitions"]
    assert "run foyerctl migrate first" in empty(*it, status=1).stdout
    empty(*owner)
    assert "only comment_partitions" in empty(
        *owner, "--optional", "nothing", status=1).stdout
    assert empty(*it, "--dry-run").stdout == "would apply comment_partitions\n"
    assert empty(*it).stdout == "comment_partitions\n"
    assert empty(*it).stdout == empty(*owner).stdout == "nothing to do\n"


# ---- review ----

def test_a_dry_run_needs_no_settings_and_prints_every_field(empty):
    empty.conf.unlink()
    said = empty("review", "import", "--dry-run", "samples/hedgehog.html")
    for words in ["html, UTF-8", "hedgehog-in-the-fog-1975", "Ёжик в тумане",
                  "Iurii Norshtein", "The Foyer Project", "Sample review",
                  "Алексей Баталов | Мария Виноградова", "Soviet Union",
                  "Kitson, Clare. 2005.",
                  "samples/hedgehog.html:55: dropped (around the article)"]:
        assert words in said.stdout, words
    assert not said.stderr


def test_an_import_adds_then_updates_and_lists(made):
    files = sorted((made.folder / "samples").glob("*.html"))
    first = made("review", "import", *files).stdout
    assert [line.split(": ")[0] for line in first.splitlines()] == SLUGS
    assert first.count(": added ") == 3
    texts = sorted((made.folder / "samples").glob("*.txt"))
    again = made("review", "import", *texts).stdout
    assert again.count(": unchanged ") == 3     # they say the same
    rows = json.loads(made("review", "list", "--json").stdout)
    assert [row["slug"] for row in rows] == [SLUGS[0], SLUGS[2], SLUGS[1]]
    assert rows[0]["issue"] == 3 and rows[0]["comments"] == 0
    assert SLUGS[0] in made("review", "list").stdout
    path, = made.query("SELECT path FROM review WHERE slug = %s", SLUGS[2])[0]
    assert path == "/2025/2-new-babylon.html"   # a text file does not unsay it


def test_every_field_that_was_read_is_stored(made):
    made("review", "import", "samples/new-babylon.html")
    assert made.query(
        "SELECT issue, year, title, original, film_year, minutes, directors,"
        " reviewer, affiliation, colour, country, language, published,"
        " updated, cardinality(paragraphs), cardinality(works),"
        " credits -> 5 ->> 0, credits -> 5 -> 1 ->> 3 FROM review "
        "WHERE slug = %s", SLUGS[2]) == [(
            2, 2025, "The New Babylon", "Novyi Vavilon", 1929, 93,
            ["Grigorii Kozintsev", "Leonid Trauberg"], "The Foyer Project",
            "Sample review", "Black and white", "Soviet Union", "en", "2025",
            "2025", 5, 2, "Cast", "Sof’ia Magarill")]


def test_a_bad_file_is_refused_whole_and_the_others_go_on(made):
    bad = made.write("bad.txt", b"A B: C (2001)\n\nCaf\xe9.\n")
    good = made.write("good.txt", "A B: Good (2001)\n\nreviewed by C D\n\n"
                      "Body.\n\nF, Russia, 2001\nDirector: A\nStray\n")
    done = made("review", "import", bad, good, status=1)
    assert f"{bad}:3: bytes that are not UTF-8: expected" in done.stderr
    assert f"{good}:9: kept (not placed): Stray" in done.stderr
    assert done.stdout.startswith("good-2001: added")
    assert made.query("SELECT count(*) FROM review WHERE title = 'C'") == [
        (0,)]


def test_another_reviewers_review_is_not_replaced_by_chance(made):
    text = "A B: Twice (2001)\n\nreviewed by {}\n\nBody.\n"
    one = made.write("one.txt", text.format("C D"))
    two = made.write("two.txt", text.format("E F"))
    made("review", "import", one)
    assert "--slug" in made("review", "import", two, status=1).stderr
    assert "added" in made("review", "import", two, "--slug", "other").stdout
    assert "updated" in made("review", "import", two, "--replace").stdout
    assert made.query("SELECT slug FROM review WHERE reviewer = 'E F' "
                      "ORDER BY slug") == [("other",), ("twice-2001",)]


# ---- thread, account: acts are in the log ----

def test_a_thread_is_set_and_the_log_tells_it(made):
    made("review", "import", "samples/hedgehog.txt")
    said = made("thread", "set", SLUGS[0], "--policy", "all").stdout
    assert said == f"{SLUGS[0]}: policy all, closes never\n"
    said = made("thread", "set", SLUGS[0], "--closes-at",
                "2030-01-31T18:00:00Z").stdout
    assert said == (f"{SLUGS[0]}: policy all, closes 2030-01-31T18:00:00Z\n")
    assert made.log() == ("thread", None, "foyerctl", "all",
                          "all until 2030-01-31T18:00:00Z")
    made("thread", "set", SLUGS[0], "--closes-at=never", "--policy=first")
    made("thread", "set", SLUGS[0], "--policy", "some", status=2)
    made("thread", "set", SLUGS[0], "--closes-at", "soon", status=2)
    made("thread", "set", "nowhere", "--policy", "all", status=1)
    made("log", "verify")


def test_an_account_is_added_listed_changed_and_revoked(made):
    password = made("account", "add", "editor", "--role",
                    "owner").stdout.split()[-1]
    assert len(password) == 20
    assert made.log() == ("account-add", None, "foyerctl", "",
                          "editor: owner")
    assert "already" in made("account", "add", "editor", "--role", "reader",
                             status=1).stderr
    rows = json.loads(made("account", "list", "--json").stdout)
    assert [(row["name"], row["role"], row["suspended"])
            for row in rows] == [("editor", "owner", False)]
    assert "editor" in made("account", "list").stdout
    epoch = "SELECT token_epoch FROM account WHERE name = 'editor'"
    before = made.query(epoch)
    fresh = made("account", "password", "editor").stdout.split()[-1]
    assert fresh != password and made.query(epoch) > before
    made("account", "revoke", "editor")
    assert made.log()[0] == "account-revoke"
    made("account", "reviewer", "editor", "E. Ditor")
    assert made.log()[0] == "account-reviewer"
    assert json.loads(made("account", "list", "--json").stdout)[0][
        "reviewer"] == "E. Ditor"
    made("account", "reviewer", "nobody", "E. Ditor", status=1)
    made("account", "revoke", "nobody", status=1)
    made("account", "password", "nobody", status=1)
    made("log", "verify")


def test_a_password_is_read_from_a_file_or_standard_input(made):
    secret = made.write("secret", "correct horse\nnot this\n")
    said = made("account", "add", "a", "--role", "reader", "--password-file",
                secret)
    assert "correct" not in said.stdout
    made("account", "password", "a", "--password", "-", text="battery staple")
    made("account", "password", "a", "--password", "-", text="short\n",
         status=1)
    made("account", "password", "a", "--password", "visible", status=1)
    made("account", "password", "a", "--password-file", "/none", status=1)


# ---- keys, log, check ----

def test_keys_are_made_listed_and_rotated(empty):
    empty("key", "rotate")              # fills an empty folder
    rows = json.loads(empty("key", "list", "--json").stdout)
    kinds = sorted(row["kind"] for row in rows)
    assert kinds == ["box", "hash", "sign", "sign"]
    empty("key", "rotate")
    now = json.loads(empty("key", "list", "--json").stdout)
    old = {row["kid"] for row in rows}
    fresh = sorted(row["kind"] for row in now if row["kid"] not in old)
    assert fresh == ["box", "sign"] and old < {row["kid"] for row in now}
    assert {row["kind"] for row in now
            if row["current"] and row["kid"] not in old} == {"box", "sign"}
    empty("key", "new", "hash")
    assert len(json.loads(empty("key", "list", "--json").stdout)) == 7


def test_keys_that_can_not_be_read_are_not_replaced(empty):
    empty("key", "rotate")
    files = sorted(pathlib.Path(empty.folder, "keys").iterdir())
    files[0].chmod(0o644)
    assert "0644" in empty("key", "rotate", status=1).stderr
    assert sorted(pathlib.Path(empty.folder, "keys").iterdir()) == files
    files[0].chmod(0o600)
    next(f for f in files if "box" in f.name).unlink()
    empty("key", "rotate")
    rows = json.loads(empty("key", "list", "--json").stdout)
    assert sorted(row["kind"] for row in rows) == [
        "box", "hash", "sign", "sign", "sign"]


@pytest.mark.parametrize("tamper, broken", [
    ("UPDATE moderation_log SET after = 'x' WHERE id = 2", "row 2 "),
    ("UPDATE moderation_log SET hash = prev WHERE id = 2", "row 2 "),
    ("DELETE FROM moderation_log WHERE id = 2", "row 3 "),
    ("DELETE FROM moderation_log WHERE id = 1", "row 2 "),
    ("DELETE FROM moderation_log WHERE id = 3", "row 3 is missing"),
    ("DELETE FROM moderation_log", "row 3 is missing"),
    ("DELETE FROM log_head", "log_head is missing")])
def test_the_first_broken_row_of_the_log_is_named(empty, tamper, broken):
    empty("--database", empty.owner(), "migrate")
    assert empty("log", "verify").stdout.startswith("0 rows, unbroken")
    for name in "abc":
        empty("account", "add", name, "--role", "reader")
    assert empty("log", "verify").stdout.startswith(
        "3 rows, unbroken; the last is 3 ")
    empty.query(tamper)
    assert broken in empty("log", "verify", status=1).stderr


def test_check_says_ok_of_everything_that_is(made):
    nginx = made.write("nginx.conf", f"""
        set $foyer_cache {made.folder}/cache;
        fastcgi_pass unix:{made.folder}/foyer.sock;
    """)
    said = made("check", "--nginx", nginx).stdout.splitlines()
    assert [line.split(":")[0] for line in said] == [
        "user", "settings", "keys", "sso_key", "database", "server", "role",
        "room", "writes", "filter links", "filter honeypot", "filter pace",
        "listen", "group", "cache", "state", "disk", "mail", "running",
        "nginx", "socket", "files"]
    assert all(": ok (" in line for line in said), said


def test_check_says_what_is_wrong_and_goes_on(made):
    made.filters["none"] = {}
    made.write_conf(keys="/none/keys", group="no-such-group",
                    listen="/none/foyer.sock",
                    database=made.owner())
    said = made("check", status=1).stdout
    del made.filters["none"]
    made.write_conf()
    for wrong in ["keys: wrong: ", "role: wrong: foyer_owner may alter",
                  "filter none: wrong: ", "listen: wrong: /none: ",
                  "group: wrong: there is no group no-such-group"]:
        assert wrong in said, (wrong, said)
    assert "database: ok" in said and "filter links: ok" in said


def test_check_says_why_the_database_is_not_reached(made):
    made.write_conf(database="host=/none dbname=x")
    said = made("check", status=1).stdout
    made.write_conf()
    assert "database: wrong: " in said and "/none" in said
    assert "listen: ok" in said


def test_check_says_why_the_cache_is_of_no_use(made):
    cache = made.folder / "cache"

    nginx = made.write("nginx.conf", f"""
        set $foyer_cache {cache};
        fastcgi_pass unix:{made.folder}/foyer.sock;
    """)

    def said(status=1, **settings):
        made.write_conf(**settings)
        lines = made("check", "--nginx", nginx, status=status).stdout.splitlines()
        made.write_conf()
        return next(line for line in lines if line.startswith("cache: "))

    assert said(cache="/none/cache") == (
        "cache: wrong: /none/cache: No such file or directory")
    assert said(cache=str(made.conf)).endswith("is not a folder")
    cache.chmod(0o555)
    assert said().endswith("this user can't write there")
    cache.chmod(0o700)
    assert "nginx can't read it" in said()
    cache.chmod(0o755)
    assert said(0, cache="") == "cache: ok (none set)"
    cache.rename(made.folder / "real")
    cache.symlink_to(made.folder / "real")
    assert said().endswith("is not a folder")
    cache.unlink()
    (made.folder / "real").rename(cache)
    assert said(0) == f"cache: ok ({cache})"
