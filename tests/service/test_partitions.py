"""test_partitions.py: with comments in parts everything goes on as before, also
for those who are here while they are made."""

import threading

import pytest

from test_deeds import (  # noqa: F401
    act, post, test_a_branch_moves_and_its_links_go_on,
    test_a_moderators_edit_is_told, test_rulings_follow_a_comment_that_moves,
    test_two_moderators_at_once_do_it_once)
from test_person import (  # noqa: F401
    test_a_reader_is_erased_who_says_so)
from test_votes import (  # noqa: F401
    guest, test_eight_voters_at_once_are_counted_right)

OPTIONAL = ["migrate", "--optional", "comment_partitions"]
SETTINGS = {"policy": "open", "filters": {}}


def parts(foyer):
    return foyer.query("SELECT count(*) FROM pg_inherits"
                       " WHERE inhparent = 'comment'::regclass")[0][0]


@pytest.fixture(scope="module", autouse=True)
def parted(foyer):
    """Made while eight readers post, under a review of their own since nobody
    knows how much; each posts again what got a 503."""
    stop, said, slug = threading.Event(), [], foyer.slugs[2]

    def work(number):
        reader, count = foyer.reader(), 0
        while not stop.is_set():
            count += 1
            body = f"{number} says {count}."
            key = f"00000000-0000-4000-8000-{number:04}{count:08}"
            while (got := reader.comment(slug, body, key=key)).status == 503:
                pass
            said.append((got.status, body))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    try:
        done = foyer.ctl("--database", foyer.cluster.conninfo(
            foyer.database, "foyer_owner"), *OPTIONAL)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return done, said, slug


def test_nothing_is_lost_that_was_posted_while_parts_were_made(foyer, parted):
    done, said, slug = parted
    assert done.stdout == "comment_partitions\n" and not done.stderr
    assert parts(foyer) == 16
    assert {status for status, _ in said} == {201}
    kept = foyer.query("SELECT c.body FROM comment c JOIN review r"
                       " ON r.id = c.thread_id WHERE r.slug = %s"
                       " AND c.body LIKE '%% says %%'", slug)
    assert sorted(body for body, in kept) == sorted(body for _, body in said)


def test_they_are_made_once(foyer, parted):
    owner = foyer.cluster.conninfo(foyer.database, "foyer_owner")
    again = foyer.ctl("--database", owner, *OPTIONAL)
    assert again.stdout == "nothing to do\n"
    assert foyer.ctl("--database", owner, "migrate").stdout == (
        "nothing to do\n")
    assert "unbroken" in foyer.ctl("log", "verify").stdout
