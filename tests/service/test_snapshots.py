"""test_snapshots.py: what all readers are shown is a file when nothing has
changed, and never an old one."""

import gzip
import http.client
import os
import pathlib
import re
import shutil
import signal

import pytest

from process import wait_until

SETTINGS = {"filters": {}, "workers": 4, "log": "debug"}
KINDS = ["/reviews/", "/reviews/{0}", "/reviews/{0}/newest",
         "/foyer/threads/{0}.html", "/foyer/threads/{0}.json",
         "/foyer/threads/{0}.atom", "/foyer/threads/{0}/newest.json",
         "/foyer/threads/{0}/best.json", "/foyer/threads/{0}/oldest.json",
         "/foyer/threads/{0}/best.html"]
SAME = ["Content-Type", "Cache-Control", "Referrer-Policy",
        "X-Content-Type-Options", "Content-Security-Policy"]


def files(foyer):
    top = pathlib.Path(foyer.folder) / "cache/t"
    return sorted(str(path.relative_to(top)) for path in top.rglob("*")
                  if path.is_file())


def rendered(foyer):
    return len(re.findall(r"request method=(?:GET|HEAD) path=/(?:rev|foyer/th)",
                          foyer.daemon.output()))


def changes(foyer, slug):
    """How many of a thread the background process has dealt with."""
    return foyer.daemon.output().count(f"changed: {slug}\n")


def follows(foyer):
    """How often one has begun to follow."""
    return foyer.daemon.output().count("following the changes")


def start(foyer):
    before = follows(foyer)
    foyer.start()
    wait_until(lambda: follows(foyer) > before, "the feed")


def cached(foyer, path):
    """Reads a page until nginx has it; its answer, and the one before."""
    client, answers = foyer.reader(), []

    def from_file():
        before = rendered(foyer)
        answers.append(client.get(path))
        return rendered(foyer) == before

    wait_until(from_file, "a snapshot of " + path)
    return answers[-1], answers[0]


@pytest.fixture(autouse=True)
def talk(foyer, slug):
    """Some thread to read, no snapshot of it, and no change still to come:
    the feed keeps the order, so another thread's last one ends it."""
    wait_until(lambda: follows(foyer), "the feed")
    client, other = foyer.reader(), foyer.slugs[-1]
    heard = changes(foyer, other)
    first = client.comment(slug, f"The *first* after {heard}.").json["id"]
    client.comment(slug, "An answer.", parent=first)
    client.comment(other, f"The end of the feed, {heard}.")
    wait_until(lambda: changes(foyer, other) > heard, "the feed")


@pytest.mark.parametrize("path", KINDS)
def test_a_page_read_twice_is_a_file_and_the_same(foyer, slug, path):
    file, page = cached(foyer, path.format(slug))
    assert file.status == page.status == 200
    assert file.body == page.body
    for name in SAME:
        assert file.headers[name] == page.headers[name], name


def test_a_file_has_an_etag_a_gzip_and_ranges(foyer, slug):
    path = f"/foyer/threads/{slug}.json"
    plain, _ = cached(foyer, path)
    client = foyer.reader(**{"Accept-Encoding": "gzip"})
    packed = client.get(path)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    for got in (plain, packed):         # a cache in between must know both
        assert {"Accept-Encoding", "Origin"} <= set(
            got.headers.get_all("Vary"))
    same = client.request("GET", path, headers={
        "If-None-Match": plain.headers["ETag"], "Accept-Encoding": None})
    assert same.status == 304 and same.body == b""
    part = foyer.reader().request("GET", path, headers={"Range": "bytes=0-9"})
    assert part.status == 206 and part.body == plain.body[:10]
    head = foyer.reader().request("HEAD", path)
    assert head.status == 200 and head.body == b""
    assert head.headers["Content-Length"] == str(len(plain.body))


def test_every_change_has_an_etag_of_its_own(foyer, slug):
    """nginx makes it of the size and a whole second."""
    path, seen = f"/foyer/threads/{slug}.json", set()
    author = foyer.reader()
    posted = author.comment(slug, "aaaa").json["id"]
    for letter in "bcdef":
        assert author.post_json(
            f"/foyer/threads/{slug}/comments/{posted}/edit",
            {"body": letter * 4}).status == 200
        seen.add(cached(foyer, path)[0].headers["ETag"])
    assert len(seen) == 5


def test_a_change_shows_at_once_in_every_page(foyer, slug, moderator):
    for path in KINDS:
        cached(foyer, path.format(slug))
    text = "Seen at once."
    posted = foyer.reader().comment(slug, text).json["id"]
    for path in KINDS[1:]:
        assert text in foyer.reader().get(path.format(slug)).text, path
    for path in KINDS:
        cached(foyer, path.format(slug))
    page = moderator.get(f"/foyer/admin/threads/{slug}")
    form = page.form(f"/{slug}/comments/{posted}/rule")
    assert moderator.submit(form, act="remove", reason="A test.").status == 303
    for path in KINDS[1:]:
        assert text not in foyer.reader().get(path.format(slug)).text, path


def test_an_import_shows_soon(foyer, slug):
    cached(foyer, f"/reviews/{slug}")
    folder = pathlib.Path(foyer.folder) / "samples"
    sample = next(path for path in folder.glob("*.txt") if slug[:8]
                  in foyer.ctl("review", "import", "--dry-run", path).stdout)
    sample.write_text(sample.read_text().replace("minutes", "minutes")
                      .replace("Works Cited",
                               "One more paragraph, and a long enough one to "
                               "be taken for a part of the text.\n\n"
                               "Works Cited"))
    foyer.ctl("review", "import", sample)
    wait_until(lambda: "One more paragraph" in
               foyer.reader().get(f"/reviews/{slug}").text, "the import")


def test_what_is_wrong_is_no_file(foyer, slug):
    """Behind another thread's comment, or none, there are pages without end."""
    foyer.reader().comment(slug, "A first one.")
    elsewhere = foyer.reader().comment(foyer.slugs[1], "Elsewhere.").json["id"]
    foyer.reader().comment(slug, "A last one.")
    for path in ["/reviews/no-such-film", f"/foyer/threads/{slug}/odd.json",
                 f"/foyer/threads/{slug}/after-007.json",
                 f"/foyer/threads/{slug}/after-99999999.json",
                 *[f"/foyer/threads/{slug}/{sort}-after-{after}.{kind}"
                   for sort in ["newest", "best", "oldest"]
                   for after in [elsewhere, 99999999]
                   for kind in ["json", "html"]],
                 f"/reviews/{slug}/best-after-{elsewhere}"]:
        before = files(foyer)
        foyer.reader().get(path)
        foyer.reader().get("/foyer/health")
        assert files(foyer) == before, path


def test_reading_goes_on_without_foyerd_and_posting_keeps_the_text(
        foyer, slug):
    pages = {path.format(slug): cached(foyer, path.format(slug))[0].body
             for path in KINDS}
    foyer.stop()
    try:
        for path, body in pages.items():
            answer = foyer.reader().get(path)
            assert answer.status == 200 and answer.body == body, path
        form = {"author": "E.", "body": "Kept & <well> \"quoted\" – да."}
        lost = foyer.reader().post(f"/foyer/threads/{slug}/comments", form)
        assert lost.status == 503 and lost.headers["Retry-After"]
        again = lost.form("/foyer/again")
    finally:
        start(foyer)
    sent = foyer.reader().post(again.action, again.fields)
    assert sent.status == 303, sent
    assert foyer.query("SELECT author, body FROM comment ORDER BY id DESC "
                       "LIMIT 1")[0] == (form["author"], form["body"])


def test_reading_goes_on_without_postgresql(foyer, slug, cluster):
    pages = {path.format(slug): cached(foyer, path.format(slug))[0].body
             for path in KINDS}
    cluster.stop("immediate")
    try:
        form = {"author": "E.", "body": "Kept & <well>."}
        for round_trip in range(2):
            for path, body in pages.items():
                answer = foyer.reader().get(path)
                assert answer.status == 200 and answer.body == body, path
            kept = foyer.reader().post(f"/foyer/threads/{slug}/comments",
                                       form)
            assert kept.status == 503 and kept.headers["Retry-After"]
            if round_trip == 0:
                fields = kept.valid().form("/comments").fields
                assert fields["body"].strip() == form["body"]
                foyer.stop()
    finally:
        cluster.start()
        start(foyer)
        wait_until(foyer.well, "the database")


def test_a_cache_that_somebody_removed_is_made_again(foyer, slug):
    path, cache = f"/foyer/threads/{slug}.json", f"{foyer.folder}/cache"
    cached(foyer, path)
    for inner in [cache, *pathlib.Path(cache).iterdir()]:
        shutil.rmtree(inner, ignore_errors=True)
        cached(foyer, path)
    os.rename(cache, cache + ".gone")
    pathlib.Path(cache).write_text("It is in the way.")
    wait_until(lambda: "no page is kept" in foyer.daemon.output(), "a word")
    assert foyer.reader().get(path).status == 200
    os.remove(cache)
    cached(foyer, path)
    assert foyer.daemon.output().count("no page is kept") == 1


def test_what_could_not_be_dropped_goes_once_it_can(foyer, slug):
    path = f"/foyer/threads/{slug}.json"
    cached(foyer, path)
    cache = pathlib.Path(foyer.folder) / "cache"
    locked = [cache / "t" / slug, cache / "t", cache]
    for folder in locked:
        folder.chmod(0o555)
    try:
        heard = changes(foyer, slug)
        foyer.reader().comment(slug, "While nothing can be dropped.")
        wait_until(lambda: changes(foyer, slug) > heard, "the feed")
        assert (f"snapshot of {slug} can't be dropped"
                in foyer.daemon.output())
    finally:
        for folder in locked:
            folder.chmod(0o755)
    wait_until(lambda: "While nothing can" in foyer.reader().get(path).text,
               "the comment")


def test_a_start_drops_what_was_there(foyer, slug):
    cached(foyer, f"/foyer/threads/{slug}.json")
    foyer.daemon.kill(signal.SIGKILL)
    foyer.query("UPDATE comment SET html = '<p>While foyerd was away.</p>'")
    start(foyer)
    assert "While foyerd" in foyer.reader().get(
        f"/foyer/threads/{slug}.json").text


def test_many_first_readers_render_a_bounded_number_of_times(foyer, slug):
    path = f"/foyer/threads/{slug}.json"
    cached(foyer, path)
    foyer.reader().comment(slug, "All want to read this.")
    before, links = len(foyer.daemon.output()), []
    for _ in range(40):
        link = http.client.HTTPConnection("127.0.0.1", foyer.port, timeout=20)
        link.request("GET", path)
        links.append(link)
    bodies = {link.getresponse().read() for link in links}
    assert len(bodies) == 1 and b"All want" in bodies.pop()
    asked = re.findall(rf"path={path} status=200.* trips=1",
                       foyer.daemon.output()[before:])
    # Each worker may be at it when the first has done it, and once more when
    # the feed brings this node its own change.
    assert 1 <= len(asked) <= 2 * foyer.settings["workers"]


def test_a_link_in_the_cache_is_not_followed(foyer, slug):
    """Neither by foyerd when it writes nor by nginx when it reads."""
    other = foyer.slugs[1]
    top = pathlib.Path(foyer.folder) / "cache/t"
    away = pathlib.Path(foyer.folder) / "away"
    away.mkdir()
    wait_until(lambda: not (top / other).exists(), "no snapshot")
    os.symlink(away, top / other)
    (away / "thread..json").write_text("secret")
    assert "secret" not in foyer.reader().get(
        f"/foyer/threads/{other}.json").text
    foyer.reader().get("/foyer/health")
    assert [path.name for path in away.iterdir()] == ["thread..json"]
    os.unlink(top / other)
