"""test_plans.py: no statement reads more rows than it answers with.

Each runs with the plan that foyerd's prepared statement has, against 100,000
comments. A statement without a row in cases.py fails: it was forgotten.
"""

import pytest

from cases import CASES
from filled import FILL
from statements import STATEMENTS

GROWING = {"comment", "change", "revision", "vote", "report",
           "moderation_log", "review", "thread", "account", "ban",
           "vote_told", "sso_identity", "sso_used", "search_comment",
           "search_review", "recovery_code", "account_session",
           "sign_in_try", "invitation", "log_seal", "letter", "person",
           "person_note", "insight_part",
           "insight_day", "insight_busy", "insight_wait", "insight_ruling",
           "insight_filter", "insight_due", "follower", "outbox", "mark_used"}


def call(name, parameters):
    return f"EXECUTE {name}" + (f"({parameters})" if parameters else "")


def explain(db, name, parameters):
    """The plan as it ran; what it wrote is rolled back. The second time: what
    a connection's first such statement reads of the catalogs is not its own."""
    with db.transaction(force_rollback=True):
        if not db.execute("SELECT FROM pg_prepared_statements WHERE name = %s",
                          [name]).fetchall():
            db.execute(f"PREPARE {name} AS {STATEMENTS[name]}")
        with db.transaction(force_rollback=True):
            db.execute(call(name, parameters))
        plan = db.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
                          + call(name, parameters))
        return plan.fetchone()[0][0]["Plan"]


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def pages(plan):
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


@pytest.fixture(scope="module")
def db(cluster, full):
    with cluster.connect(full, "foyer_web") as connection:
        yield connection


# An import's: the role that owns the tables runs them, nobody waits.
OWNERS = {"keep_import", "keep_put", "keep_done"}


def test_every_statement_has_a_case():
    assert set(CASES) | OWNERS == set(STATEMENTS)


def test_the_role_plans_once_for_all_values(db):
    shown = db.execute("SHOW plan_cache_mode").fetchone()
    assert shown == ("force_generic_plan",)


def scanned(plan, name):
    """The tables that it read whole; what foyerctl lists may be."""
    if name in ("account_list", "totp_list"):
        return set()
    return {node["Relation Name"] for node in nodes(plan)
            if node["Node Type"] == "Seq Scan" and node["Actual Loops"]}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_statement_reads_no_whole_table(db, name):
    parameters, most = CASES[name]
    plan = explain(db, name, parameters)
    assert not scanned(plan, name) & GROWING
    assert pages(plan) <= most


# Moderators' pages, narrowed: parameters, and the most pages.
NARROWED = [
    ("queue_list", "1, 0, 'film-500', '', '', '', 'f'", 150),
    ("queue_list", "1, 0, 'film-1', '', '', '', 'f'", 3000),     # 206 wait in it
    ("queue_list", "1, 0, 'nothing', '', '', '', 'f'", 20),
    ("queue_list", "1, 50000, '', '', '', '', 'f'", 4000),
    ("queue_list", "1, 0, '', 'ru', '', '', 'f'", 9000),         # 1,200 looked at
    ("queue_list", "1, 0, '', '', 'banned', '', 'f'", 4000),
    ("queue_list", "1, 0, '', '', '', 'nothing', 'f'", 4000),
    ("queue_list", "1, 0, '', '', '', '', 't'", 9000),
    ("queue_list", "1, 50000, '', 'ru', '', 'nothing', 't'", 9000),
    ("queue_list", "1, 0, 'film-1', '', '', '', 't'", 9000),
    ("queue_list", "1, 0, 'nothing', '', '', '', 't'", 20),
    ("queue_reach", "1, 0, 'film-500', 'f'", 20),
    ("queue_reach", "1, 0, '', 't'", 2000),
    ("log_find", "1, 9223372036854775807, 'film-500', '', '', 0, 0, 100", 400),
    ("log_find", "1, 9223372036854775807, '', 'mod', 'approve', 0, 0, 100",
     4500),                                                 # 2,000 looked at
    ("log_find", "1, 9223372036854775807, '', 'nobody', '', 0, 0, 100", 40),
    ("log_find", "1, 9223372036854775807, '', '', 'approve', 1, 2, 100", 60),
    ("person_find", "1, ''", 1500),                         # 200 looked at
    ("person_find", "1, 'account 7'", 1200),                # 50 are found
    ("person_find", "1, 'zzyzx'", 20),
    ("insight_busiest", "1, 'year', 20500", 60),
    ("insight_days", "1, 0, 36500, 'month'", 3000),
    ("letter_list", "1, 5000", 200),
]


@pytest.mark.parametrize("name, parameters, most", NARROWED)
def test_what_is_narrowed_reads_no_more(db, early, name, parameters, most):
    assert pages(explain(db, name, parameters)) <= most
    assert pages(explain(early, name, parameters)) <= 2 * most + 50


@pytest.fixture(scope="module")
def early(cluster):
    """A connection that planned every statement before there was a row."""
    name = cluster.fresh()
    with cluster.connect(name) as owner:
        for table in GROWING:
            owner.execute(f"ALTER TABLE {table}"
                          " SET (autovacuum_enabled = off)")
        with cluster.connect(name, "foyer_web") as connection:
            for case, (parameters, _) in CASES.items():
                connection.execute(f"PREPARE {case} AS {STATEMENTS[case]}")
                connection.execute("EXPLAIN " + call(case, parameters))
            owner.execute(FILL)
            yield connection


# What reads much until the first ANALYZE; no reader waits for these.
# A search is planned each time, so no early plan stays.
UNHURRIED = {"account_list", "change_retire", "change_fold", "comment_place",
             "passage_set", "search_comments", "search_follow",
             "search_reviews", "search_reviews_fill", "terms_walk",
             "rule_place"}


@pytest.mark.parametrize("name", sorted(set(CASES) - UNHURRIED))
def test_a_plan_made_when_nothing_was_there_still_serves(early, name):
    parameters, most = CASES[name]
    assert pages(explain(early, name, parameters)) <= 2 * most + 50


def test_what_waits_is_counted_in_its_order(db, early):
    """Counted to 1,000, however many there are: nothing is sorted."""
    for connection in db, early:
        plan = explain(connection, "queue_total", "1")
        assert "Sort" not in {node["Node Type"] for node in nodes(plan)}


def test_a_quiet_thread_is_not_looked_for_among_other_changes(db, early):
    for connection in db, early:
        plan = explain(connection, "thread_head",
                       "1, 'film-1000', 1000")
        assert pages(plan) <= 150


@pytest.mark.parametrize("name", ["thread_head", "page_oldest",
                                  "page_newest", "page_best"])
def test_a_page_costs_the_same_in_a_long_thread(db, name):
    """Thread 1 has 20,000 comments, thread 2 has a hundred, all roots."""
    asked = CASES[name][0]
    long = explain(db, name, asked)
    short = explain(db, name, "1, 'film-2', 2" if name == "thread_head"
                    else asked.replace("1", "2", 1))
    per_row = [pages(plan) / max(plan["Actual Rows"], 1)
               for plan in (long, short)]
    assert per_row[0] <= 1.5 * per_row[1] + 1


def test_a_deep_page_costs_what_the_first_does(db):
    first = explain(db, "page_oldest", "1, 0, 0")
    deep = explain(db, "page_oldest", "1, 15001, 0")
    assert deep["Actual Rows"] > 400
    assert pages(deep) <= 1.2 * pages(first) + 20


@pytest.mark.parametrize("asked, issue", [
    ('"film words"', 0), ('"words film" or "film words"', 0), ("film", 7)])
def test_a_search_for_what_is_seldom_said_in_frequent_words_ends(db, asked,
                                                                 issue):
    """Where to go on is told; no page of it looks at all there is."""
    plan = explain(db, "search_comments", f"1, '{asked}', '', '', '', {issue},"
                   " 9223372036854775807")
    assert pages(plan) <= 20000
    ids, = db.execute(
        "SELECT array_agg(id ORDER BY id) FROM (SELECT f.id, f.next FROM"
        " found_comments(1::smallint, search_words(%s), %s, 9e18::bigint) f)"
        " x", [asked, issue]).fetchone()
    assert len(ids) == (20 if issue else 1)


def test_a_rare_word_is_looked_for_in_the_index(db):
    plan = explain(db, "search_comments", "1, 'Zvyagintsev film', '', '', '',"
                   " 0, 50000")
    assert plan["Actual Rows"] == 20 and pages(plan) <= 1600


def test_a_posting_writes_no_row_of_the_thread(db):
    plan = explain(db, "comment_add", CASES["comment_add"][0])
    written = {node["Relation Name"] for node in nodes(plan)
               if node["Node Type"] == "ModifyTable"}
    assert written == {"comment", "change"}
