"""test_mail.py: replies come by mail to who asked, and to nobody else."""

import re
import uuid

import pytest

from foyer import Foyer
from mailing import comment, confirmed, followers, link, settled
from process import wait_until


@pytest.fixture(scope="module")
def foyer(cluster, box):
    with Foyer(cluster, policy="open", filters={}, **box.settings,
               mail_moderators="desk@journal.example",
               name='Ж "Кино"\\') as made:
        yield made


def rule(foyer, moderator, number, act="approve"):
    done = moderator.post_json(f"/foyer/admin/threads/{foyer.slugs[0]}"
                               f"/comments/{number}/rule", {"act": act})
    assert done.status == 200, done


# ---- the way of a reader ----

def test_a_held_reply_comes_by_mail_once_it_is_approved(foyer, box, moderator,
                                                        address):
    _, number = confirmed(foyer, box, address)
    foyer.query("UPDATE thread SET policy = 'all'")
    try:
        answer = comment(foyer, foyer.reader(), parent=number,
                         author="Анна Ж.")
        settled(foyer)
        assert len(box.to(address)) == 1
        rule(foyer, moderator, answer)
    finally:
        foyer.query("UPDATE thread SET policy = 'open'")
    mail = box.wait(address, 2)[1]
    assert "Анна Ж." in mail["Subject"]
    assert f"/foyer/comments/{answer}" in mail.get_content()
    assert mail.get_content().count("> ") >= 1
    settled(foyer)
    assert len(box.to(address)) == 2


def test_the_form_has_the_tick_and_works_without_scripts(foyer, box, address):
    reader = foyer.reader()
    page = reader.get(f"/reviews/{foyer.slugs[1]}").valid()
    form = page.form("/comments")
    done = reader.submit(form, author="Ann", body="A slow film.",
                         follow="true")
    assert done.status == 422 and "address that replies" in done.words
    form = done.valid().form("/comments")
    assert form.fields["follow"] == "true"
    done = reader.submit(form, email=address)
    assert done.status == 303, done
    [mail] = box.wait(address)
    page = reader.get(link(mail)).valid()
    assert foyer.reader().get("/reviews/" + foyer.slugs[1]).status == 200
    assert "Yes, tell me of replies" in page.words


def test_nothing_comes_before_the_address_is_confirmed(foyer, box, address):
    reader = foyer.reader()
    number = comment(foyer, reader, email=address, follow=True)
    box.wait(address)
    comment(foyer, foyer.reader(), parent=number)
    settled(foyer)
    assert len(box.to(address)) == 1


def test_who_confirmed_once_is_not_asked_again(foyer, box, address):
    reader, _ = confirmed(foyer, box, address)
    second = comment(foyer, reader, email=address, follow=True)
    assert followers(foyer, second) == [(True,)]
    answer = comment(foyer, foyer.reader(), parent=second)
    assert f"comments/{answer}" in box.wait(address, 2)[1].get_content()
    another = comment(foyer, foyer.reader(), email=address, follow=True)
    assert followers(foyer, another) == [(False,)]


def test_an_address_without_the_tick_gets_nothing(foyer, box, address):
    number = comment(foyer, foyer.reader(), email=address)
    settled(foyer)
    assert box.to(address) == [] and followers(foyer, number) == []


def test_ones_own_replies_are_not_told(foyer, box, address):
    reader, number = confirmed(foyer, box, address)
    comment(foyer, reader, parent=number)
    settled(foyer)
    assert len(box.to(address)) == 1


def test_a_reply_that_moves_with_its_branch_is_told_once(foyer, box,
                                                         moderator, address):
    _, number = confirmed(foyer, box, address)
    comment(foyer, foyer.reader(), parent=number)
    box.wait(address, 2)
    settled(foyer)
    foyer.query("DELETE FROM outbox")       # as after a month
    done = moderator.post_json(f"/foyer/admin/threads/{foyer.slugs[0]}"
                               f"/comments/{number}/act",
                               {"act": "move", "value": foyer.slugs[1]})
    assert done.status == 200, done
    settled(foyer)
    assert len(box.to(address)) == 2
    later = comment(foyer, foyer.reader(), slug=foyer.slugs[1], parent=number)
    assert f"comments/{later}" in box.wait(address, 3)[2].get_content()


# ---- what a mail is ----

def test_a_mail_is_plain_and_says_how_to_end_it(foyer, box, address):
    _, number = confirmed(foyer, box, address)
    comment(foyer, foyer.reader(), parent=number)
    ask, reply = box.wait(address, 2)
    for mail in (ask, reply):
        assert mail["From"].addresses[0].display_name == 'Ж "Кино"\\'
        assert mail["From"].addresses[0].addr_spec == "foyer@journal.example"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail.get_content_type() == "text/plain"
        assert mail["Message-ID"].endswith("@journal.example>")
        assert mail["Date"].datetime
        assert not mail.defects
    assert ask["List-Unsubscribe"] is None
    assert reply["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one = reply["List-Unsubscribe"].replace(" ", "").strip("<>")
    assert one == link(reply)


def test_a_reply_under_a_russian_review_is_told_in_russian(foyer, box,
                                                           address):
    slug = foyer.slugs[2]
    foyer.query("UPDATE review SET language = 'ru' WHERE slug = %s", slug)
    reader = foyer.reader()
    comment(foyer, reader, slug=slug, email=address, follow=True)
    [mail] = box.wait(address)
    assert mail["Subject"] == "Сообщать вам об ответах?"
    assert "Если это были вы" in mail.get_content()


def test_what_spoils_is_not_in_the_mail(foyer, box, address):
    _, number = confirmed(foyer, box, address)
    foyer.reader().comment(foyer.slugs[0], "He dies.", parent=number,
                           spoiler=True, key=str(uuid.uuid4()))
    assert "dies" not in box.wait(address, 2)[1].get_content()


@pytest.mark.parametrize("name", [
    "Ann\r\nBcc: all@victim.example", "Ann\nSubject: x", "=?utf-8?Q?A?=",
    'Ann" <a@b.example>', "А" * 80])
def test_no_name_can_add_a_header(foyer, box, address, name):
    _, number = confirmed(foyer, box, address)
    comment(foyer, foyer.reader(), parent=number, author=name)
    mail = box.wait(address, 2)[1]
    assert mail["Bcc"] is None and len(mail.get_all("Subject")) == 1
    assert " ".join(name.split()) in mail["Subject"]
    raw = next(kept.content for to, _, kept in box.mails
               if to == address and kept.content.count(b"List-Unsub"))
    assert max(map(len, raw.splitlines())) < 998


@pytest.mark.parametrize("wrong", [
    "a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example, c@d.example",
    "<a@b.example>", "a b@c.example", "a@[127.0.0.1]", "a@\u2026.example"])
def test_an_address_that_is_none_is_refused(foyer, wrong):
    said = foyer.reader().comment(foyer.slugs[0], "x", email=wrong,
                                  follow=True)
    assert (said.status, said.json["field"]) == (422, "email")
    assert said.json["type"] == "/foyer/problems/email-bad"


def test_a_domain_of_any_letters_gets_mail(foyer, box, address):
    local, domain = address.partition("@")[0], "xn--h1adke.example"
    comment(foyer, foyer.reader(), email=f"{local}@КИНО.example", follow=True)
    box.wait(f"{local}@{domain}")
    said = foyer.ctl("mail", "test", f"test-{local}@кино.example")
    assert "has taken it" in said.stdout
    box.wait(f"test-{local}@{domain}")


@pytest.mark.parametrize("domain", ["кино.example", "journal.example"])
def test_other_letters_before_the_at_are_refused_in_words(foyer, box, domain):
    reader, wrong = foyer.reader(), f"ж.читатель@{domain}"
    said = reader.comment(foyer.slugs[0], "x", email=wrong, follow=True)
    assert (said.status, said.json["field"]) == (422, "email")
    assert said.json["type"] == "/foyer/problems/email-letters"
    form = reader.get(f"/reviews/{foyer.slugs[0]}").form("/comments")
    page = reader.submit(form, {"Accept-Language": "ru"}, author="Ann",
                         body="x", email=wrong, follow="true").valid()
    assert page.status == 422 and "a to z before the @" in page.words
    assert page.form("/comments").fields["email"] == wrong
    done = foyer.ctl("mail", "test", wrong, check=False)
    assert done.returncode == 2 and "a to z before the @" in done.stderr
    # Nobody is written to: then it is an address like any other.
    assert reader.comment(foyer.slugs[0], "Not followed.",
                          email=wrong).status == 201


# ---- whose the address is ----

def test_the_database_alone_tells_no_address(foyer, box, address):
    _, number = confirmed(foyer, box, address)
    kept = foyer.query("SELECT row_to_json(f)::text FROM follower f"
                       " WHERE comment_id = %s", number)[0][0]
    assert address.partition("@")[0] not in kept
    assert address not in foyer.daemon.output()


def test_an_erased_person_gets_no_mail(foyer, box, address):
    reader, number = confirmed(foyer, box, address)
    assert reader.post_json("/foyer/me/erase", {"sure": "yes"}).status == 200
    assert followers(foyer, number) == []
    settled(foyer)
    assert len(box.to(address)) == 1


def test_a_person_takes_along_what_was_asked(foyer, box, address):
    reader, number = confirmed(foyer, box, address)
    line = f'{{"follows":{{"comment":{number},"address":"{address}"'
    assert line in reader.get("/foyer/me.jsonl").text
    assert line in foyer.ctl("person", "export", f"#{number}").stdout


def test_what_was_never_confirmed_or_is_old_goes(foyer, box, address):
    number = comment(foyer, foyer.reader(), email=address, follow=True)
    _, old = confirmed(foyer, box, "old" + address)
    foyer.query("UPDATE follower SET asked_at = now() - CASE comment_id"
                " WHEN %s THEN interval '8 days' ELSE interval '366 days' END"
                " WHERE comment_id IN (%s, %s)", number, number, old)
    foyer.stop()
    foyer.start()
    wait_until(lambda: followers(foyer, number) == followers(foyer, old) == [])


# ---- bounds ----

def test_nobody_can_have_an_address_bombed(foyer, box, address):
    for _ in range(6):
        comment(foyer, foyer.reader(), email=address, follow=True)
    settled(foyer)
    assert len(box.to(address)) == 3


def test_spam_asks_nobody(foyer, box, address):
    reader = foyer.reader()
    first = comment(foyer, reader)
    foyer.query("INSERT INTO ban (site_id, person, effect) SELECT 1, person, 'spam'"
                " FROM comment WHERE id = %s", first)
    number = comment(foyer, reader, email=address, follow=True)
    assert foyer.query("SELECT state::text FROM comment WHERE id = %s",
                       number) == [("spam",)]
    settled(foyer)
    assert followers(foyer, number) == [] and box.to(address) == []


def test_moderators_are_told_once_what_waits(foyer, box):
    foyer.query("UPDATE thread SET policy = 'all'")
    try:
        for _ in range(3):
            comment(foyer, foyer.reader())
        [mail] = box.wait("desk@journal.example")
        assert "/foyer/admin/" in mail.get_content()
        assert re.match(r"\d+ comments? waits?", mail["Subject"])
        comment(foyer, foyer.reader())
        settled(foyer)
        assert len(box.to("desk@journal.example")) == 1
    finally:
        foyer.query("UPDATE thread SET policy = 'open'")


def test_metrics_tell_of_the_outbox(foyer):
    said = foyer.reader().get("/foyer/metrics").text
    assert re.search(r'^foyer_mails_total\{result="sent"\} \d+$', said, re.M)
    assert "\nfoyer_outbox_mails " in said
    assert "\nfoyer_outbox_age_seconds " in said
