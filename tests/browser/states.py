"""states.py: every page and state of a page, and how a person comes there."""

import itertools

from scene import Scene
from totp import code

CLOSED, EMPTY, FULL = range(3)
NUMBERS = itertools.count()


def furnish(foyer, moderator):
    """What STATES need to know: slugs, a password, comments everywhere."""
    scene = Scene(foyer, moderator)
    scene.password = foyer.add_account("boss", "owner")
    scene.slug = foyer.slugs[FULL]
    scene.talked = scene.talk(scene.slug)
    scene.waiting = scene.wait_in_queue(scene.slug, scene.talked)
    _, wide = scene.post(scene.slug, "W" * 80, "w" * 400 + " ||spoiler||")
    scene.rule(scene.slug, wide, "approve")
    _, quoted = scene.post(scene.slug, "A reader", "Which lens?",
                           anchor="a portrait lens")
    scene.rule(scene.slug, quoted, "approve")
    for n in range(12):         # eight, and a fold with the rest
        _, number = scene.post(scene.slug, "Shown, too", f"Reply {n}",
                               parent=wide, spoiler=n == 2)
        scene.rule(scene.slug, number, "approve")
    moderator.post_json(f"/foyer/admin/threads/{foyer.slugs[CLOSED]}",
                        {"policy": "closed"})
    scene.person, = [str(person) for person, in foyer.query(
        "SELECT person FROM comment WHERE id = %s", scene.talked[1])]
    for kind, value in [("letter", "On the orchestra"), ("feature", "1")]:
        moderator.post_json(
            f"/foyer/admin/threads/{scene.slug}/comments/{scene.talked[1]}"
            "/act", {"act": kind, "value": value})
    moderator.post_json("/foyer/admin/reasons", {
        "value": "Off topic\nInsults somebody"})
    moderator.post_json("/foyer/admin/bans", {
        "domain": "spam.example", "value": "hold", "reason": "Advertising"})
    moderator.post_json(f"/foyer/admin/people/{scene.person}", {
        "act": "note", "value": "Wrote to us about the score."})
    foyer.query("INSERT INTO site_choice (site_id, tally) VALUES (1, true)")
    while foyer.query("SELECT insight_follow(1::smallint, 50)")[0][0]:
        pass                    # the sums of the statistics
    return scene


def page(path):
    def come(person, place):
        person.go(path.format(slug=place.slug, closed=place.foyer.slugs[CLOSED],
                              empty=place.foyer.slugs[EMPTY],
                              number=place.talked[1], person=place.person))
    return come


def given_back(person, place):
    person.expected.add(422)
    person.comment(place.slug, "A reader", "word " * 2001)


def waiting(person, place):
    person.comment(place.slug, "A reader", f"`{next(NUMBERS)}` ||spoiler||")
    person.named("Delete it").click()


def preview(person, place):
    page("/reviews/{slug}")(person, place)
    person.fill(author="A reader", body="*So* it ||will|| look.")
    person.send("Preview", ".preview")


def passage_given_back(person, place):
    person.expected.add(422)
    page("/foyer/threads/{slug}/passage?paragraph=2")(person, place)
    person.fill(author="A reader", anchor="never in it", body="About it.")
    person.click("Send comment")


def known(path, click=None, expected=None):
    """As somebody who has commented here."""
    def come(person, place):
        waiting(person, place)
        page(path)(person, place)
        person.expected.add(expected)
        if click:
            person.click(click, "main")
    return come


def told_by_mail(person, place):
    waiting(person, place)
    place.foyer.query(
        "INSERT INTO follower (thread_id, comment_id, person, mail, address)"
        " SELECT thread_id, id, person, '\\x00', '' FROM comment"
        " ORDER BY id DESC LIMIT 1")
    page("/foyer/me")(person, place)


def not_signed_in(person, place):
    person.expected.add(401)
    person.sign_in("boss", "wrong")


def admin(path):
    def come(person, place):
        person.sign_in("boss", place.password)
        page(path)(person, place)
    return come


def waits_in_one(person, place):
    """The queue of one review, in which something new waits; its number."""
    slug = place.foyer.slugs[EMPTY]
    _, number = place.post(slug, "A newcomer", f"Word {next(NUMBERS)}.")
    admin("/foyer/admin/?review={empty}")(person, place)
    return slug, number


def cleared(person, place):
    waits_in_one(person, place)
    person.select_all().rule_all("Spam")


def undone(person, place):
    cleared(person, place)
    person.undo()


def forestalled(person, place):
    """Somebody else was first."""
    slug, number = waits_in_one(person, place)
    person.expected.add(409)
    place.rule(slug, number, "approve")
    person.rule("Spam", number)


def invited(person, place):
    admin("/foyer/admin/accounts")(person, place)
    person.click("Make a link")


def joining(person, place):
    invited(person, place)
    link = person.find("#made").get_attribute("value")
    person.click("Sign out").go(link.removeprefix(person.origin))


def second_factor(person, place):
    """Set up by somebody new; the codes for recovery are shown."""
    name = f"factor {next(NUMBERS)}"
    password = place.foyer.add_account(name, "moderator")
    person.sign_in(name, password)
    person.go("/foyer/account/totp")
    secret = person.words(".secret").replace(" ", "")
    person.fill(code=code(secret)).click("Turn it on")
    return name, password


def asked_for_code(person, place):
    known = second_factor(person, place)
    person.go("/foyer/account").click("Sign out everywhere")
    person.expected.add(401)
    person.sign_in(*known)


def not_found(person, place):
    person.expected.add(404)
    page("/reviews/no-such-film")(person, place)


def too_large(person, place):
    person.expected.add(413)
    person.comment(place.slug, "A reader", "x" * 140000)


COMMENT = "/foyer/threads/{slug}/comments/{number}/"

STATES = {
    "found": page("/reviews/?q=Reply+or+Норштейн"),
    "nothing found": page("/reviews/?q=xyzzyplugh"),
    "a director": page("/reviews/?director=Iurii+Norshtein"),
    "index": page("/reviews/"),
    "review": page("/reviews/{slug}"),
    "search for nothing": page("/reviews/?q="),
    "permalink": page("/reviews/{slug}#comment-{number}"),
    "cite": page("/foyer/comments/{number}/cite"),
    "newest": page("/reviews/{slug}/newest"),
    "empty thread": page("/reviews/{empty}"),
    "closed thread": page("/reviews/{closed}"),
    "reply": page("/foyer/threads/{slug}/reply?parent={number}"),
    "passage": page("/foyer/threads/{slug}/passage?paragraph=2"),
    "passage given back": passage_given_back,
    "form given back": given_back,
    "preview": preview,
    "waiting": waiting,
    "revisions": page(COMMENT + "revisions"),
    "vote": known(COMMENT + "vote"),
    "voted": known(COMMENT + "vote", "Helpful"),
    "report": known(COMMENT + "report"),
    "report given back": known(COMMENT + "report", "Report it", 422),
    "sign in": page("/foyer/session"),
    "not signed in": not_signed_in,
    "account": admin("/foyer/session"),
    "sessions": admin("/foyer/account"),
    "second factor": admin("/foyer/account/totp"),
    "codes for recovery": second_factor,
    "asked for a code": asked_for_code,
    "queue": admin("/foyer/admin/"),
    "queue, all selected": admin("/foyer/admin/?all=1"),
    "queue, narrowed to nothing": admin("/foyer/admin/?why=quiet"),
    "queue, cleared": cleared,
    "queue, undone": undone,
    "queue, forestalled": forestalled,
    "log": admin("/foyer/admin/log"),
    "log, narrowed": admin("/foyer/admin/log?actor=editor&act=approve"
                           "&review={slug}&since=2026-01-01"),
    "log, nothing": admin("/foyer/admin/log?actor=nobody"),
    "filters": admin("/foyer/admin/filters"),
    "filters, tried": admin("/foyer/admin/filters?weight_links=150&hold_at=30"
                            "&spam_at=80"),
    "statistics": admin("/foyer/admin/statistics"),
    "statistics, a week": admin("/foyer/admin/statistics?span=week"),
    "statistics, nothing": admin("/foyer/admin/statistics?span=year"
                                 "&on=2001-05-05"),
    "tally": page("/foyer/tally"),
    "accounts": admin("/foyer/admin/accounts"),
    "a link was made": invited,
    "join": joining,
    "all of mine": known("/foyer/me"),
    "my mail": told_by_mail,
    "thread's admin": admin("/foyer/admin/threads/{slug}"),
    "one comment's admin": admin("/foyer/admin/threads/{slug}/comments/"
                                 "{number}"),
    "people": admin("/foyer/admin/people"),
    "people, found": admin("/foyer/admin/people?name=A+reader"),
    "people, nobody": admin("/foyer/admin/people?name=Zzyzx"),
    "person": admin("/foyer/admin/people/{person}"),
    "bans": admin("/foyer/admin/bans"),
    "terms": admin("/foyer/admin/terms"),
    "letters": page("/foyer/letters"),
    "not found": not_found,
    "too large": too_large,
}
