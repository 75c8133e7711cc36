-- person_get: site, person -> name, account, role, suspended, trusted, note, note by, note at, ban, reason of the ban, ban by, shown, held, spam, removed, erased, first, last, has mail
-- Each state's comments are counted to 100.
SELECT coalesce(n.author, a.name, ''), coalesce(a.name, ''),
    coalesce(a.role::text, 'guest'), coalesce(a.suspended, false),
    coalesce(p.trusted, false), coalesce(w.words, ''), coalesce(w.by, ''),
    usec(w.at), act_value('ban', $1::smallint, 0, 0, $2::uuid::text),
    coalesce(b.reason, ''), coalesce(b.by, ''), s.shown, s.held, s.spam,
    s.removed, s.erased, usec(s.first), usec(s.last),
    n.email_hash IS NOT NULL
FROM (SELECT) one
LEFT JOIN account a ON a.id = $2::uuid
LEFT JOIN person p ON p.site_id = $1::smallint AND p.id = $2::uuid
LEFT JOIN person_note w ON w.site_id = p.site_id AND w.person = p.id
    AND w.number = p.note
LEFT JOIN LATERAL (SELECT b.reason, b.by FROM ban b
    WHERE b.site_id = $1::smallint AND b.person = $2::uuid
    ORDER BY b.id DESC LIMIT 1) b ON true
CROSS JOIN LATERAL (
    SELECT (sum(x.n) FILTER (WHERE e.state = 'shown'))::bigint AS shown,
        (sum(x.n) FILTER (WHERE e.state = 'held'))::bigint AS held,
        (sum(x.n) FILTER (WHERE e.state = 'spam'))::bigint AS spam,
        (sum(x.n) FILTER (WHERE e.state = 'removed'))::bigint AS removed,
        (sum(x.n) FILTER (WHERE e.state = 'erased'))::bigint AS erased,
        min(f.at) AS first, max(l.at) AS last, max(l.id) AS newest
    FROM unnest(enum_range(NULL::comment_state)) AS e (state)
    CROSS JOIN LATERAL (SELECT count(*) AS n FROM (SELECT FROM comment c
        WHERE c.person = $2::uuid AND c.state = e.state LIMIT 100) c) x
    LEFT JOIN LATERAL (SELECT c.posted_at AS at FROM comment c
        WHERE c.person = $2::uuid AND c.state = e.state
        ORDER BY c.id LIMIT 1) f ON true
    LEFT JOIN LATERAL (SELECT c.posted_at AS at, c.id FROM comment c
        WHERE c.person = $2::uuid AND c.state = e.state
        ORDER BY c.id DESC LIMIT 1) l ON true
) s
LEFT JOIN LATERAL (SELECT c.author, c.email_hash FROM comment c
    WHERE c.id = s.newest LIMIT 1) n ON true
WHERE a.id IS NOT NULL OR s.newest IS NOT NULL;

-- person_comments: site, person, before -> thread, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, body, person, slug, title, spoiler
SELECT c.thread_id, c.id, c.parent, c.root, c.state, c.author, c.badge,
    c.html, c.anchor, c.reason, c.posted, c.edited, c.votes, c.body,
    c.person, c.slug, c.title, c.spoiler
FROM (
    SELECT x.thread_id, x.id
    FROM unnest(enum_range(NULL::comment_state)) AS e (state)
    CROSS JOIN LATERAL (SELECT c.thread_id, c.id FROM comment c
        WHERE c.person = $2 AND c.state = e.state AND c.id < $3
            AND (SELECT r.site_id FROM review r
                WHERE r.id = c.thread_id) = $1::smallint
        ORDER BY c.id DESC LIMIT 51) x
    ORDER BY x.id DESC LIMIT 51
) x JOIN whole_comment c ON c.thread_id = x.thread_id AND c.id = x.id
ORDER BY x.id DESC;

-- person_near: site, person -> person, name
-- Others who wrote from the addresses of this person's last comments: of 200
-- comments the newest, at most 20 people.
SELECT o.person, max(o.author)
FROM (
    SELECT DISTINCT x.sender
    FROM unnest(enum_range(NULL::comment_state)) AS e (state)
    CROSS JOIN LATERAL (SELECT c.sender FROM comment c
        WHERE c.person = $2 AND c.state = e.state AND c.sender <> ''
        ORDER BY c.id DESC LIMIT 10) x
) s CROSS JOIN LATERAL (
    SELECT c.person, c.author FROM comment c
    WHERE c.sender = s.sender AND (SELECT r.site_id FROM review r
        WHERE r.id = c.thread_id) = $1::smallint
    ORDER BY c.id DESC LIMIT 200
) o
WHERE o.person <> $2
GROUP BY o.person ORDER BY max(o.author) LIMIT 20;

-- person_names: site, person -> name
SELECT DISTINCT x.author
FROM unnest(enum_range(NULL::comment_state)) AS e (state)
CROSS JOIN LATERAL (SELECT c.author FROM comment c
    WHERE c.person = $2 AND c.state = e.state AND c.author <> ''
        AND (SELECT r.site_id FROM review r
            WHERE r.id = c.thread_id) = $1::smallint
    ORDER BY c.id DESC LIMIT 50) x
ORDER BY x.author LIMIT 10;

-- person_find: site, name -> person, name, role, last seen, trusted, ban
-- Whose names begin so, of 1,000 comments; "": who wrote last, of 200.
WITH found AS (
    SELECT f.person, f.author, f.posted_at FROM (
        SELECT c.person, c.author, c.posted_at, c.thread_id FROM comment c
        WHERE $2::text <> '' AND lower(c.author) ~>=~ lower($2::text)
            AND lower(c.author) ~<~ (lower($2::text) || chr(1114111))
        ORDER BY lower(c.author) USING ~<~, c.id DESC LIMIT 1000
    ) f WHERE (SELECT r.site_id FROM review r WHERE r.id = f.thread_id)
        = $1::smallint
    UNION ALL
    SELECT f.person, f.author, f.posted_at FROM (
        SELECT c.person, c.author, c.posted_at, c.thread_id FROM comment c
        WHERE $2::text = '' ORDER BY c.id DESC LIMIT 200
    ) f WHERE f.author <> '' AND (SELECT r.site_id FROM review r
        WHERE r.id = f.thread_id) = $1::smallint
    UNION ALL
    SELECT a.id, a.name, NULL FROM (SELECT a.id, a.name FROM account a
        WHERE $2::text <> '' AND lower(a.name) ~>=~ lower($2::text)
            AND lower(a.name) ~<~ (lower($2::text) || chr(1114111))
        ORDER BY lower(a.name) USING ~<~ LIMIT 50) a
), people AS (
    SELECT person, max(author) AS name, max(posted_at) AS seen
    FROM found GROUP BY person ORDER BY max(posted_at) DESC NULLS LAST LIMIT 50
)
SELECT p.person, p.name, coalesce(a.role::text, 'guest'), usec(p.seen),
    coalesce(m.trusted, false),
    act_value('ban', $1::smallint, 0, 0, p.person::text)
FROM people p LEFT JOIN account a ON a.id = p.person
LEFT JOIN person m ON m.site_id = $1::smallint AND m.id = p.person
ORDER BY p.seen DESC NULLS LAST;

-- person_note: site, person, words, by -> number
INSERT INTO person_note (site_id, person, number, words, by)
SELECT $1::smallint, $2, 1 + coalesce((SELECT n.number FROM person_note n
    WHERE n.site_id = $1::smallint AND n.person = $2
    ORDER BY n.number DESC LIMIT 1), 0), $3, $4
RETURNING number::text;

-- person_here: site, person -> slug, id, state
-- What there is of theirs that a moderator may take away.
SELECT r.slug, x.id, x.state
FROM (
    SELECT x.thread_id, x.id, e.state
    FROM unnest(ARRAY['shown', 'held']::comment_state[]) AS e (state)
    CROSS JOIN LATERAL (SELECT c.thread_id, c.id FROM comment c
        WHERE c.person = $2 AND c.state = e.state
            AND (SELECT r.site_id FROM review r
                WHERE r.id = c.thread_id) = $1::smallint
        ORDER BY c.id LIMIT 100) x
    LIMIT 100
) x CROSS JOIN LATERAL (SELECT r.slug FROM review r
    WHERE r.id = x.thread_id LIMIT 1) r;

-- person_swept: site, person -> slug, id, the state that it had
-- What was taken away with all of theirs.
SELECT r.slug, x.id, CASE x.why WHEN 'swept shown' THEN 'shown' ELSE 'held' END
FROM (
    SELECT c.thread_id, c.id, c.why FROM comment c
    WHERE c.person = $2 AND c.state = 'removed'
        AND c.why IN ('swept shown', 'swept held')
        AND (SELECT r.site_id FROM review r
            WHERE r.id = c.thread_id) = $1::smallint
    ORDER BY c.id LIMIT 100
) x CROSS JOIN LATERAL (SELECT r.slug FROM review r
    WHERE r.id = x.thread_id LIMIT 1) r;

-- ban_list: site, before -> id, person, name, domain, what it does, reason, by, since, over
SELECT b.id, b.person, coalesce(a.name, n.author, ''), coalesce(b.domain, ''),
    ban_told(b), b.reason, b.by, usec(b.made_at),
    coalesce(b.until <= now(), false)
FROM ban b LEFT JOIN account a ON a.id = b.person
LEFT JOIN LATERAL (
    SELECT x.author FROM unnest(enum_range(NULL::comment_state)) AS e (state)
    CROSS JOIN LATERAL (SELECT c.author, c.id FROM comment c
        WHERE c.person = b.person AND c.state = e.state
        ORDER BY c.id DESC LIMIT 1) x
    ORDER BY x.id DESC LIMIT 1
) n ON true
WHERE b.site_id = $1::smallint AND b.id < $2
ORDER BY b.id DESC LIMIT 101;
