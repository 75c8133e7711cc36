"""posting.py: rows about posting: against pgbench; what the filters cost."""

import re
import shutil
import uuid

from measure import (Row, cpu_seconds, good, load, pgbench, ratios,
                     take_turns)
from place import BODY, HTML
from postgres import ROOT
from process import wait_until

CLIENTS, SECONDS = 8, 3

TABLE = """
CREATE TABLE IF NOT EXISTS floor_post (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    posted_at timestamptz NOT NULL DEFAULT now(),
    author text NOT NULL, body text NOT NULL, html text NOT NULL);
GRANT SELECT, INSERT ON floor_post TO foyer_web;
"""
ROW = ("INSERT INTO floor_post (author, body, html) VALUES ('A Reader', "
       "'{body}', '{html}');\n")

# The parameters of comment_add as foyer gives them for such a comment. pgbench
# sends its variables as parameters too; two are made of the number :n, which
# differs from comment to comment.
MADE = {4: "md5(:n::text)::uuid", 12: "md5(:n::text)::uuid"}


def own_parameters(thread):
    return {1: "1", 2: str(thread), 3: "0", 5: "A Reader", 6: "", 7: "",
            8: "ab" * 16, 9: BODY, 10: HTML, 11: "", 13: "shown", 14: "",
            15: '{links,f,0,"","",12,honeypot,f,0,"","",3,pace,f,0,"","",6}',
            16: "open", 17: "t", 18: "f"}


def own_statement(values):
    """foyer's comment_add as a script of pgbench, which knows no empty
    variables."""
    text = (ROOT / "sql/queries/comment.sql").read_text()
    text = re.search(r"-- comment_add:.*?\n(?=WITH)(.*?;)\n", text, re.S)[1]
    return ("\\set n random(1, 9000000000000000000)\n" + re.sub(
        r"\$(\d+)", lambda m: MADE.get(int(m[1])) or (
            f":p{m[1]}" if values[int(m[1])] else "''"), text) + "\n")


def post(place):
    """8 clients, through nginx, filters on; against two floors."""
    house = place.house()
    slug = house.slugs[0]
    house.cluster.psql(house.database, "-c", TABLE)
    row, own = place.folder / "row.sql", place.folder / "own.sql"
    row.write_text(ROW.format(body=BODY, html=HTML))
    values = own_parameters(house.thread_id(slug))
    own.write_text(own_statement(values))
    place.folder.chmod(0o755)
    request = place.post(slug)
    state = {}

    def foyer():
        before = cpu_seconds(house.pids())
        report = good(load(house.port, request, c=CLIENTS, t=SECONDS,
                           first=place.numbers()))
        state["cpu"] = (cpu_seconds(house.pids()) - before,
                        report["all"]["good"])
        state["p50"] = report["all"]["p50"]
        state["sent"] = state.get("sent", 0) + report["all"]["good"]
        return report["rate"]

    def floor(script, values):
        return lambda: pgbench(house.cluster.conninfo(
            house.database, "foyer_web"), script, CLIENTS, SECONDS, values)

    said = take_turns(foyer=foyer, insert=floor(row, {}),
                      statement=floor(own, {n: value for n, value
                                            in values.items() if value}))
    told = {"turns": said, "p50_usec": state["p50"], "foyerd_cpu_usec":
            round(state["cpu"][0] / state["cpu"][1] * 1e6, 1)}
    kept, shown = count(house, slug)
    assert kept >= state["sent"] and shown > 0.9 * kept, (kept, shown, state)
    return [
        Row("post", "post / pgbench, one-row INSERT",
            ratios(said["foyer"], said["insert"]), bar=0.35, aim=0.50, **told),
        Row("post_statement", "post / pgbench, foyer's own statement",
            ratios(said["foyer"], said["statement"]), bar=0.60, turns=said)]


def count(house, slug):
    """Comments that load posted, and how many are shown: none that was
    answered may be missing, a few may wait where a filter was too late."""
    return house.query(
        "SELECT count(*), count(*) FILTER (WHERE c.state = 'shown') "
        "FROM comment c JOIN review r ON r.id = c.thread_id "
        "WHERE r.slug = %s AND c.author = 'A Poster'", slug)[0]


MORE = ["bayes", "blank", "newcomer", "language", "duplicate"]
RULES = 100                     # of the list of words, one in ten a pattern


def teach(house):
    """bayes says nothing, at once, before it knows a spam."""
    editor, slug = house.moderator("teacher"), house.slugs[2]
    for body, act in [("Casino bonus: buy pills today", "spam"),
                      ("The restored print is a joy to watch.", "approve")]:
        made = editor.comment(slug, body).json
        assert editor.post_json(
            f"/foyer/admin/threads/{slug}/comments/{made['id']}/rule",
            {"act": act, "seen": made["state"]}).status == 200
    wait_until(lambda: house.query(
        "SELECT reason <> '' FROM evidence WHERE comment_id = %s AND "
        "filter = 'bayes'", house.reader().comment(
            slug, "A casino?", key=str(uuid.uuid4())).json["id"]) ==
        [(True,)], "what it learned")


def filters(place):
    """What each plugin takes of a post, as its verdicts say: all of those that
    are asked while a reader waits. No poster brings a proof of work."""
    house = place.house()
    few, scripts = house.filters, house.folder / "lua"
    shutil.copytree(ROOT / "plugins/lua/scripts", scripts,
                    dirs_exist_ok=True)
    lua = {path.stem: str(path) for path in scripts.glob("*.lua")}
    words = house.folder / "words"
    words.write_text("".join(
        f"rule{n} body 1 {f'/w[o0]rd{n}/' if n % 10 == 0 else f'word{n}'}\n"
        for n in range(RULES)))
    house.filters = few | {
        name: {"weight": 0} | more for name, more in {
            "lua": lua, "words": {"file": str(words)},
            "pow": {"challenge": True, "key": "of the bench alone " * 2},
            **dict.fromkeys(MORE, {})}.items()}
    try:
        house.again()
        teach(house)
        return measured(house, place)
    finally:
        house.filters = few
        house.again()


def measured(house, place):
    report = good(load(house.port, place.post(house.slugs[1]), c=1, t=2,
                       first=place.numbers()))
    whole = report["all"]["p50"]
    return [Row("filters", f"{name}, of a post of {whole:.0f} µs",
                [float(median)], unit="µs", most=float(most), posts=n)
            for name, median, most, n in house.query(
                "SELECT filter, percentile_cont(0.5) WITHIN GROUP (ORDER BY "
                "usec), percentile_cont(0.99) WITHIN GROUP (ORDER BY usec), "
                "count(*) FROM evidence v JOIN review r ON r.id = v.thread_id "
                "WHERE r.slug = %s GROUP BY filter ORDER BY filter",
                house.slugs[1])]
