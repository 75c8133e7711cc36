"""mailing.py: readers who ask to be told of replies by mail."""

import re
import uuid

from process import wait_until

LINK = re.compile(r"http://\S+/foyer/mail/(?:confirm|stop)\?link=\S+")


def comment(foyer, who, **more):
    """A comment's number."""
    said = who.comment(more.pop("slug", foyer.slugs[0]), str(uuid.uuid4()),
                       key=str(uuid.uuid4()), **more)
    assert said.status == 201, said
    return said.json["id"]


def link(mail):
    return LINK.search(mail.get_content()).group()


def confirmed(foyer, box, address, **more):
    """A reader whose address is good, and their comment."""
    reader = foyer.reader()
    number = comment(foyer, reader, email=address, follow=True, **more)
    [mail] = box.wait(address)
    page = reader.get(link(mail))
    done = reader.submit(page.form("/foyer/mail/confirm"))
    assert done.status == 200 and "You will hear" in done.words, done
    return reader, number


def followers(foyer, number):
    return foyer.query("SELECT confirmed_at IS NOT NULL FROM follower"
                       " WHERE comment_id = %s", number)


def settled(foyer):
    """Everything that happened was looked at, and all that waits is sent."""
    last, = foyer.query("SELECT pg_current_xact_id()::text")[0]
    foyer.query("UPDATE mail_head SET at = now() - interval '11 minutes'")
    wait_until(lambda: foyer.query(
        "SELECT 1 FROM mail_head WHERE pg_snapshot_xmax(seen) > %s::xid8",
        last) and not foyer.query("SELECT 1 FROM outbox WHERE over_at IS NULL"
                                  " AND kind <> 'digest'"), "the outbox", 30)
