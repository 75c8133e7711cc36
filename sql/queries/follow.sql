-- follow_ask: site, thread, key, person, mail, address -> none
-- Whose comment has just been added wants to hear of replies. Who confirmed
-- this address before need not again; else one mail asks: once a day, and no
-- address thrice an hour more often, whoever gives it.
WITH own AS (
    SELECT c.thread_id, c.id FROM comment c
    WHERE c.thread_id = $2 AND c.client_key = $3 AND c.person = $4
        AND c.state IN ('shown', 'held')
), before AS MATERIALIZED (
    SELECT f.thread_id, f.comment_id, f.confirmed_at FROM follower f
    WHERE f.person = $4 AND f.mail = decode($5::text, 'hex')
), put AS (
    INSERT INTO follower (thread_id, comment_id, person, mail, address,
        confirmed_at)
    SELECT o.thread_id, o.id, $4, decode($5::text, 'hex'), $6,
        (SELECT max(b.confirmed_at) FROM before b)
    FROM own o
    ON CONFLICT (thread_id, comment_id) DO NOTHING
    RETURNING thread_id, comment_id, confirmed_at
)
INSERT INTO outbox (thread_id, site_id, comment_id, kind, about, mail)
SELECT p.thread_id, $1::smallint, p.comment_id, 'confirm', 0,
    decode($5::text, 'hex')
FROM put p
WHERE p.confirmed_at IS NULL
    AND NOT EXISTS (SELECT FROM before b JOIN outbox o
        ON o.thread_id = b.thread_id AND o.site_id = $1::smallint
        AND o.comment_id = b.comment_id AND o.kind = 'confirm')
    AND (SELECT count(*) FROM outbox o WHERE o.mail = decode($5::text, 'hex')
        AND o.made_at > now() - interval '1 hour') < 3
ON CONFLICT DO NOTHING;

-- follow_get: thread, comment, person -> slug, title, language, confirmed
-- Links in mails name the thread of then; here and below it is that of now.
SELECT r.slug, r.title, r.language, f.confirmed_at IS NOT NULL
FROM follower f JOIN review r ON r.id = f.thread_id
WHERE f.comment_id = $2::bigint AND f.person = $3 AND f.thread_id
    = coalesce((SELECT c.thread_id FROM comment c
        WHERE c.id = $2::bigint LIMIT 1), $1);

-- follow_confirm: thread, comment, person -> how many
-- All that the same person asked for with the same address.
WITH done AS (
    UPDATE follower f SET confirmed_at = coalesce(f.confirmed_at, now())
    WHERE f.person = $3 AND f.mail = (SELECT o.mail FROM follower o
        WHERE o.comment_id = $2::bigint AND o.person = $3 AND o.thread_id
            = coalesce((SELECT c.thread_id FROM comment c
                WHERE c.id = $2::bigint LIMIT 1), $1))
    RETURNING f.thread_id
)
SELECT count(*) FROM done;

-- follow_stop: thread, comment, person, all of it -> how many
-- In this thread, or in all: what was asked for with that address, and what
-- that person asked for with any (a hash is another when its key was renewed).
WITH here AS MATERIALIZED (
    SELECT coalesce((SELECT c.thread_id FROM comment c
        WHERE c.id = $2::bigint LIMIT 1), $1) AS id
), same AS (
    SELECT f.thread_id, f.comment_id FROM follower f
    WHERE f.mail = (SELECT o.mail FROM follower o WHERE o.thread_id
        = (SELECT id FROM here) AND o.comment_id = $2::bigint)
    UNION
    SELECT f.thread_id, f.comment_id FROM follower f WHERE f.person = $3
), gone AS (
    DELETE FROM follower f USING same s
    WHERE f.thread_id = s.thread_id AND f.comment_id = s.comment_id
        AND ($4::text::boolean OR f.thread_id = (SELECT id FROM here))
    RETURNING f.thread_id
)
SELECT count(*) FROM gone;

-- follow_list: thread, comment -> thread, comment, person, address, asked, confirmed
-- Those behind that one, by thread: for who seals them anew.
SELECT f.thread_id, f.comment_id, f.person, f.address, usec(f.asked_at),
    usec(f.confirmed_at)
FROM follower f WHERE (f.thread_id, f.comment_id) > ($1::bigint, $2::bigint)
ORDER BY f.thread_id, f.comment_id LIMIT 200;

-- follow_of: person, how many -> thread, comment, person, address, asked, confirmed, slug, title
-- The last ones they asked for.
SELECT f.thread_id, f.comment_id, f.person, f.address, usec(f.asked_at),
    usec(f.confirmed_at), r.slug, r.title
FROM follower f JOIN review r ON r.id = f.thread_id
WHERE f.person = $1 ORDER BY f.asked_at DESC, f.comment_id DESC
LIMIT $2::bigint;

-- follow_end: person, comment or 0 -> none
-- Of their own alone: who gave another's address may not end what that other
-- asked for.
DELETE FROM follower f
WHERE f.person = $1 AND ($2::bigint = 0 OR f.comment_id = $2::bigint);

-- follow_reseal: thread, comment, address as it was, as it is -> thread
UPDATE follower SET address = $4
WHERE thread_id = $1 AND comment_id = $2::bigint AND address = $3
RETURNING thread_id;

-- follow_retire: days -> none
-- Who has not confirmed within a week, and what was kept long enough.
WITH old AS (
    SELECT f.thread_id, f.comment_id FROM follower f
    WHERE f.asked_at < now() - interval '7 days'
        AND (f.confirmed_at IS NULL OR kept_enough(f.asked_at, $1::bigint))
    ORDER BY f.asked_at LIMIT 1000
)
DELETE FROM follower f USING old o
WHERE f.thread_id = o.thread_id AND f.comment_id = o.comment_id;
