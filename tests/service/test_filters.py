"""test_filters.py: what the filters say decides who waits."""

import signal
import subprocess
import uuid

from foyer import Foyer, own
from postgres import ROOT
from process import wait_until

SETTINGS = {"filters": {"links": {}, "honeypot": {}}}


def verdict(foyer, number):
    rows = foyer.query("SELECT filter, score, reason FROM evidence "
                       "WHERE comment_id = %s", number)
    return {name: (score, reason) for name, score, reason in rows}


def test_an_ordinary_comment_is_shown(foyer, reader, slug):
    posted = reader.comment(
        slug, "The long take on the bridge still haunts me.")
    assert posted.json["state"] == "shown"
    said = verdict(foyer, posted.json["id"])
    assert set(said) == {"links", "honeypot"}


def test_a_crowd_of_links_waits(foyer, reader, slug):
    links = " ".join(f"https://shop{n}.example/cheap" for n in range(20))
    posted = reader.comment(slug, f"Buy {links}")
    assert posted.status == 201
    assert posted.json["state"] == "held"
    score, reason = verdict(foyer, posted.json["id"])["links"]
    assert score > 0 and reason


def test_a_filled_trap_waits_and_its_sender_learns_nothing(foyer, reader,
                                                           slug):
    form = reader.get(f"/reviews/{slug}").form("/comments")
    assert form.fields["website"] == ""
    sent = reader.submit(form, author="Bot", body="Great post!",
                         website="https://bot.example/")
    assert sent.status == 303
    number = int(sent.location.rpartition("/")[2])
    assert "waits for a moderator" in reader.follow(sent).words
    score, reason = verdict(foyer, number)["honeypot"]
    assert score > 0 and reason
    states = foyer.query("SELECT state::text FROM comment WHERE id = %s",
                         number)
    assert states[0][0] in ("held", "spam")


def test_health_names_the_filters(reader):
    health = reader.json("/foyer/health")
    names = [entry["name"] for entry in health["filters"]]
    assert names == ["links", "honeypot"]
    assert all(entry["state"] == "ok" for entry in health["filters"])
    assert health["status"] == "ok"


def test_whoever_posts_very_fast_waits(cluster):
    with Foyer(cluster, policy="open", filters={"pace": {}}) as foyer:
        reader, states = foyer.reader(), []
        for n in range(40):
            posted = reader.comment(foyer.slugs[0], f"{n} {uuid.uuid4()}")
            assert posted.status == 201, posted
            states.append(posted.json["state"])
        assert states[0] == "shown" and states[-1] == "held"


def words_say(foyer, what):
    """Once they have read their list again, within a second or two."""
    def come():
        made = foyer.reader().comment(foyer.slugs[0], f"A {uuid.uuid4()}.",
                                      email="a@Mail.example").json["id"]
        return verdict(foyer, made)["words"] == what
    wait_until(come, f"{what}")


def shown_list(moderator):
    page = moderator.get("/foyer/admin/filters").valid()
    return page, next("".join(pre.itertext()) for pre in page.tree.iter("pre")
                      if pre.get("class") == "list")


def test_a_list_of_words_is_read_again_and_names_its_rules(cluster):
    settings = {"words": {"file": "/tmp/none"}, "newcomer": {}}
    foyer = Foyer(cluster, policy="open", filters=settings)
    rules = foyer.folder / "words"
    rules.write_text("casino body 80 casino\n")
    settings["words"]["file"] = str(rules)
    with foyer:
        reader, slug = foyer.reader(), foyer.slugs[0]
        said = verdict(foyer, reader.comment(slug, "Casino!").json["id"])
        assert said["words"] == (80, "casino")
        assert said["newcomer"] == (10, "their first comment")
        rules.chmod(0o644)
        moderator = foyer.moderator()
        page, shown = shown_list(moderator)
        assert shown == "casino body 80 casino\n"
        assert "The list of words" in page.words
        with rules.open("r+") as file:
            file.write("away mail 40 mail.example\n")
            file.truncate()
        words_say(foyer, (40, "away"))
        aside = foyer.folder / "words.new"
        aside.write_text("other mail 50 mail.example\n")
        own(foyer.folder)
        aside.rename(rules)
        words_say(foyer, (50, "other"))
        line = "# длинная строка\n"
        rules.write_text(line * 3000)
        assert shown_list(moderator)[1] == line * (65536 // len(
            line.encode())) + "…\n"


PLUGIN = """
#include <foyer/plugin.h>
static int
judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	(void)state;
	(void)c;
	v->reason = "%s";
	return 0;
}
FOYER_PLUGIN(.name = "teller", .version = "1.0", .judge = judge);
"""


def build(folder, reason):
    """A plugin that says this, under the name aside.so."""
    (folder / "teller.c").write_text(PLUGIN % reason)
    subprocess.run(["cc", "-std=c11", "-fPIC", "-shared", "-I",
                    ROOT / "plugins/include", "-o", folder / "aside.so",
                    folder / "teller.c"], check=True)
    own(folder)


def test_a_plugin_that_was_replaced_is_taken_with_a_reload(cluster):
    foyer = Foyer(cluster, policy="open", filters={"teller": {}},
                  filter_deadline=1000)
    plugins = foyer.folder / "plugins"

    def teller_says():
        made = foyer.reader().comment(foyer.slugs[0], str(uuid.uuid4()))
        return verdict(foyer, made.json["id"])["teller"][1]

    prepare = foyer.prepare
    foyer.prepare = lambda: (prepare(), build(plugins, "the first"),
                             (plugins / "aside.so").rename(
                                 plugins / "teller.so"))
    with foyer:
        assert teller_says() == "the first"
        build(plugins, "the second")
        (plugins / "aside.so").rename(plugins / "teller.so")
        assert teller_says() == "the first"
        foyer.daemon.kill(signal.SIGHUP)
        wait_until(lambda: teller_says() == "the second", "the second", 30)
        (plugins / "aside.so").write_text("no plugin any more")
        (plugins / "aside.so").rename(plugins / "teller.so")
        foyer.daemon.kill(signal.SIGHUP)
        foyer.daemon.wait_for("this is no shared object (ELF)", 30)
        wait_until(lambda: teller_says() == "is not loaded", "fresh workers",
                   30)


def test_a_flood_over_two_nodes_is_seen_by_both(cluster):
    words = "Buy the cheapest watches of the whole world at our shop today."
    settings = {"policy": "open", "filters": {"duplicate": {}}}
    with Foyer(cluster, **settings) as one, \
            Foyer(cluster, like=one, **settings) as two:
        def measured(node, slug):
            made = node.reader().comment(slug, words, key=str(uuid.uuid4()))
            return node.query(
                "SELECT features FROM evidence WHERE comment_id = %s",
                made.json["id"])[0][0]

        assert "places=2" not in measured(one, one.slugs[0])
        wait_until(lambda: "places=2" in measured(two, one.slugs[1]),
                   "it to be noticed", 30)
