"""test_pow.py: proof of work: ALTCHA's protocol, once, harder under attack."""

import json
import signal
import subprocess
import uuid

import pytest

import npm
from altcha import answer, encoded, solve
from foyer import Foyer
from process import wait_until
from prometheus import Metrics

KEY = "of the tests alone, 32 letters at least"
POW = {"challenge": True, "key": KEY, "least": "2000", "most": "64000",
       "calm": "60"}
SETTINGS = {"filters": {"pow": POW}, "workers": 3}


def challenge(reader, slug):
    return reader.json(f"/foyer/challenge?review={slug}")


def post(reader, slug, proof=None):
    fields = {} if proof is None else {"altcha": proof}
    made = reader.comment(slug, f"On the fog. {uuid.uuid4()}", **fields)
    assert made.status == 201, made
    return made.json


def said(foyer, made):
    """Whether pow gave no verdict, and why."""
    return foyer.query("SELECT silent, reason FROM evidence "
                       "WHERE comment_id = %s AND filter = 'pow'",
                       made["id"])[0]


def test_a_comment_with_a_proof_is_shown(foyer, reader, slug):
    made = post(reader, slug, answer(challenge(reader, slug)))
    assert made["state"] == "shown"
    assert said(foyer, made) == (False, "")


def test_one_without_waits_and_is_told_why(foyer, reader, moderator, slug):
    form = reader.get(f"/reviews/{slug}").form("/comments")
    sent = reader.submit(form, author="Vera", body="Without JavaScript.")
    assert sent.status == 303
    assert "waits for a moderator" in reader.follow(sent).words
    made = {"id": int(sent.location.rpartition("/")[2])}
    assert said(foyer, made) == (True, "no proof of work came with it")
    assert "silent: no proof of work came with it" in \
        moderator.get("/foyer/admin/").words


def test_the_form_says_that_it_waits(foyer, reader, slug):
    for path in [f"/reviews/{slug}", f"/foyer/threads/{slug}.html"]:
        page = reader.get(path)
        assert f'data-challenge="/foyer/challenge?review={slug}"' in page.text
        assert "<noscript>" in page.text
    assert "Without JavaScript your comment waits" in page.words


def test_a_proof_is_good_once_whoever_of_the_workers_is_asked(foyer, slug):
    reader = foyer.reader()
    proof = answer(challenge(reader, slug))
    assert post(reader, slug, proof)["state"] == "shown"
    for _ in range(9):
        made = post(foyer.reader(), slug, proof)
        assert made["state"] == "held"
        assert said(foyer, made) == (True,
                                     "the proof of work was used before")


def test_what_was_changed_waits(foyer, reader, slug):
    given = challenge(reader, slug)
    number = solve(given)
    good = given | {"number": number}
    easy = given["salt"].replace("max=2000", "max=1000")
    assert easy != given["salt"]
    for change, why in [
            ({"number": number + 1}, "is wrong"),
            ({"signature": "0" * 64}, "is for a challenge of somebody else"),
            ({"salt": easy}, "is wrong"),
            ({"salt": given["salt"] + "1"}, "can't be read"),
            ({"algorithm": "SHA-512"}, "can't be read")]:
        made = post(reader, slug, encoded(good | change))
        assert made["state"] == "held"
        assert said(foyer, made) == (True, f"the proof of work {why}")
    assert post(reader, slug, encoded(good))["state"] == "shown"


def test_a_reload_forgets_none_and_takes_what_was_given_out(foyer, slug):
    reader = foyer.reader()
    proof, unused = [answer(challenge(reader, slug)) for _ in range(2)]
    assert post(reader, slug, proof)["state"] == "shown"
    before = foyer.others()
    foyer.daemon.kill(signal.SIGHUP)
    wait_until(lambda: not set(before) & set(foyer.others()),
               "fresh children", 30)
    wait_until(foyer.well, "the filters")
    made = post(foyer.reader(), slug, proof)
    assert said(foyer, made) == (True, "the proof of work was used before")
    assert post(foyer.reader(), slug, unused)["state"] == "shown"


def test_an_edit_brings_a_proof_too(foyer, slug):
    reader = foyer.reader()
    made = post(reader, slug, answer(challenge(reader, slug)))
    path = f"/foyer/threads/{slug}/comments/{made['id']}"
    assert "data-challenge" in reader.get(path).text
    for more, state in [({"altcha": answer(challenge(reader, slug))}, "shown"),
                        ({}, "held")]:
        done = reader.post_json(f"{path}/edit", {
            "body": f"On the mist. {uuid.uuid4()}"} | more)
        assert (done.status, done.json["state"]) == (200, state), done


def counted(foyer):
    told = Metrics(foyer.reader().get("/foyer/metrics").text)
    return [told.get(f"foyer_filter_{what}_total", filter="pow")
            for what in ["asked", "abstained", "challenges", "faults"]]


def test_metrics_tell_how_many_brought_none(foyer, slug):
    before, reader = counted(foyer), foyer.reader()
    post(reader, slug, answer(challenge(reader, slug)))
    post(foyer.reader(), slug)
    assert [after - was for after, was in zip(counted(foyer), before)] == \
        [3, 1, 1, 0]


def test_moderators_need_none(foyer, moderator, slug):
    assert post(moderator, slug)["state"] == "shown"


# ---- with what npm has ----

# Its own solver, and its own look at what ours gave out and found.
SCRIPT = """
import {solveChallenge, verifySolution, createChallenge} from 'altcha-lib/v1';
const [given, ours, key] = JSON.parse(process.argv[1]);
const found = await solveChallenge(given.challenge, given.salt,
    given.algorithm, given.maxnumber).promise;
const theirs = btoa(JSON.stringify({algorithm: given.algorithm,
    challenge: given.challenge, number: found.number, salt: given.salt,
    signature: given.signature, took: found.took}));
console.log(JSON.stringify([theirs, await verifySolution(ours, key),
    await verifySolution(ours, key + '!'), await verifySolution(theirs, key),
    await createChallenge({hmacKey: key, maxnumber: 1000,
        expires: new Date(Date.now() + 60000)})]));
"""


def test_altcha_lib_solves_ours_and_verifies_what_we_solved(foyer, reader,
                                                            slug):
    npm.text("altcha-lib/package.json")
    given, other = [challenge(reader, slug) for _ in range(2)]
    ours = answer(other)
    out = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT,
         json.dumps([given, ours, KEY])], cwd=npm.TO, timeout=60, check=True,
        stdout=subprocess.PIPE, text=True).stdout
    theirs, verified, stranger, again, made = json.loads(out)
    assert verified and again and not stranger
    assert post(reader, slug, theirs)["state"] == "shown"
    assert post(reader, slug, ours)["state"] == "shown"
    # Signed with our key, but nothing that we gave out: no limit of it is ours.
    assert post(reader, slug, answer(made))["state"] == "held"


# ---- under attack, and without it ----

def test_it_is_harder_while_much_comes_in(cluster):
    with Foyer(cluster, policy="open", filters={"pow": POW | {
            "calm": "5", "seconds": "30"}}) as foyer:
        reader, slug = foyer.reader(), foyer.slugs[0]
        early = answer(challenge(reader, slug))
        assert challenge(reader, slug)["maxnumber"] == 2000
        for _ in range(10):
            post(foyer.reader(), slug)
        assert challenge(reader, slug)["maxnumber"] == 2000 * (20 // 5) ** 2
        made = post(reader, slug, early)
        assert said(foyer, made)[1] == \
            "the proof of work was too easy for what comes in now"
        for _ in range(20):
            post(foyer.reader(), slug)
        hard = challenge(reader, slug)
        assert hard["maxnumber"] == 64000
        assert post(reader, slug, answer(hard))["state"] == "shown"


def test_without_the_filter_nothing_speaks_of_it(cluster):
    with Foyer(cluster, policy="open", filters={"links": {}}) as foyer:
        reader, slug = foyer.reader(), foyer.slugs[0]
        assert reader.get("/foyer/challenge").status == 404
        assert "challenge" not in reader.get(f"/reviews/{slug}").text
        assert post(reader, slug, "whatever")["state"] == "shown"
        foyer.filters = {"links": {}, "pow": POW}
        foyer.write_conf()
        before = foyer.others()
        foyer.daemon.kill(signal.SIGHUP)
        wait_until(lambda: not set(before) & set(foyer.others()),
                   "fresh children", 30)
        wait_until(lambda: "data-challenge" in
                   reader.get(f"/reviews/{slug}").text, "the page anew")
        assert "data-challenge" in reader.get(f"/reviews/{slug}").text


@pytest.mark.parametrize("wrong, why", [
    ({"challenge": False}, "its section must say so (challenge = true)"),
    ({"key": "short"}, "would not open")])
def test_a_wrong_section_is_told_of(cluster, wrong, why):
    foyer = Foyer(cluster, policy="open", filters={"pow": POW | wrong})
    foyer.well = lambda: True
    with foyer:
        wait_until(lambda: why in foyer.daemon.output(), "the log")
        asked = f"/foyer/challenge?review={foyer.slugs[0]}"
        assert foyer.reader().get(asked).status in (404, 503)
        assert post(foyer.reader(), foyer.slugs[0])["state"] == "held"
