"""test_keep.py: what is exported can be imported, and nothing is lost."""

import os
import pathlib
import pty
import shutil
import subprocess
import tempfile

import pytest

from postgres import as_user
from test_foyerctl import Bench

UGLY = r"""e'line\n"quoted" \\ tab\t, \u0001, \U0001F39E, Ёжик, {"a":1}'"""

FILL = f"""
INSERT INTO review (site_id, slug, heading, title, credits, directors)
SELECT 1, 'film-' || n, 'Film ' || n, {UGLY}, '[["Cast", ["A \\" B"]]]',
    ARRAY['a,b', '"', NULL, ''] FROM generate_series(1, 20) n;
INSERT INTO thread (id, version, shown) SELECT id, 5, 3 FROM review;
INSERT INTO comment (thread_id, parent, root, state, visible, person, author,
    sender, email_hash, body, html, anchor, votes, best, client_key, posted_at)
SELECT 1 + n % 20, NULL, currval('comment_id'), 'shown', true,
    gen_random_uuid(), 'author ' || n % 50, decode(md5(n::text), 'hex'),
    CASE WHEN n % 3 = 0 THEN '\\x00ff5c' ::bytea END, {UGLY} || n, '<p>' || n,
    CASE WHEN n % 7 = 0 THEN '{{"paragraph": 1, "words": "x"}}'::jsonb END,
    n % 5, helpful(n % 5, 0), gen_random_uuid(), now() - n * interval '1.000001 s'
FROM (SELECT nextval('comment_id') AS id, n
    FROM generate_series(1, 4000) n) x;
UPDATE comment SET root = id;
INSERT INTO comment (thread_id, parent, root, state, visible, person, author,
    sender, body, html, client_key)
SELECT thread_id, id, root, 'held', false, person, author, sender, '', '',
    gen_random_uuid() FROM comment WHERE id % 10 = 0;
INSERT INTO revision (thread_id, comment_id, number, body)
SELECT thread_id, id, 1, {UGLY} FROM comment WHERE id % 9 = 0;
INSERT INTO vote (thread_id, comment_id, person)
SELECT thread_id, id, gen_random_uuid() FROM comment WHERE votes > 0;
INSERT INTO report (thread_id, comment_id, person, reason)
SELECT thread_id, id, gen_random_uuid(), 'spam' FROM comment WHERE id < 50;
INSERT INTO account (id, name, password) SELECT gen_random_uuid(),
    'account ' || n, 'x' FROM generate_series(1, 30) n;
INSERT INTO sso_identity (site_id, subject, account_id, name)
SELECT 1, name, id, name FROM account;
INSERT INTO ban (site_id, person, until) SELECT 1, id, 'infinity' FROM account;
INSERT INTO follower (thread_id, comment_id, person, mail, address)
SELECT thread_id, id, person, '\\x00ff', 'v4.local' FROM comment WHERE id < 30;
INSERT INTO change (thread_id, shown) SELECT id, 1 FROM review;
"""


def run(made, statements):
    with made.cluster.connect(made.database) as db:
        db.execute(statements)


def bench(cluster):
    made = Bench(cluster, pathlib.Path(tempfile.mkdtemp(prefix="foyer-")))
    made("--database", made.owner(), "migrate")
    return made


@pytest.fixture(scope="module")
def full(cluster):
    made = bench(cluster)
    made("key", "new")
    run(made, FILL)
    made("thread", "set", "film-3", "--policy", "all")
    made("account", "add", "editor", "--role", "owner")
    made("export", "--output", "all.jsonl")
    yield made
    shutil.rmtree(made.folder)


@pytest.fixture
def other(cluster, full):
    """Another database of the same journal: the keys and the export moved."""
    made = bench(cluster)
    shutil.copytree(full.folder / "keys", made.folder / "keys")
    shutil.copy(full.folder / "all.jsonl", made.folder)
    made.write_conf()
    yield made
    shutil.rmtree(made.folder)


def rows(database):
    """Every table that is kept, row by row."""
    found = {}
    for name, keys in database.query("SELECT name, keys FROM kept_tables()"):
        read = "thread_now" if name == "thread" else name
        found[name] = database.query(
            f"SELECT t::text FROM {read} t ORDER BY {', '.join(keys)}")
    return found


def test_every_table_is_kept_or_said_to_be_derived(full):
    tables = {name for name, in full.query(
        "SELECT table_name FROM information_schema.tables WHERE"
        " table_schema = 'public' AND table_type = 'BASE TABLE'")}
    kept = {name: keys for name, keys in full.query(
        "SELECT name, keys FROM kept_tables()")}
    derived, = full.query("SELECT derived_tables()")[0]
    assert set(kept) | set(derived) == tables
    assert not set(kept) & set(derived)
    assert all(kept.values()), "each needs a primary key"


def test_a_whole_export_comes_back_as_it_was(full, other):
    said = other("--database", other.owner(), "import", "all.jsonl").stdout
    assert said.startswith("all.jsonl: ")
    before, after = rows(full), rows(other)
    assert len(before["comment"]) > 4400
    for name in before:
        if name in ("moderation_log", "log_head"):
            continue            # the import stands in it
        if name == "thread":    # and each thread was told of it
            continue
        assert after[name] == before[name], name
    assert set(before["moderation_log"]) < set(after["moderation_log"])
    now = ("SELECT id, policy, closes_at, version - {}, shown"
           " FROM thread_now ORDER BY id")
    assert other.query(now.format(1)) == full.query(now.format(0))
    assert "unbroken" in other("log", "verify").stdout
    ids = [database.query("SELECT nextval('comment_id')")[0][0]
           for database in (full, other)]
    assert ids[0] == ids[1]
    assert "not empty" in other("--database", other.owner(), "import",
                                "all.jsonl", status=1).stderr


def test_what_comes_with_votes_has_its_place_among_the_best(full, other):
    """Whatever rank it came with."""
    other("--database", other.owner(), "import", "all.jsonl")
    ranks = "SELECT id, best FROM comment ORDER BY id"
    assert other.query(ranks) == full.query(ranks)
    run(other, "UPDATE comment SET best = id % 3; SELECT import_rank()")
    assert other.query(ranks) == full.query(ranks)


def test_comments_in_parts_are_exported_as_before(full, other):
    other("--database", other.owner(), "import", "all.jsonl")
    other("export", "--output", "before")
    owner = ["--database", other.owner(), "migrate"]
    other(*owner, "--optional", "comment_partitions")
    other("export", "--output", "after")
    before, after = [(other.folder / name).read_text().splitlines()
                     for name in ["before", "after"]]
    assert before[1:-1] == after[1:-1]      # a header has its moment
    assert sum(line.startswith('{"comment"') for line in after) > 4400


def test_a_column_or_table_of_tomorrow_comes_along(cluster, full):
    two = [bench(cluster), bench(cluster)]
    try:
        for one in two:
            run(one, "ALTER TABLE review ADD later text[];"
                     "SET ROLE foyer_owner; CREATE TABLE later ("
                     "id bigint PRIMARY KEY"
                     " GENERATED ALWAYS AS IDENTITY, review_id bigint"
                     " REFERENCES review, said double precision)")
        two[0]("key", "new")
        run(two[0], "INSERT INTO review (site_id, slug, heading, title, later)"
                    " VALUES (1, 'a', 'A', 'A', '{x,y}');"
                    "INSERT INTO later (review_id, said) VALUES (1, 0.1)")
        two[0]("export", "--output", two[1].folder / "it")
        two[1]("--database", two[1].owner(), "import", "--unsigned", "it")
        assert two[1].query("SELECT later FROM review") == [(["x", "y"],)]
        assert two[1].query("SELECT * FROM later") == [(1, 1, 0.1)]
        assert two[1].query("INSERT INTO later (said) VALUES (1)"
                            " RETURNING id") == [(2,)]
    finally:
        for one in two:
            shutil.rmtree(one.folder)


def test_one_review_goes_into_a_journal_that_has_others(full, other):
    run(full, "UPDATE thread t SET pinned = c.ids, featured = c.ids[2:] FROM"
              " (SELECT array_agg(c.id ORDER BY c.id DESC) AS ids"
              " FROM comment c JOIN review r ON r.id = c.thread_id"
              " WHERE r.slug = 'film-3' AND c.id <= 100) c"
              " WHERE t.id = (SELECT id FROM review WHERE slug = 'film-3')")
    full("export", "--review", "film-3", "--output", other.folder / "one")
    run(other, "INSERT INTO review (site_id, slug, heading, title) SELECT 1,"
               " 'else-' || n, '', '' FROM generate_series(1, 5) n;"
               "INSERT INTO thread (id) SELECT id FROM review;"
               "INSERT INTO comment (thread_id, root, state, visible, person,"
               " author, sender, body, html, client_key)"
               " SELECT 1, n, 'shown', true, gen_random_uuid(), '', '', '',"
               " '', gen_random_uuid() FROM generate_series(1, 100) n")
    other("--database", other.owner(), "import", "one")
    texts = ("SELECT c.body, c.author, p.body, (SELECT count(*) FROM vote v"
             " WHERE v.thread_id = c.thread_id AND v.comment_id = c.id)"
             " FROM comment c JOIN review r ON r.id = c.thread_id"
             " LEFT JOIN comment p ON p.thread_id = c.thread_id"
             " AND p.id = c.parent WHERE r.slug = 'film-3' ORDER BY c.id")
    assert other.query(texts) == full.query(texts)
    for listed in ["pinned", "featured"]:
        first = (f"SELECT c.body FROM thread t, unnest(t.{listed})"
                 " WITH ORDINALITY AS l (id, n), review r, comment c WHERE"
                 " r.id = t.id AND r.slug = 'film-3' AND c.thread_id = t.id"
                 " AND c.id = l.id ORDER BY l.n")
        assert len(full.query(first)) > 1
        assert other.query(first) == full.query(first)
    assert other.query("SELECT count(*) FROM comment WHERE thread_id = 1") == [
        (100,)]
    assert other.query(
        "SELECT count(*) FROM revision v LEFT JOIN comment c USING (thread_id)"
        " WHERE c.id IS NULL") == [(0,)]
    assert "unbroken" in other("log", "verify").stdout
    assert "film-3 already" in other("--database", other.owner(), "import",
                                     "one", status=1).stderr
    assert "there is no review nowhere" in full(
        "export", "--review", "nowhere", "--output", "x", status=1).stderr
    assert not list(full.folder.glob("x*"))


def test_what_was_changed_or_cut_off_is_refused_whole(full, other):
    text = (full.folder / "all.jsonl").read_bytes()
    for name, wrong in [("cut", text[:-1]), ("cut", text[:len(text) // 2]),
                        ("cut", b""), ("changed", text.replace(
                            b"author 7", b"author 8", 1))]:
        other.write("wrong", wrong)
        assert name in other("--database", other.owner(), "import", "wrong",
                             status=1).stderr
    shutil.rmtree(other.folder / "keys")
    other("key", "new")
    assert "--unsigned" in other("--database", other.owner(), "import",
                                 "all.jsonl", status=1).stderr
    assert other.query("SELECT count(*) FROM comment") == [(0,)]


def test_an_import_that_was_cut_off_goes_on(full, other):
    run(other, "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
               " 'BEGIN IF NEW.id = 2500 THEN RAISE ''cut''; END IF;"
               " RETURN NEW; END';"
               "CREATE TRIGGER cut BEFORE INSERT ON comment FOR EACH ROW"
               " EXECUTE FUNCTION cut()")
    other("--database", other.owner(), "import", "all.jsonl", status=1)
    some, = other.query("SELECT count(*) FROM comment")[0]
    assert 0 < some < 4400
    full("export", "--review", "film-3", "--output", other.folder / "one")
    assert "must end first" in other("--database", other.owner(), "import",
                                     "one", status=1).stderr
    other.query("DROP TRIGGER cut ON comment")
    said = other("--database", other.owner(), "import", "all.jsonl").stdout
    assert "in already" in said
    assert rows(other)["comment"] == rows(full)["comment"]


def on_terminal(bench, *words):
    """What it writes on a terminal's standard error."""
    ours, theirs = pty.openpty()
    subprocess.run(
        as_user(bench.folder / "foyerctl", *words), cwd=bench.folder,
        stdout=subprocess.DEVNULL, stderr=theirs, check=True,
        env={"FOYER_CONF": str(bench.conf)})
    os.close(theirs)
    said = os.read(ours, 4096).decode()
    os.close(ours)
    return said


@pytest.mark.parametrize("words", [
    ["export"], ["log", "verify"], ["search", "rebuild"],
    ["statistics", "rebuild"]], ids=" ".join)
def test_how_far_it_is_is_shown_on_a_terminal_and_not_in_a_pipe(full, words):
    assert not full(*words).stderr
    assert "\r" + " ".join(words) in on_terminal(full, *words)
