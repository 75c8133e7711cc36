"""test_proof.py: proof of work in a browser: foyer's own, ALTCHA's, none."""

import json

import pytest

import npm
from foyer import Foyer
from postgres import cluster  # noqa: F401

SLUG = "the-new-babylon-1929"
POW = {"challenge": True, "key": "of the tests alone, 32 letters at least",
       "least": "20000"}
# Before any script of the page runs: how long the longest task was.
WATCH = """
window.longest = 0;
new PerformanceObserver(list => list.getEntries().forEach(e =>
    window.longest = Math.max(window.longest, e.duration))
).observe({entryTypes: ['longtask']});
"""
FORM = f"""<!doctype html><html lang=en><title>A form of ours</title>
<script type=module src=/journal/altcha.js></script>
<form method=post action=/foyer/threads/{SLUG}/comments>
<input name=author value=Vera><textarea name=body>By ALTCHA.</textarea>
<altcha-widget auto=onload challenge="/foyer/challenge?review={SLUG}"></altcha-widget>
<button>Send</button></form>"""


@pytest.fixture(scope="module")
def foyer(cluster):  # noqa: F811
    with Foyer(cluster, policy="open", filters={"pow": POW}) as made:
        yield made


def state(foyer, body):
    return foyer.query("SELECT state::text FROM comment WHERE body = %s",
                       body)[0][0]


def test_a_reader_notices_nothing(person, foyer):
    reader = person(javascript=True)
    watch = reader.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    tasks = []
    for n in range(3):                  # a busy machine makes tasks longer
        reader.go(f"/reviews/{SLUG}")
        reader.script("window.longest = 0")
        reader.fill(".write", author="Vera", body=f"With a proof, {n}.")
        assert reader.post("Send comment")
        assert state(foyer, f"With a proof, {n}.") == "shown"
        tasks.append(reader.script("return window.longest"))
    reader.driver.execute_cdp_cmd(
        "Page.removeScriptToEvaluateOnNewDocument", watch)
    print("the longest tasks:", tasks)
    assert min(tasks) <= 50, tasks


def test_a_reply_brings_a_proof_too(person, foyer):
    number = foyer.query("SELECT min(id) FROM comment")[0][0]
    reader = person(javascript=True).go(f"/reviews/{SLUG}")
    reader.find(f"#comment-{number} [href*=reply]").click()
    reader.wait("return document.querySelector('.here textarea') && 1")
    assert not reader.all(".here noscript")
    reader.fill(".here", author="Lev", body="A reply, with a proof.")
    reader.named("Send reply").click()
    reader.wait("return document.body.textContent.includes(arguments[0]) || "
                "null", "A reply, with a proof.")
    assert state(foyer, "A reply, with a proof.") == "shown"


def test_without_javascript_it_waits_and_says_so(person, foyer):
    reader = person().go(f"/reviews/{SLUG}")
    assert "Without JavaScript your comment waits for a moderator." in \
        reader.words(".write")
    reader.fill(".write", author="Vera", body="Without a proof.")
    reader.post("Send comment")
    assert "waits for a moderator" in reader.words()
    assert state(foyer, "Without a proof.") == "held"


def test_altchas_widget_in_a_form_of_the_journals(person, foyer):
    text = npm.text("altcha/dist/main/altcha.min.js")
    (foyer.folder / "samples/journal/altcha.js").write_text(text)
    (foyer.folder / "samples/journal/form.html").write_text(FORM)
    reader = person(javascript=True).go("/journal/form.html")
    payload = reader.wait(
        "return document.querySelector('altcha-widget [name=altcha]')?.value")
    read = reader.script("return atob(arguments[0])", payload)
    assert set(json.loads(read)) == {"algorithm", "challenge", "number",
                                     "salt", "signature", "took"}
    reader.click("Send")
    assert state(foyer, "By ALTCHA.") == "shown"
