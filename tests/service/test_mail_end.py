"""test_mail_end.py: whoever gets mail can end it: by its link, on a page."""

import pytest

from foyer import Foyer
from mailing import comment, confirmed, followers, link, settled


@pytest.fixture(scope="module")
def foyer(cluster, box):
    with Foyer(cluster, policy="open", filters={}, **box.settings) as made:
        yield made


# ---- by a link ----

def test_a_link_alone_changes_nothing(foyer, box, address):
    reader = foyer.reader()
    number = comment(foyer, reader, email=address, follow=True)
    [mail] = box.wait(address)
    for client in (reader, foyer.reader()):
        assert client.get(link(mail)).status == 200
    assert followers(foyer, number) == [(False,)]
    reader.submit(reader.get(link(mail)).form("/foyer/mail/confirm"))
    comment(foyer, foyer.reader(), parent=number)
    stop = link(box.wait(address, 2)[1])
    assert "stop" in stop
    assert foyer.reader().get(stop).valid().status == 200
    assert followers(foyer, number) == [(True,)]


def test_one_click_of_a_mail_program_ends_it(foyer, box, address):
    _, number = confirmed(foyer, box, address)
    comment(foyer, foyer.reader(), parent=number)
    url = link(box.wait(address, 2)[1])
    program = foyer.reader(Sec_Fetch_Site=None)
    for _ in range(2):
        done = program.request(
            "POST", url, "List-Unsubscribe=One-Click",
            {"Content-Type": "application/x-www-form-urlencoded"})
        assert done.status == 200
    assert followers(foyer, number) == []
    comment(foyer, foyer.reader(), parent=number)
    settled(foyer)
    assert len(box.to(address)) == 2


def test_a_link_ends_it_wherever_the_comment_has_moved(foyer, box, moderator,
                                                       address):
    reader = foyer.reader()
    number = comment(foyer, reader, email=address, follow=True)
    move = f"/foyer/admin/threads/%s/comments/{number}/act"
    asked = link(box.wait(address)[0])
    assert moderator.post_json(move % foyer.slugs[0], {
        "act": "move", "value": foyer.slugs[1]}).status == 200
    reader.submit(reader.get(asked).form("/foyer/mail/confirm"))
    assert followers(foyer, number) == [(True,)]
    comment(foyer, foyer.reader(), slug=foyer.slugs[1], parent=number)
    url = link(box.wait(address, 2)[1])
    assert moderator.post_json(move % foyer.slugs[1], {
        "act": "move", "value": foyer.slugs[0]}).status == 200
    done = foyer.reader(Sec_Fetch_Site=None).request(
        "POST", url, "List-Unsubscribe=One-Click",
        {"Content-Type": "application/x-www-form-urlencoded"})
    assert done.status == 200
    assert followers(foyer, number) == []


def test_it_ends_for_a_review_or_for_all(foyer, box, address):
    reader, here = confirmed(foyer, box, address)
    second = comment(foyer, reader, email=address, follow=True)
    there = comment(foyer, reader, email=address, follow=True,
                    slug=foyer.slugs[1])
    comment(foyer, foyer.reader(), parent=here)
    url = link(box.wait(address, 2)[1])
    form = foyer.reader().get(url).form("/foyer/mail/stop")
    assert [act[2] for act in form.acts] == ["Stop it for this review",
                                             "Stop all of it"]
    foyer.reader().submit(form)
    assert followers(foyer, here) == followers(foyer, second) == []
    assert followers(foyer, there) == [(True,)]
    form = foyer.reader().get(url).form("/foyer/mail/stop")
    assert [act[2] for act in form.acts] == ["Stop all of it"]
    foyer.reader().submit(form, all="true")
    assert followers(foyer, there) == []


def test_a_link_serves_for_nothing_else(foyer, box, address):
    comment(foyer, foyer.reader(), email=address, follow=True)
    token = link(box.wait(address)[0]).partition("link=")[2]
    client = foyer.reader()
    for path in ["/foyer/mail/stop", "/foyer/join"]:
        assert client.get(f"{path}?link={token}").status == 403
    done = client.post_json("/foyer/mail/confirm", {"link": token[:-2]})
    assert (done.status, done.json["type"].rpartition("/")[2]) == \
        (403, "link-over")


# ---- one's own page ----

def test_readers_see_what_mail_they_get_and_end_it_one_by_one(foyer, box,
                                                              address):
    reader, first = confirmed(foyer, box, address)
    second = comment(foyer, reader, email="b" + address, follow=True,
                     slug=foyer.slugs[1])
    page = reader.get("/foyer/me").valid()
    assert all(word in page.words for word in
               [address, "b" + address, "confirmed", "not confirmed"])
    assert page.form("/foyer/me/mail").acts[0][:2] == \
        ("comment", str(second))    # the newest is the first
    done = reader.submit(page.form("/foyer/me/mail"), comment=str(first))
    assert done.headers["Location"].endswith("/foyer/me#mail")
    assert followers(foyer, first) == []
    assert followers(foyer, second) == [(False,)]
    comment(foyer, foyer.reader(), parent=first)
    settled(foyer)
    assert len(box.to(address)) == 1
    words = reader.get("/foyer/me").words
    assert "b" + address in words and " " + address not in words


def test_readers_end_all_mail_at_once(foyer, box, address):
    reader, first = confirmed(foyer, box, address)
    second = comment(foyer, reader, email=address, follow=True,
                     slug=foyer.slugs[1])
    russian = reader.get("/foyer/me", {"Accept-Language": "ru"}).valid()
    assert "Отписаться от всего" in russian.words
    form = [each for each in reader.get("/foyer/me").forms
            if each.action.endswith("/me/mail")][-1]
    assert form.acts == [("all", "true", "Stop all of it")]
    for _ in range(2):
        assert reader.submit(form, all="true").status == 303
    assert followers(foyer, first) == followers(foyer, second) == []
    page = reader.get("/foyer/me").valid()
    assert "You get no mail about replies." in page.words
    assert address not in page.words


def test_nobody_ends_anothers_mail(foyer, box, address):
    _, number = confirmed(foyer, box, address)
    other = foyer.reader()
    own = comment(foyer, other, email=address, follow=True)
    for fields, status in [({"comment": number}, 200), ({"all": True}, 200),
                           ({"comment": "0"}, 404), ({}, 404)]:
        assert other.post_json("/foyer/me/mail", fields).status == status
    assert followers(foyer, number) == [(True,)]
    assert followers(foyer, own) == []      # that was theirs
    assert address not in other.get("/foyer/me").words
    assert foyer.reader().post_json("/foyer/me/mail",
                                    {"all": True}).status == 401
    assert other.post("/foyer/me/mail", {"all": "true"}, {
        "Sec-Fetch-Site": "cross-site"}).status == 403
