"""asked_accounts.py: what test_openapi.py asks of accounts' operations."""

from asking import both, get
from totp import code

NOBODY = "00000000-0000-4000-8000-000000000000"


def tallied(w, name):
    w.owner.post_json(w.path("choices"), {})
    closed = get(w, name)
    w.owner.post_json(w.path("choices"), {"tally": "yes"})
    return [closed, get(w, name)]


def made_link(w):
    return w.owner.post_json(w.path("invite"), {"role": "reader"}
                             ).json["url"]


def joined(w):
    def link():
        return made_link(w).partition("link=")[2]
    good = {"name": "Joined", "password": "a long enough one"}
    return both(w, "join", good | {"link": "x"}) + both(
        w, "join", {"link": link(), "password": "short"}) + [
        w.foyer.reader().post_json(w.path("join"), good | {"link": link()}),
        w.foyer.reader().post(w.path("join"), good | {
            "link": link(), "name": "Joined too"})]


def account(w, name):
    w.foyer.add_account(name, "reviewer")
    return w.foyer.query("SELECT id FROM account WHERE name = %s", name)[0][0]


def changed(w):
    password = w.foyer.add_account("changed", "reader")
    who = w.foyer.reader()
    who.post_json(w.path("signIn"), {"name": "changed", "password": password})
    return who.post_json(w.path("password"), {
        "old": password, "password": "a long enough one"})


def ended(w):
    who = w.foyer.moderator("ended")
    key = w.foyer.query("SELECT s.id FROM account_session s JOIN account a ON "
                        "a.id = s.account_id WHERE a.name = 'ended'")[0][0]
    return who.post_json(w.path("sessionEnd", key=key), {})


def enrolled(w):
    """A new second factor; its account's client and codes are kept."""
    w.enrolled = w.foyer.moderator("enrolled")
    page = w.enrolled.get(w.path("totpForm"))
    form = page.form("/totp")
    secret = "".join(page.tree.find(
        ".//code[@class='secret']").itertext()).replace(" ", "")
    got = w.enrolled.post_json(w.path("totp"), form.fields | {
        "code": code(secret)})
    w.codes = got.json["codes"]
    return got


def given_up(w):
    if not hasattr(w, "codes"):
        enrolled(w)
    return w.enrolled.post_json(w.path("totpEnd"), {"code": w.codes[0]})


def feed_of(w):
    who = w.foyer.moderator("subscriber")
    who.post(w.path("feedAddress"), {"feed": "new"})
    return who.get(w.path("account")).tree.find(
        ".//input[@id='own-address']").get("value")


def taken_back(w):
    made_link(w)
    key = w.foyer.query("SELECT id FROM invitation ORDER BY made_at DESC "
                        "LIMIT 1")[0][0]
    return w.owner.post_json(w.path("inviteEnd", key=key), {})


ACCOUNTS = {
    "tally": lambda w: tallied(w, "tally"),
    "tallyJson": lambda w: tallied(w, "tallyJson"),
    "joinForm": lambda w: [w.reader.get(made_link(w)), w.reader.get(
        w.path("joinForm") + "?link=x")],
    "join": joined,
    "account": lambda w: [get(w, "account", w.moderator)],
    "password": lambda w: both(w, "password", {"old": "x", "password": "y"},
                               w.moderator) + [changed(w)],
    "sessionEnd": lambda w: both(w, "sessionEnd", {}, w.moderator,
                                 key=NOBODY) + [ended(w)],
    "leave": lambda w: both(w, "leave", {}, w.foyer.moderator("leaver")),
    "totpForm": lambda w: [get(w, "totpForm", w.moderator)],
    "totp": lambda w: both(w, "totp", {"code": "1"}, w.moderator) + [
        enrolled(w)],
    "totpEnd": lambda w: both(w, "totpEnd", {"code": "1"}, w.owner) + [
        given_up(w)],
    "feedAddress": lambda w: both(w, "feedAddress", {"feed": "new"},
                                  w.moderator),
    "queueAtom": lambda w: [w.reader.get(feed_of(w)),
                            get(w, "queueAtom", secret="0" * 72)],
    "logLines": lambda w: [get(w, "logLines", w.moderator)],
    "accounts": lambda w: [get(w, "accounts", w.owner)],
    "accountSet": lambda w: both(w, "accountSet", {"role": "reader"}, w.owner,
                                 key=account(w, "set")),
    "accountReset": lambda w: both(w, "accountReset", {}, w.owner,
                                   key=account(w, "reset")),
    "invite": lambda w: both(w, "invite", {"role": "reader"}, w.owner) + both(
        w, "invite", {"role": "king"}, w.owner),
    "inviteEnd": lambda w: both(w, "inviteEnd", {}, w.owner, key=NOBODY) + [
        taken_back(w)],
    "choices": lambda w: both(w, "choices", {}, w.owner),
}
