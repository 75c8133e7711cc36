"""test_log.py: the moderation log looked through, exported, signed, proved."""

import json
import signal

import pytest

from process import wait_until

SETTINGS = {"filters": {}, "policy": "first"}
LOG = "/foyer/admin/log"


@pytest.fixture(scope="module")
def acts(foyer):
    """Two moderators' rulings under two reviews; the moderators."""
    people = [foyer.moderator("ann"), foyer.moderator("bob & co")]
    for who, slug, act in [(0, 0, "approve"), (1, 0, "spam"),
                           (1, 1, "remove"), (0, 1, "approve")]:
        slug = foyer.slugs[slug]
        number = foyer.reader().comment(slug, f"By {who}: {act}").json["id"]
        done = people[who].post_json(
            f"/foyer/admin/threads/{slug}/comments/{number}/rule",
            {"act": act, "reason": "“so”"})
        assert done.status == 200, done
    return people


def lines(client, query=""):
    got = client.get(f"{LOG}.jsonl{query}")
    assert got.status == 200, got
    assert got.headers["Content-Type"] == "application/jsonl"
    return [json.loads(line) for line in got.text.splitlines()], got


@pytest.mark.parametrize("query, found", [
    ("actor=ann", {"approve"}), ("act=spam", {"spam"}),
    ("actor=bob+%26+co", {"spam", "remove"}), ("actor=nobody", set()),
    ("actor=ann&act=spam", set()), ("review={1}&actor=ann", {"approve"}),
    ("review={0}", {"approve", "spam"}), ("review=none", set()),
    ("since=2020-01-01&until=2021-01-01", set()),
    ("since=2999-01-01", set()), ("act=spam&since=2020-01-01", {"spam"}),
    ("act=spam&until=2999-01-01T00:00:00Z", {"spam"})])
def test_the_log_is_looked_through(foyer, acts, query, found):
    query = query.format(*foyer.slugs)
    rows, _ = lines(acts[0], f"?{query}")
    assert {row["act"] for row in rows} == found
    page = acts[0].get(f"{LOG}?{query}").valid()
    assert len(page.tree.findall(".//tbody/tr")) == len(rows)
    asked = dict(part.split("=") for part in query.split("&"))
    for name, value in page.form("/log").fields.items():
        assert bool(value) == (name in asked), (name, value)


@pytest.mark.parametrize("query, status", [
    ("review=NO", 404), ("before=x", 404), ("since=soon", 422),
    ("until=13:00", 422)])
def test_what_makes_no_sense_is_refused(acts, query, status):
    assert acts[0].get(f"{LOG}?{query}").status == status
    assert acts[0].get(f"{LOG}.jsonl?{query}").status == status


def test_lines_are_the_rows_with_their_chain(foyer, acts):
    rows, _ = lines(acts[0])
    kept = foyer.query("SELECT id, encode(prev, 'hex'), encode(hash, 'hex') "
                       "FROM moderation_log ORDER BY id DESC")
    assert [(r["id"], r["prev"], r["hash"]) for r in rows] == kept
    ruled = next(r for r in rows if r["act"] == "remove")
    assert ruled["reason"] == "“so”" and ruled["name"] == "bob & co"
    assert ruled["review"] == foyer.slugs[1] and ruled["at"].endswith("Z")


def test_a_long_log_is_exported_page_by_page(foyer, acts):
    foyer.query("""INSERT INTO moderation_log (site_id, id, at, actor_name,
        act, prev, hash) SELECT 1, 100000 + n, now(), 'many', 'x', '', ''
        FROM generate_series(1, 2500) n""")
    try:
        seen, path = [], f"{LOG}.jsonl?actor=many"
        while path:
            got = acts[0].get(path)
            seen += [json.loads(li)["id"] for li in got.text.splitlines()]
            link = got.headers.get("Link")
            path = link and link[1:link.index(">")]
        assert seen == list(range(102500, 100000, -1))
        page = acts[0].get(f"{LOG}?act=spam&actor=many").valid()
        assert "earlier acts" in page.words
        link = page.tree.find(".//a[@rel='next']").get("href")
        assert "actor=many" in link and "act=spam" in link
        assert acts[0].get(link).status == 200
    finally:
        foyer.query("DELETE FROM moderation_log WHERE actor_name = 'many'")


# ---- seals ----

def verify(foyer, *more):
    return foyer.ctl("log", "verify", *more, check=False)


def test_the_background_process_signs_the_head(foyer, acts):
    foyer.daemon.kill(signal.SIGHUP)    # a fresh one looks at once
    wait_until(lambda: foyer.query("SELECT id FROM log_seal"), "a seal")
    seal, = foyer.query("SELECT seal FROM log_seal LIMIT 1")[0]
    assert seal.startswith("v4.public.")
    assert "signed heads fit" in verify(foyer).stdout


@pytest.fixture
def kept(foyer, acts):
    """What was signed, kept elsewhere; the tables are put back after it."""
    seal = foyer.ctl("log", "seal").stdout.strip()
    for name in ["moderation_log", "log_head", "log_seal"]:
        foyer.query(f"CREATE TABLE kept_{name} AS SELECT * FROM {name}")
    path = foyer.folder / "seals"
    path.write_text(seal + "\n")
    path.chmod(0o644)
    yield str(path)
    for name in ["moderation_log", "log_head", "log_seal"]:
        foyer.query(f"DELETE FROM {name}")
        foyer.query(f"INSERT INTO {name} SELECT * FROM kept_{name}")
        foyer.query(f"DROP TABLE kept_{name}")
    assert verify(foyer).returncode == 0


def cut(foyer):
    """Takes the last row away together with its head: the chain is whole."""
    foyer.query("DELETE FROM moderation_log WHERE id = (SELECT max(id) FROM "
                "moderation_log)")
    foyer.query("UPDATE log_head SET (id, hash) = (SELECT id, hash FROM "
                "moderation_log ORDER BY id DESC LIMIT 1)")
    return foyer.query("SELECT id FROM log_head")[0][0]


def test_a_tail_cut_off_with_its_head_is_missed(foyer, kept):
    last = cut(foyer)
    said = verify(foyer)
    assert said.returncode == 1
    assert f"row {last + 1} is missing" in said.stderr
    assert "signed" in said.stderr


def test_a_seal_kept_elsewhere_outlives_the_databases(foyer, kept):
    last = cut(foyer)
    foyer.query("DELETE FROM log_seal")
    assert verify(foyer).returncode == 0
    said = verify(foyer, "--seals", kept)
    assert said.returncode == 1
    assert f"row {last + 1} is missing" in said.stderr


def test_a_chain_made_anew_is_not_what_was_signed(foyer, kept):
    """Its last row changed and hashed again, its head too, is unbroken."""
    foyer.query("DELETE FROM log_seal")
    last = cut(foyer)
    foyer.add_account("another history", "reader")
    assert foyer.query("SELECT id FROM log_head") == [(last + 1,)]
    assert verify(foyer).returncode == 0
    said = verify(foyer, "--seals", kept)
    assert said.returncode == 1
    assert f"row {last + 1} (" in said.stderr and "signed" in said.stderr


def test_a_changed_row_is_named(foyer, kept):
    number = foyer.query("SELECT id FROM moderation_log WHERE act = 'spam'"
                         )[0][0]
    foyer.query("UPDATE moderation_log SET reason = 'other' WHERE id = %s",
                number)
    said = verify(foyer)
    assert said.returncode == 1 and f"row {number} (" in said.stderr
    assert "it was changed" in said.stderr


def test_a_seal_of_another_key_is_none(foyer, kept):
    foyer.query("UPDATE log_seal SET seal = left(seal, 40) || "
                "translate(substr(seal, 41, 80), 'Aa', 'aA') || "
                "substr(seal, 121)")
    said = verify(foyer)
    assert said.returncode == 1 and "not signed by a key" in said.stderr


def test_a_seal_by_a_retired_key_does_not_break_the_log(foyer, kept):
    footer = "eyJraWQiOiJrNC5waWQu"      # {"kid":"k4.pid.
    foyer.query("UPDATE log_seal SET seal = regexp_replace(seal, %s, %s)",
                f"({footer})....", r"\1AAAA")
    said = verify(foyer)
    assert said.returncode == 0 and "by keys that were retired" in said.stdout


def test_foyerctl_exports_what_the_page_does(foyer, acts):
    lines = foyer.ctl("log", "export").stdout
    rows = [json.loads(line) for line in lines.splitlines()]
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    page = acts[0].json_lines("/foyer/admin/log.jsonl")
    assert page[:100] == rows[::-1][:len(page[:100])]
    rest = foyer.ctl("log", "export", "--after", str(len(rows) - 2)).stdout
    assert rest == "".join(lines.splitlines(keepends=True)[-2:])
    assert foyer.ctl("log", "export", "--after", "x", check=False
                     ).returncode == 2
