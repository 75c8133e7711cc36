"""asked_mail.py: what test_openapi.py asks of the pages that mails lead to."""

import re

from asking import both


def link(mail):
    return re.search(r"\?link=\S+", mail.get_content()).group()


def asked(w, address):
    """A reader's comment, and the question that came."""
    w.number = w.reader.comment(w.slug, f"For {address}.", email=address,
                                follow=True).json["id"]
    return link(w.foyer.box.wait(address)[0])


def question(w):
    query = asked(w, "first@reader.example")
    return [w.reader.get(w.path("followForm") + query),
            w.reader.get(w.path("followForm"))]


def confirmed(w):
    query = asked(w, "second@reader.example")
    return both(w, "follow", {"link": query.partition("=")[2]}) + both(
        w, "follow", {"link": "x"})


def told(w, address):
    """The link of a reply's mail that ends such mail."""
    query = asked(w, address)
    w.reader.post_json(w.path("follow"), {"link": query.partition("=")[2]})
    w.rule(w.number, "approve")
    answer = w.foyer.reader().comment(w.slug, f"And yet, {address}.",
                                      parent=w.number)
    w.rule(answer.json["id"], "approve")
    return link(w.foyer.box.wait(address, 2)[1])


def stopped(w):
    query = told(w, "third@reader.example")
    one = w.foyer.reader(Sec_Fetch_Site=None).post(
        w.path("unfollow") + query, {"List-Unsubscribe": "One-Click"})
    return [one] + both(w, "unfollow", {"link": query.partition("=")[2],
                                        "all": "true"})


def own(w):
    number = w.reader.comment(w.slug, "For the fifth.", follow=True,
                              email="fifth@reader.example").json["id"]
    return both(w, "stopMyMail", {"comment": str(number)}, w.reader) + both(
        w, "stopMyMail", {"all": "true"}, w.reader) + both(
        w, "stopMyMail", {"comment": "x"}, w.reader) + both(
        w, "stopMyMail", {"all": "true"}, w.foyer.reader())


MAIL = {"stopMyMail": own,
        "followForm": question, "follow": confirmed,
        "unfollowForm": lambda w: [w.reader.get(
            w.path("unfollowForm") + told(w, "fourth@reader.example"))],
        "unfollow": stopped}
