"""test_unspoiled.py: what spoils the film is not in what search may tell."""

import pytest

ROWS = [
    ("It ends: ||rain||.", "It ends: …."),
    ("||a|| and ||b||, c", "…, c"),
    ("|| a ||secret||", "…"),
    ("x ||| y ||secret||", "x …"),
    ("||over\nlines|| on", "… on"),
    ("a || b\n\nc || d", "a || b\n\nc || d"),
    ("||a||\n\nplain\n\n||b||", "…\n\nplain\n\n…"),
    ("no marks | at all", "no marks | at all"),
]


@pytest.fixture(scope="module")
def db(cluster):
    with cluster.connect(cluster.fresh()) as connection:
        yield connection


@pytest.mark.parametrize("words, told", ROWS)
def test_spoilers_are_left_out(db, words, told):
    row = db.execute("SELECT unspoiled(%s, false)", [words]).fetchone()
    assert row == (told,)


def test_nothing_is_told_of_a_comment_that_spoils(db):
    assert db.execute("SELECT unspoiled('a', true)").fetchone() == ("",)


def test_a_long_body_takes_no_time(db):
    db.execute("SET statement_timeout = '2s'")
    for unit in ["|", "||", "|| ", "||\n", "a||", "|| a\n\n"]:
        db.execute("SELECT unspoiled(%s, false)", [unit * 5000])
