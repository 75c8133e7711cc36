"""test_filters.py: what the filters say decides who waits."""

import uuid

from foyer import Foyer

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
        with rules.open("r+") as file:
            file.write("away mail 40 mail.example\n")
            file.truncate()
        made = reader.comment(slug, "No more casino.",
                              email="a@Mail.example").json["id"]
        assert verdict(foyer, made)["words"] == (40, "away")
