"""desk.py: moderators' pages of a place with 1,000,000 comments.

Half a day's mail of a journal that is twenty times as large as any: 20,000
comments wait, 100,000 were ruled on, one person has written 10,000.
"""

import time
import urllib.parse

from measure import Row, cpu_seconds, good, load
from process import wait_until

THREADS, SIZE = 10_000, 100
PAGE_MS, RULING_MS = 50, 500
TURNS, SELECTED = 5, 200
EVERYBODY = "md5('everywhere')::uuid"

# Of the newest 200,000 one in ten waits; reports, spam and what was removed
# lie everywhere. What a moderator has said of people, too.
FILL = """
SET session_replication_role = replica;
SET synchronous_commit = off;
UPDATE site SET policy = 'first';
UPDATE review SET issue = id / 20, year = 2000 + id % 25, language =
    CASE WHEN id = 77 THEN 'de' WHEN id % 3 = 0 THEN 'ru' ELSE 'en' END,
    reviewer = 'Reviewer ' || id % 50;
UPDATE comment SET state = 'held', visible = false,
    why = CASE WHEN id % 50 = 3 THEN 'filters' ELSE 'newcomer' END,
    verdict = '{{links,f,40,"2 links","n=2",120,honeypot,f,0,"","",3,'
        'pace,f,0,"","",6}}'
WHERE id % 10 = 3 AND id > 800000;
UPDATE comment SET state = 'spam', visible = false WHERE id % 40 = 1;
UPDATE comment SET state = 'removed', visible = id % 200 = 7,
    reason = 'Off topic' WHERE id % 100 = 7;
UPDATE comment SET person = {everybody}, author = 'Somebody everywhere',
    sender = decode(md5((id / 1000)::text), 'hex') WHERE id % 100 = 5;
UPDATE comment SET verdict = '{{links,f,0,"","",120,honeypot,f,0,"","",3,'
    'pace,f,0,"","",6}}' WHERE id > 999000 AND verdict = '{{}}';
UPDATE comment SET reports = 1 WHERE id % 1000 = 11;
INSERT INTO report (thread_id, comment_id, person, reason)
SELECT thread_id, id, gen_random_uuid(), 'abuse' FROM comment
WHERE reports = 1;
INSERT INTO moderation_log (thread_id, site_id, id, at, actor_name, act,
    comment_id, before, after, reason, prev, hash)
SELECT c.thread_id, 1, row_number() OVER (ORDER BY c.id),
    c.posted_at + interval '2 hours', 'editor ' || c.id % 7,
    CASE c.state WHEN 'spam' THEN 'spam' WHEN 'removed' THEN 'remove'
        ELSE 'approve' END, c.id, 'held', c.state, c.reason,
    decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
FROM comment c WHERE c.state IN ('spam', 'removed') OR c.id % 16 = 2;
UPDATE log_head SET id = (SELECT max(id) FROM moderation_log);
INSERT INTO account (id, name, password, role) SELECT
    md5('account' || n)::uuid, 'Account ' || n, '', (CASE WHEN n % 200 = 0
    THEN 'moderator' ELSE 'reader' END)::account_role
FROM generate_series(1, 5000) n;
INSERT INTO ban (site_id, person, until) SELECT 1, md5('account' || n)::uuid,
    now() + interval '1 month' FROM generate_series(1, 5000, 5) n;
INSERT INTO ban (site_id, domain) SELECT 1, 'spam-' || n || '.example'
FROM generate_series(1, 100) n;
INSERT INTO person (site_id, id, trusted, note) SELECT 1,
    md5('account' || n)::uuid, n % 10 = 0, 1 FROM generate_series(1, 5000) n;
INSERT INTO person (site_id, id, note) VALUES (1, {everybody}, 1);
INSERT INTO person_note (site_id, person, number, words, by)
SELECT 1, id, 1, 'Wrote to us.', 'editor' FROM person;
INSERT INTO letter (thread_id, comment_id, heading)
SELECT thread_id, id, 'On the film' FROM comment
WHERE state = 'shown' AND id % 1000 = 10;
INSERT INTO terms (site_id, issue, policy, close_days)
SELECT 1, n, 'first', 90 FROM generate_series(1, 50) n;
INSERT INTO removal_reason (site_id, number, reason)
SELECT 1, n, 'Reason ' || n FROM generate_series(1, 12) n;
INSERT INTO site_choice (site_id, tally) VALUES (1, true);
ANALYZE;
"""

# Name -> path; {held}: a review where something waits, {old}: one without.
PAGES = {
    "queue": "/",
    "queue, its second page": "/?after={after}",
    "queue, one review": "/?review={held}",
    "queue, one filter": "/?filter=links",
    "queue, one reason": "/?why=filters",
    "queue, one language": "/?language=ru",
    "queue, all narrowed": "/?review={held}&filter=links&why=newcomer",
    "queue, a review without any": "/?review={old}",
    "queue, a filter without any": "/?filter=pace",
    "queue, a reason without any": "/?why=banned",
    "queue, a language without any": "/?language=de",
    "queue as JSON": "/queue.json",
    "queue as JSON, without any": "/queue.json?why=banned",
    "queue's count": "/count.json",
    "thread": "/threads/{held}",
    "one comment": "/threads/{held}/comments/{comment}",
    "people": "/people",
    "people, a frequent name": "/people?name=Reader",
    "people, one name": "/people?name=Account+4711",
    "people, nobody": "/people?name=Zzyzx",
    "a guest": "/people/{guest}",
    "a person with 10,000 comments": "/people/{everybody}",
    "bans": "/bans",
    "terms": "/terms",
    "accounts": "/accounts",
    "log": "/log",
    "log, one act": "/log?act=remove",
    "log, one moderator": "/log?actor=editor+3",
    "log, one review": "/log?review={held}",
    "log, a moderator's act": "/log?actor=editor+3&act=spam",
    "log, some days": "/log?since={day}&until={day}",
    "log, nothing": "/log?actor=nobody&act=spam",
    "log as JSON Lines": "/log.jsonl",
    "filters": "/filters",
    "filters, a preview": "/filters?weight_links=50&hold_at=30&spam_at=60",
    "filters as JSON": "/filters.json",
    "statistics": "/statistics",
    "statistics, a week": "/statistics?span=week",
    "statistics, a year": "/statistics?span=year",
    "statistics as JSON": "/statistics.json",
    "tally": "~/tally",
    "letters": "~/letters",
    "the queue's feed": "~/queue/{feed}.atom",
}


class Desk:
    """A house with all that, and somebody who has signed in to it."""

    def __init__(self, place):
        self.place, self.house = place, place.house("desk")
        house = self.house
        house.fill(SIZE, THREADS, age=f"interval '1 minute' * ("
                   f"{SIZE * THREADS} - g * {THREADS} - m.n)")
        house.cluster.psql(house.database, "-1", "-c", FILL.format(
            everybody=EVERYBODY))
        house.cluster.psql(house.database, "-c", "VACUUM ANALYZE")
        self.count()
        self.client = house.moderator(role="owner")
        self.cookie = "; ".join(f"{name}={value}" for name, value
                                in self.client.cookies.items())
        self.names = self.look_up()

    def count(self):
        """What the background process would get through in some minutes."""
        def counted():
            self.house.query("SELECT insight_follow(1::smallint, 50)")
            rows = self.house.query(
                "SELECT h.reached >= (SELECT max(id) FROM comment)"
                " AND s.ruled = l.id FROM insight_head h, insight_site s,"
                " log_head l")
            return rows and rows[0][0]
        wait_until(counted, "the sums", 600)

    def look_up(self):
        one = self.house.query
        held = one("SELECT r.slug, c.id, c.person FROM comment c JOIN review r"
                   " ON r.id = c.thread_id WHERE c.state = 'held'"
                   " ORDER BY c.id OFFSET 60 LIMIT 1")[0]
        old, = one("SELECT slug FROM review r WHERE NOT EXISTS (SELECT FROM"
                   " comment c WHERE c.thread_id = r.id AND c.state = 'held')"
                   " AND EXISTS (SELECT FROM comment c WHERE"
                   " c.thread_id = r.id) ORDER BY id LIMIT 1")[0]
        day, = one("SELECT (max(at) - interval '30 days')::date::text"
                   " FROM moderation_log")[0]
        everybody, = one(f"SELECT {EVERYBODY}::text")[0]
        self.client.post("/foyer/account/feed", {"feed": "new"})
        feed = self.client.get("/foyer/account").text
        return {"held": held[0], "comment": held[1], "guest": held[2],
                "after": held[1], "old": old, "day": day,
                "everybody": everybody,
                "feed": feed.partition("/foyer/queue/")[2].partition(".")[0]}

    def path(self, path):
        path = path.format(**self.names)
        return ("/foyer" + path[1:] if path.startswith("~")
                else "/foyer/admin" + path)

    def pids(self):
        return (self.house.pids() + self.house.nginx_pids()
                + self.house.cluster.pids())

    def page(self, name, path):
        """A row: how long it takes, and of that how long the processors."""
        request = self.place.templates.get(self.path(path), self.cookie)
        good(load(self.house.port, request, c=1, n=10))
        before = cpu_seconds(self.pids())
        reports = [good(load(self.house.port, request, c=1, n=12))["all"]
                   for _ in range(TURNS)]
        cpu = (cpu_seconds(self.pids()) - before) / (12 * TURNS) * 1000
        return Row("admin", name, [r["p50"] / 1000 for r in reports],
                   bar=PAGE_MS, least=False, unit="ms",
                   cpu_msec=round(cpu, 1),
                   most=max(r["p99"] for r in reports) / 1000)

    # ---- acts ----

    def waiting(self):
        """So many, as the queue's boxes name them."""
        return [f"{slug}.{number}.held.0" for slug, number in self.house.query(
            "SELECT r.slug, c.id FROM comment c JOIN review r"
            " ON r.id = c.thread_id WHERE c.state = 'held'"
            " ORDER BY c.id LIMIT %s", SELECTED)]

    def timed(self, path, fields):
        """Milliseconds, and the rows that it wrote."""
        began = time.monotonic()
        done = self.client.post("/foyer/admin" + path, fields)
        took = (time.monotonic() - began) * 1000
        assert done.status == 303, done
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(
            done.location).query)
        return took, query

    def acts(self):
        said = {act: [] for act in ["spam", "approve", "remove"]}
        undone = {act: [] for act in said}
        for _ in range(TURNS):
            for act in said:
                took, query = self.timed("/rule", {
                    "act": act, "select": " ".join(self.waiting()),
                    "reason": "Off topic" if act == "remove" else ""})
                said[act].append(took)
                took, query = self.timed("/log/undo", {
                    "select": query["done"][0]})
                assert query["undone"] == [str(SELECTED)], query
                undone[act].append(took)
        for title, times in [(f"{SELECTED} at once: {{}}", said),
                             ("undone: {}", undone)]:
            for act, values in times.items():
                yield Row("admin", title.format(act), values, bar=RULING_MS,
                          least=False, unit="ms")


def admin(place):
    desk = place.once("desk", lambda: Desk(place))
    for name, path in PAGES.items():
        yield desk.page(name, path)
    yield from desk.acts()
