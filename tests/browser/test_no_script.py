"""test_no_script.py: hostile texts before a real browser: no script of theirs
runs, and none of the page's policies has anything to refuse."""

import itertools
import json

import pytest

import hostile
from foyer import Foyer
from person import Person

# Tells of whatever ran or was refused, from before the page's first byte on.
WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'eval'])
    window[name] = text => ran.push([name, String(text)]);
addEventListener('securitypolicyviolation',
    e => ran.push([e.violatedDirective, e.blockedURI, e.sample]), true);
"""

# Pokes at everything, then says what ran and what should not be there.
POKE = """
const allowed = new Set(arguments[0]), faults = [];
for (const e of document.querySelectorAll('main *')) {
    for (const type of ['mouseover', 'focus', 'error', 'load', 'toggle'])
        e.dispatchEvent(new Event(type));
    const own = e.closest('.words');
    if (own && own != e && !allowed.has(e.localName))
        faults.push(e.outerHTML.slice(0, 100));
    for (const a of e.attributes)
        if (/^on|^style$|^srcdoc$/i.test(a.name))
            faults.push(e.outerHTML.slice(0, 100));
    for (const url of [e.href, e.src, e.action, e.formAction])
        if (url && !/^(https?|mailto):/.test(url.baseVal ?? url))
            faults.push(String(url.baseVal ?? url));
}
document.querySelectorAll('details').forEach(e => e.open = true);
return [window.ran, faults];
"""


@pytest.fixture(scope="module")
def foyer(cluster):
    """All texts, a slug for each kind; a review of nothing else."""
    with Foyer(cluster, policy="open", filters={}) as made:
        reader = made.reader()
        for slug, texts in zip(made.slugs, [hostile.attacks(), hostile.ODD]):
            for text in texts:
                reader.comment(slug, text, author=text[:80] or "-",
                               anchor=json.dumps({"exact": text[:300]}))
        held = made.slugs[2]
        made.query("UPDATE thread SET own = true, policy = 'all' WHERE id = "
                   "(SELECT id FROM review WHERE slug = %s)", held)
        for text in [*hostile.MUTATIONS, *hostile.FENCES]:
            made.reader().comment(held, text, author=text[:80])
        evil = made.folder / "evil.txt"
        evil.write_text("Issue 9 (2026)\n\nNo <b>One</b>: A Film (2001)\n\n"
                        + "\n\n".join(f"Again and again: {text}" for text
                                      in hostile.attacks()), encoding="utf-8")
        made.ctl("review", "import", "--slug", "evil", evil)
        yield made


@pytest.fixture(params=[False, True], ids=["policy", "no policy"])
def visitor(request, driver, foyer):
    """Somebody whose browser keeps the page's policy, or keeps none: nothing
    may run there either."""
    browser = driver(True, 0)
    browser.execute_cdp_cmd("Page.enable", {})
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": request.param})
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument",
                                    {"source": WATCH})
    made = Person(browser, foyer.port)
    made.look(1280)
    yield made
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
    assert list(made.complaints()) == []


def harmless(person):
    ran, faults = person.script(POKE, list(hostile.WORDS))
    assert ran == [] and faults == [], person.path
    assert person.driver.title and person.path.startswith(("/reviews/",
                                                           "/foyer/"))


PLANT = """
const a = document.createElement('a');
document.querySelector('main').append(a);
try { a.setAttribute('onclick', 'alert(1)'); a.click(); } catch { }
"""


def test_the_watch_sees_what_it_is_for(visitor):
    visitor.go("/reviews/").script(PLANT)
    ran, _ = visitor.script(POKE, [])
    assert ran[0][0] in ("alert", "require-trusted-types-for")
    list(visitor.complaints())


def test_no_readers_page_runs_a_strangers_script(visitor, foyer):
    for slug in [*foyer.slugs, "evil"]:
        visitor.go(f"/reviews/{slug}")
        for _ in itertools.count():
            harmless(visitor)
            more = visitor.all("a[rel=next]")
            if not more:
                break
            visitor.go(more[0].get_attribute("href")
                       .removeprefix(visitor.origin))
    visitor.go("/reviews/")
    harmless(visitor)


def test_no_form_given_back_runs_it(visitor, foyer):
    visitor.expected.add(422)
    texts = list(hostile.attacks())
    for i in range(0, len(texts), 150):
        text = "\n\n".join(texts[i:i + 150])
        visitor.comment(foyer.slugs[0], texts[i], text + "x" * 10000)
        harmless(visitor)
        visitor.fill(author="A reader", body=text[:9000])
        visitor.post("Send comment")
        harmless(visitor)


def test_no_moderators_page_runs_it(visitor, foyer):
    name = f"editor-{visitor.driver.session_id[:4]}-{id(visitor)}"
    visitor.sign_in(name, foyer.add_account(name, "owner"))
    harmless(visitor)
    for path in ["log", f"threads/{foyer.slugs[0]}"]:
        visitor.go(f"/foyer/admin/{path}")
        harmless(visitor)
