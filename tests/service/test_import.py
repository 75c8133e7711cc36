"""test_import.py: a whole journal is registered at once, and again."""

import json
import os
import pty
import select
import signal
import subprocess

import pytest

from foyer import own
from postgres import as_user
from process import wait_until

SETTINGS = {"filters": {}}
MANY = 1000
PAGE = """<!DOCTYPE html><html lang="en"><title>R</title><body><article>
<h1>Director {n}: Film {n} (2001)</h1><p>reviewed by Reviewer {by}</p>
<p>What film number {n} is about.</p></article></body></html>
"""
SITEMAP = ('<?xml version="1.0"?><{0} xmlns="http://www.sitemaps.org/schemas/'
           'sitemap/0.9">{1}</{0}>')


def page(n, by=None):
    return PAGE.format(n=n, by=n % 7 if by is None else by)


@pytest.fixture(scope="module")
def journal(foyer):
    """A thousand articles in folders of a hundred, as a web server has them;
    and what is no article."""
    root = foyer.folder / "journal"
    for n in range(MANY):
        folder = root / str(n // 100)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{n}.html").write_text(page(n))
    (root / "0/style.css").write_text("p { }")
    (root / ".drafts").mkdir()
    (root / ".drafts/secret.html").write_text(page(5000))
    own(root)
    return root


def bulk(foyer, *words, status=0):
    done = foyer.ctl("review", "import", *words, "--json", check=False)
    assert done.returncode == status, done
    return json.loads(done.stdout)


def sums(done):
    return [done[name] for name in ["added", "updated", "unchanged"]] + [
        len(done["failed"])]


def count(foyer):
    return foyer.query("SELECT count(*) FROM review "
                       "WHERE title LIKE 'Film %%'")[0][0]


def test_a_dry_run_reads_a_folder_and_touches_nothing(foyer, journal):
    done = foyer.ctl("review", "import", "--dry-run", journal)
    assert done.stdout == f"{MANY} of {MANY} files could be read, 0 failed\n"
    assert not done.stderr and count(foyer) == 0


def interrupted(foyer, journal):
    """Sends SIGINT while the 101st waits for a lock; the sums."""
    with foyer.cluster.connect(foyer.database) as db, \
            db.transaction(force_rollback=True):
        db.execute("INSERT INTO review (site_id, slug, heading, title) "
                   "VALUES (1, 'film-100-2001', '', '')")
        run = subprocess.Popen(
            as_user(foyer.folder / "foyerctl", "review", "import", journal,
                    "--json"), cwd=foyer.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=foyer.daemon.env | {"FOYER_CONF": str(foyer.conf)})
        wait_until(lambda: count(foyer) == 100 and foyer.query(
            "SELECT count(*) FROM pg_locks WHERE NOT granted") == [(1,)],
            "the 101st")
        run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    return run.returncode, json.loads(out), err


def test_an_import_that_was_stopped_goes_on_where_it_was(foyer, journal):
    status, done, err = interrupted(foyer, journal)
    assert status == 1 and not done["complete"] and "to go on" in err
    assert count(foyer) == 101 and sums(done) == [101, 0, 0, 0]
    again = bulk(foyer, journal)
    assert sums(again) == [MANY - 101, 0, 101, 0] and again["complete"]
    assert count(foyer) == MANY


def test_what_is_there_already_is_left_alone(foyer, journal, reader):
    row = ("SELECT xmin::text, imported_at FROM review "
           "WHERE slug = 'film-7-2001'")
    before = foyer.query(row)
    def tag():
        return reader.get("/reviews/film-7-2001").headers["ETag"]
    page_before = wait_until(tag, "a page that is kept")
    assert sums(bulk(foyer, journal)) == [0, 0, MANY, 0]
    assert foyer.query(row) == before
    path = journal / "0/7.html"
    path.write_text(page(7).replace("What film", "What the film"))
    assert sums(bulk(foyer, journal)) == [0, 1, MANY - 1, 0]
    assert foyer.query(row) != before
    wait_until(lambda: "What the film" in
               reader.get("/reviews/film-7-2001").text, "the new text")
    assert wait_until(tag, "a page that is kept again") != page_before


def test_a_bad_file_stops_nobody_and_is_told_with_its_reason(foyer, journal):
    bad = journal / "0/00-bad.html"
    bad.write_bytes(b"<p>Caf\xe9 \xff")
    (journal / "3/new.txt").write_text("A B: Film New (2002)\n\n"
                                       "reviewed by C D\n\nBody.\n")
    done = bulk(foyer, journal, status=1)
    assert sums(done) == [1, 0, MANY, 1]
    assert done["failed"][0]["file"] == str(bad)
    assert f"{bad}:1: " in done["failed"][0]["reason"]
    plain = foyer.ctl("review", "import", journal, check=False)
    assert plain.returncode == 1
    assert plain.stdout == f"0 added, 0 updated, {MANY + 1} unchanged, " \
                           "1 failed\n"
    assert plain.stderr.count("\n") == 1 and "\r" not in plain.stderr
    bad.unlink()
    (journal / "3/new.txt").unlink()


def test_two_reviews_of_a_film_each_get_an_address(foyer, journal):
    folder = journal / "twice"
    folder.mkdir()
    (folder / "a.html").write_text(page(9000, "One"))
    (folder / "b.html").write_text(page(9000, "Two"))
    assert sums(bulk(foyer, folder)) == [2, 0, 0, 0]
    assert sums(bulk(foyer, folder)) == [0, 0, 2, 0]
    assert foyer.query("SELECT slug, reviewer FROM review WHERE title = "
                       "'Film 9000' ORDER BY slug") == [
        ("film-9000-2001", "Reviewer One"),
        ("film-9000-2001-reviewer-two", "Reviewer Two")]


def test_only_picks_files_and_root_tells_their_pages(foyer, journal):
    done = bulk(foyer, journal, "--root", journal, "--only", "*/4/*.html")
    assert sums(done) == [0, 100, 0, 0]
    assert foyer.query("SELECT path FROM review WHERE title = 'Film 432'"
                       ) == [("/4/432.html",)]


# ---- sitemaps ----

def sitemap(path, urls, kind="urlset", entry="url"):
    path.write_text(SITEMAP.format(kind, "".join(
        f"<{entry}><loc>{url}</loc></{entry}>" for url in urls)))
    return path


def test_a_sitemap_names_files_below_the_root(foyer, journal):
    site = "https://journal.example"
    (journal / "80").mkdir()
    for name, n in [("80/index.html", 8001), ("80/clean.html", 8002),
                    ("80/a b.html", 8003)]:
        (journal / name).write_text(page(n))
    path = sitemap(journal / "map.xml", [
        f"{site}/80/", f"{site}/80/clean", f"{site}/80/a%20b.html",
        f"{site}/80/none.html", f"{site}/80/../../keys/x",
        f"{site}/80/a.php?id=1&amp;b=2"])
    done = bulk(foyer, "--sitemap", path, "--root", journal, status=1)
    assert sums(done) == [3, 0, 0, 3]
    assert [each["file"] for each in done["failed"]] == [
        f"{site}/80/none.html", f"{site}/80/../../keys/x",
        f"{site}/80/a.php?id=1&b=2"]
    assert foyer.query("SELECT path FROM review WHERE title LIKE 'Film 800_'"
                       " ORDER BY title") == [
        ("/80/",), ("/80/clean",), ("/80/a%20b.html",)]


def test_a_sitemap_of_sitemaps_is_followed(foyer, journal):
    site = "https://journal.example"
    sitemap(journal / "one.xml", [f"{site}/5/{n}.html" for n in range(500,
                                                                      510)])
    path = sitemap(journal / "index.xml", [f"{site}/one.xml"],
                   "sitemapindex", "sitemap")
    done = bulk(foyer, "--sitemap", path, "--root", journal)
    assert sums(done) == [0, 10, 0, 0]          # their paths are new


@pytest.mark.parametrize("text, said", [
    ("<urlset><url>", ":1: expected a sitemap in XML"),
    ("<html></html>", "expected a sitemap: <urlset>"),
    ('<!DOCTYPE x [<!ENTITY a "b">]><urlset></urlset>', "DOCTYPE")])
def test_what_is_no_sitemap_is_refused(foyer, journal, text, said):
    path = journal / "wrong.xml"
    path.write_text(text)
    done = foyer.ctl("review", "import", "--sitemap", path, "--root", journal,
                     check=False)
    assert done.returncode == 1 and said in done.stderr


# ---- on a terminal ----

def on_terminal(foyer, *words):
    """What it writes on a terminal's standard error."""
    master, slave = pty.openpty()
    run = subprocess.Popen(
        as_user(foyer.folder / "foyerctl", *words), cwd=foyer.folder,
        stdout=subprocess.DEVNULL, stderr=slave,
        env=foyer.daemon.env | {"FOYER_CONF": str(foyer.conf),
                                "TERM": "xterm"})
    os.close(slave)
    said = b""
    while select.select([master], [], [], 60)[0]:
        try:
            said += os.read(master, 65536)
        except OSError:                         # the other end is closed
            break
    assert run.wait(timeout=60) == 0
    os.close(master)
    return said.decode()


def test_a_terminal_shows_how_far_it_is(foyer, journal):
    said = on_terminal(foyer, "review", "import", journal)
    assert said.startswith("\r\033[K[") and "  0 %  0 of 1005" in said
    assert said.endswith("\r\033[K")            # and leaves nothing behind
