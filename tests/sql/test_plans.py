"""test_plans.py: no statement reads more rows than it answers with.

Each runs with the plan that foyerd's prepared statement has, against 100,000
comments. A statement without a row in CASES fails: it was forgotten.
"""

import pytest

from filled import FILL
from statements import STATEMENTS

GROWING = {"comment", "change", "revision", "vote", "report",
           "moderation_log", "review", "thread", "account", "ban",
           "vote_told", "sso_identity", "sso_used", "search_comment",
           "search_review", "recovery_code", "account_session",
           "sign_in_try", "invitation", "log_seal", "letter", "person",
           "person_note", "insight_part",
           "insight_day", "insight_busy", "insight_wait", "insight_ruling",
           "insight_filter", "insight_due"}
PERSON = "md5('7')::uuid"
NOBODY = "md5('nobody')::uuid"
KEY = "md5('fresh')::uuid"
NONE = "'{}'"
SLUGS = "'{film-1,film-1,film-1,film-2}'"
THREADS, IDS = "'{1,1,1,2}'", "'{2,12,22,20001}'"

# Name -> parameters as SQL, and the most pages that it may touch.
CASES = {
    "db_schema": ("'main'", 10),
    "db_role": ("", 50),
    "db_server": ("", 5),
    "account_add": (f"{KEY}, 'new', '', 'reader', ''", 150),
    "account_by_name": ("'account 9'", 6),
    "account_by_id": (PERSON, 6),
    "account_list": ("", 100),          # of people, not of comments
    "tally_months": ("1", 600),
    "tally_reasons": ("1", 12000),      # the last 5000 removals
    "account_reviewed": (f"1, {PERSON}, 'film-1'", 20),
    "feed_queue": ("1", 400),
    "account_staff": ("", 100),
    "account_owners": ("", 10),
    "account_lock": (PERSON, 10),
    "account_set": (f"{PERSON}, 'reader', 'f'", 60),
    "account_feed": (f"{PERSON}, 't'", 60),
    "account_choice": ("1", 5),
    "session_check": (f"{PERSON}, {KEY}", 20),
    "session_add": (f"{PERSON}, {KEY}, 'Firefox', 1", 60),
    "session_list": (f"{PERSON}", 30),
    "session_end": (f"{PERSON}, {KEY}", 20),
    "session_retire": ("", 60),
    "session_try": ("'a', 'b', 1, 1, 900", 40),
    "session_tried": ("'a', 'b'", 20),
    "session_try_retire": ("900", 60),
    "totp_set": (f"{PERSON}, 'x', 1", 60),
    "totp_step": (f"{PERSON}, 9", 60),
    "totp_codes_drop": (PERSON, 20),
    "totp_codes_add": (f"{PERSON}, '{{00,01}}'", 60),
    "totp_code_use": (f"{PERSON}, '00'", 30),
    "totp_codes_left": (PERSON, 10),
    "totp_list": (PERSON, 5000),        # foyerctl reads all accounts
    "totp_reseal": (f"{PERSON}, 'x', 'y'", 60),
    "invite_add": (f"1, {KEY}, 'reader', {PERSON}, '', '', 1", 60),
    "invite_list": ("1", 30),
    "invite_get": (f"1, {KEY}", 15),
    "invite_take": (f"1, {KEY}", 30),
    "invite_retire": ("1", 30),
    "account_password": ("'account 9', 'x'", 40),
    "account_revoke": ("'account 9'", 40),
    "change_add": ("7, 1, 1", 100),
    "change_start": ("", 5),
    "change_follow": ("pg_current_snapshot()", 60),
    "change_lock": ("", 5),
    "change_fold": ("", 3000),          # 200 rows of 200 threads
    "change_version": ("", 20),
    "change_retire": ("1000000", 9000),
    "review_put": ("1, 'film-9', '', 1, 2, 'h', 't', '', 1, 1, '{a}', '', '',"
                   " '', '{p}', '{}', '', '', 'en', '', '', '{Cast}', '{A,B}',"
                   " '{1,1}'", 80),
    "review_get": ("1, 'film-1'", 20),
    "review_places": ("1", 9000),       # of reviews: ten pages each
    "review_list": ("1, 2147483647, 9223372036854775807", 900),
    "thread_id": ("1, 'film-1'", 10),
    "thread_head": ("1, 'film-1', 1", 30),
    "page_after": ("1, 11", 20),
    "page_oldest": ("1, 0, 0", 450),
    "page_newest": ("1, 9223372036854775807, 0", 450),
    "page_best": ("1, '2', 9223372036854775807, 0", 500),
    "page_feed": ("1", 350),
    "thread_version": ("1", 20),
    "thread_language": ("1, 'film-1'", 10),
    "thread_closing": ("1, 2", 20),
    "thread_counts": ("1, '{film-1,film-2,none}'", 50),
    "thread_language": ("1, 'film-1'", 15),
    "thread_lock": ("1, 'film-1'", 20),
    "comment_context": (f"1, 'film-1', 11, {PERSON}, '00', 'A', '', ''",
                        100),
    "comment_history": (PERSON, 60),
    "comment_up": ("1, 11", 20),
    "comment_add": (f"1, 1, 11, {PERSON}, 'A', '', '', '00', 'b', 'h', '',"
                    f" {KEY}, 'shown', '', '{{links,f,1,a,c,1}}', 'open',"
                    " 't', 'f'", 120),
    "comment_refused": (f"1, 'film-1', 11, {PERSON}", 30),
    "comment_again": (f"1, 'film-1', {KEY}, {PERSON}, 'b'", 15),
    "comment_get": ("1, 'film-1', 11", 20),
    "comment_mine": (f"1, 'film-1', {PERSON}", 60),
    "comment_find": ("1, 11", 20),
    "comment_before": ("1, 9999", 30),
    "comment_tree": ("1, 'film-1', 12", 30),
    "comment_lock": ("1, 'film-1', 12", 30),
    "comment_edit": ("1, 12, 'b', 'h', 'shown', '', '{links,f,1,a,b,1}', 't'", 50),
    "comment_erase": ("1, 12", 110),
    "comment_place": ("1, 11", 150),
    "sso_enter": (f"1, 'jti-fresh', 1, '7', 'Name', 'reader', '{{film-1}}', {KEY}",
                  100),
    "sso_retire": ("", 60),
    "revision_list": ("1, 'film-1', 12", 30),
    "vote_cast": (f"1, 'film-1', 12, {PERSON}, 't'", 120),
    "vote_get": (f"1, 'film-1', 12, {PERSON}", 15),
    "vote_mine": (f"1, 'film-1', {PERSON}", 60),
    "vote_tell": ("", 300),
    "report_add": (f"1, 'film-1', 12, {PERSON}, 'spam', ''", 120),
    "report_weight": ("1, 'film-1', 12", 60),
    "feed_site": ("1", 700),
    "feed_known": ("1, 'reviewer 7'", 6),
    "feed_reviewer": ("1, 'reviewer 7'", 1200),
    "passage_text": ("1, 'film-1'", 20),
    "passage_seen": ("1, 'film-1'", 20),
    "passage_list": ("1, 'film-1'", 500),
    "passage_lock": ("1, 'film-1'", 30),
    "passage_batch": ("1, 'film-1', 0", 300),
    "passage_set": ("1, '{11,12}', '{0,4}', '{4,0}'", 100),
    "log_lock": ("1", 10),
    "log_head": ("1", 10),
    "log_add": (f"1, 1, 30000, 1, {NOBODY}, 'm', 'a', 1, '', '', '', '', '',"
                " 0", 70),
    "log_get": ("1, '{10,11,12}'", 60),
    "log_list": ("1, 9223372036854775807", 900),
    "log_find": ("1, 9223372036854775807, '', '', '', 0, 0, 100", 1200),
    "log_seal_add": ("1, 9, 1, 'v4'", 60),
    "log_seal_last": ("1", 5),
    "log_seal_list": ("1, 0", 10),
    "log_walk": ("1, 19000", 4000),
    "ruling_walk": ("1, 19000", 4000),
    "deferred_list": ("1, 0", 250),
    "deferred_lock": ("1, 'film-1', 97", 30),
    "deferred_settle": ("1, 97, 'shown', '', '{slow,f,1,a,b,1}'", 110),
    "search_comments": ("1, 'Zvyagintsev', '', '', '', 0,"
                        " 9223372036854775807", 1600),  # 100 are found
    "search_reviews": ("1, 'Somebody', '', '', '', 0", 600),
    "keep_patient": ("", 5),
    "keep_head": ("1, ''", 4000),
    "keep_tables": ("", 4000),          # of the catalog
    "keep_rows": ("'comment', '{thread_id,id}', 'thread_id', 0, '{7,1}', 500",
                  2500),
    "forget_ask": (PERSON, 60),
    "forget_next": ("", 200),
    "forget_tree": ("1, 11", 20),
    "forget_change": ("1, 12", 60),
    "forget_whose": ("1, 12", 150),
    "forget_votes": (PERSON, 9000),
    "forget_still": (PERSON, 20),
    "forget_rest": (PERSON, 4000),
    "forget_find": ("'', 12", 20),
    "forget_comments": (f"1, {PERSON}, 0, 0", 600),
    "forget_data": (f"{PERSON}, 0, 0", 4000),
    "retain": ("90, 365, 365, 30", 9000),
    "search_lock": ("", 5),
    "search_follow": ("", 3000),        # 200 changes
    "search_fill": ("0, 200", 3000),
    "search_filled": ("", 5),
    "search_filled_set": ("9", 10),
    "search_reviews_fill": ("1", 100000),   # foyerctl alone asks for all
    "page_pinned": ("3, '{13,23}'", 150),
    "deed_value": ("1, 'ban', 0, 0, md5('4500')", 20),
    "deed_put": ("1, 'lock', 1, 11, '', 'locked', '', 'm'", 600),
    "deed_at": ("1, 'film-1', 11", 30),
    "deed_edit": ("1, 12, 'b', 'h', 'f', 'n'", 60),
    "letter_list": ("1, 9223372036854775807", 250),
    "letter_of": ("1, 'film-1'", 150),
    "reason_list": ("1", 20),
    "terms_list": ("1", 30),
    "terms_site": ("1", 30),
    "terms_walk": ("1, 0", 6500),       # 200 threads, and all change
    "person_get": (f"1, {PERSON}", 250),
    "person_comments": (f"1, {PERSON}, 9223372036854775807", 400),
    "person_near": (f"1, {PERSON}", 2500),
    "person_names": (f"1, {PERSON}", 200),
    "person_find": ("1, 'Read'", 6500),     # 1,000 comments of that name
    "person_note": (f"1, {PERSON}, 'w', 'm'", 30),
    "person_here": (f"1, {PERSON}", 250),
    "person_swept": (f"1, {PERSON}", 60),
    "ban_list": ("1, 9223372036854775807", 6000),
    "insight_follow": ("1, 1", 3000),   # nothing to do: catalogs, all of it
    "insight_reset": ("1", 400),        # deletes sums, not rows
    "insight_days": ("1, 20000, 20366, 'month'", 100),
    "insight_waits": ("1, 20000, 20366, 'day'", 100),
    "insight_qualities": ("1, 20000, 20366", 20),
    "insight_busiest": ("1, 'month', 20500", 60),
    "insight_times": ("1", 4500),
    "insight_rulings": ("1", 600),
    "insight_ask": ("1, 'links'", 20),
    "insight_asked": ("1", 10),
    "insight_answer": ("1, 'bayes', 1", 20),
    "queue_list": ("1, 0, '', '', '', ''", 6000),
    "queue_reach": ("1, 0, ''", 1300),
    "queue_total": ("1", 6000),
    "queue_languages": ("1", 30),
    "rule_trees": (f"1, {SLUGS}, {IDS}", 300),
    "rule_lock": (f"1, {SLUGS}, {IDS}", 300),
    "rule_stands": (f"1, {SLUGS}, {IDS}, '{{0,0,0,0}}', '{{0,0,0,0}}'",
                    300),
    "rule_reports": (f"{THREADS}, {IDS}, '{{spam,spam,spam,spam}}',"
                     " '{1,2,3,4}', '{0,0,0,0}'", 100),
    "rule_put": (f"{THREADS}, {IDS}, '{{spam,spam,spam,spam}}',"
                 " '{f,f,f,f}', '{a,b,c,d}', '{\"\",\"\",\"\",\"\"}'", 500),
    "rule_place": (f"{THREADS}, '{{1,11,21,20001}}'", 500),
    "rule_undo": ("1, '{29000}', '', 'm'", 500),
    "rule_also": ("1, '{trust}', '{00000000-0000-4000-8000-000000000000}',"
                  " '{trusted}', '', 'm'", 300),
    "rule_changes": (f"{THREADS}, {IDS}, '{{0,1,0,1}}'", 60),
    "rule_log": (f"1, 30000, 1, {NOBODY}, 'm', {THREADS}, '{{a,a,a,a}}',"
                 f" {IDS}, '{{a,b,c,d}}', '{{a,b,c,d}}', '{{a,b,c,d}}',"
                 " '{0,0,0,0}', '{00,00,00,00}', '{00,00,00,00}'", 200),
}


# Their plans are made when they first run, by functions, which keep them.
FUNCTIONS = {"comment_place", "deed_put", "deed_value", "rule_also",
             "rule_undo"}


def call(name, parameters):
    return f"EXECUTE {name}" + (f"({parameters})" if parameters else "")


def explain(db, name, parameters):
    """The plan as it ran; what it wrote is rolled back."""
    with db.transaction(force_rollback=True):
        if not db.execute("SELECT FROM pg_prepared_statements WHERE name = %s",
                          [name]).fetchall():
            db.execute(f"PREPARE {name} AS {STATEMENTS[name]}")
        if name in FUNCTIONS:
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


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_statement_reads_no_whole_table(db, name):
    parameters, most = CASES[name]
    plan = explain(db, name, parameters)
    scanned = {node["Relation Name"] for node in nodes(plan)
               if node["Node Type"] == "Seq Scan"}
    if name not in ("account_list", "totp_list"):   # foyerctl's
        assert not scanned & GROWING
    assert pages(plan) <= most


# Moderators' pages, narrowed: parameters, and the most pages.
NARROWED = [
    ("queue_list", "1, 0, 'film-500', '', '', ''", 150),
    ("queue_list", "1, 0, 'film-1', '', '', ''", 3000),     # 206 wait in it
    ("queue_list", "1, 0, 'nothing', '', '', ''", 20),
    ("queue_list", "1, 50000, '', '', '', ''", 4000),
    ("queue_list", "1, 0, '', 'ru', '', ''", 9000),         # 1,200 looked at
    ("queue_list", "1, 0, '', '', 'banned', ''", 4000),
    ("queue_list", "1, 0, '', '', '', 'nothing'", 4000),
    ("queue_reach", "1, 0, 'film-500'", 20),
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
