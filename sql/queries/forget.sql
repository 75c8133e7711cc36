-- forget_ask: person -> whether they may be erased
-- Not who moderates: their acts are in the log, under their name. No mail
-- goes to them from now on.
WITH who AS (
    SELECT coalesce((SELECT a.role < 'moderator' FROM account a
        WHERE a.id = $1::uuid), true) AS may
), put AS (
    INSERT INTO erasure (person) SELECT $1::uuid FROM who w WHERE w.may
    ON CONFLICT DO NOTHING
), quiet AS (
    DELETE FROM follower f USING who w WHERE w.may AND f.person = $1::uuid
)
SELECT w.may FROM who w;

-- forget_next: -> person, comments so far, thread, id, root
-- Whose turn it is, and some of what is theirs: one row with no comment where
-- there is none.
SELECT e.person, e.comments, c.thread_id, c.id, c.root
FROM (SELECT x.person, x.comments FROM erasure x
    ORDER BY x.asked_at, x.person LIMIT 1) e
LEFT JOIN LATERAL (SELECT m.thread_id, m.id, m.root FROM comment m
    WHERE m.person = e.person ORDER BY m.thread_id, m.id LIMIT 50) c ON true;

-- forget_tree: thread, root -> none
SELECT FROM comment t WHERE t.thread_id = $1 AND t.id = $2 FOR UPDATE;

-- forget_change: thread, id -> none
-- Before it is erased: what readers see of it becomes another.
INSERT INTO change (thread_id, comment_id, shown)
SELECT c.thread_id, c.id, CASE c.state WHEN 'shown' THEN -1 ELSE 0 END
FROM comment c
WHERE c.thread_id = $1 AND c.id = $2 AND (c.state = 'shown' OR c.visible);

-- forget_whose: thread, id -> none
-- Nobody's: no key of a form, no id leads to its author. Counted if it was not
-- erased before.
WITH done AS (
    UPDATE erasure e SET comments = e.comments + 1 FROM comment c
    WHERE c.thread_id = $1 AND c.id = $2 AND e.person = c.person
        AND c.state <> 'erased'
)
UPDATE comment SET person = gen_random_uuid(), client_key = gen_random_uuid()
WHERE thread_id = $1 AND id = $2;

-- forget_votes: person -> how many
-- They count on, nobody's.
WITH part AS (
    SELECT v.thread_id, v.comment_id FROM vote v
    WHERE v.person = $1::uuid LIMIT 500
), done AS (
    UPDATE vote v SET person = gen_random_uuid() FROM part s
    WHERE v.thread_id = s.thread_id AND v.comment_id = s.comment_id
        AND v.person = $1::uuid
    RETURNING v.thread_id
)
SELECT count(*) FROM done;

-- forget_still: person -> a row, if they are not erased yet
SELECT e.comments FROM erasure e WHERE e.person = $1::uuid FOR UPDATE;

-- forget_rest: person -> none
SELECT forget($1::uuid);

-- forget_find: account, comment -> person
-- By an account's name, or by a comment of theirs.
SELECT a.id FROM account a WHERE $1::text <> '' AND a.name = $1
UNION ALL
SELECT c.person FROM comment c WHERE $1 = '' AND c.id = $2;

-- forget_comments: site, person, thread, after -> thread, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, body, person, slug, title, spoiler
-- Behind that one, in the order of threads.
SELECT c.thread_id, c.id, c.parent, c.root, c.state, c.author, c.badge,
    c.html, c.anchor, c.reason, c.posted, c.edited, c.votes, c.body,
    c.person, c.slug, c.title, c.spoiler
FROM (SELECT m.thread_id, m.id FROM comment m
    WHERE m.person = $2::uuid AND (m.thread_id, m.id) > ($3::bigint, $4)
        AND m.state <> 'erased' AND (SELECT r.site_id FROM review r
            WHERE r.id = m.thread_id) = $1::smallint
    ORDER BY m.person, m.thread_id, m.id LIMIT 51) m
CROSS JOIN LATERAL (SELECT w.* FROM whole_comment w
    WHERE w.thread_id = m.thread_id AND w.id = m.id LIMIT 1) c
ORDER BY m.thread_id, m.id;

-- forget_data: person, thread, after -> line, thread, id
-- What there is of somebody, as they may know it: spam looks held. The comments
-- behind that one, at most 200; before the first, what is no comment.
SELECT d.line::text, d.thread_id, d.id FROM (
    SELECT json_build_object('account', json_build_object('id', a.id, 'name',
        a.name, 'role', a.role, 'reviewer', a.reviewer, 'made', a.made_at))
        AS line, 0::bigint AS thread_id, 0::bigint AS id
    FROM account a WHERE a.id = $1::uuid AND $3::bigint = 0
    UNION ALL
    SELECT json_build_object('identity', json_build_object('name', i.name,
        'subject', i.subject, 'reviewer_of', i.reviewer_of,
        'seen', i.seen_at)), 0, 0
    FROM sso_identity i WHERE i.account_id = $1::uuid AND $3 = 0
    UNION ALL
    SELECT json_build_object('vote', json_build_object('comment',
        v.comment_id, 'at', v.at)), 0, 0
    FROM (SELECT x.comment_id, x.at FROM vote x
        WHERE x.person = $1::uuid AND $3 = 0 LIMIT 10000) v
    UNION ALL
    SELECT json_build_object('report', json_build_object('comment',
        p.comment_id, 'reason', p.reason, 'words', p.words, 'at', p.at)), 0, 0
    FROM (SELECT x.comment_id, x.reason, x.words, x.at FROM report x
        WHERE x.person = $1::uuid AND $3 = 0 LIMIT 10000) p
    UNION ALL
    SELECT json_build_object('comment', json_build_object('id', c.id,
        'review', r.slug, 'parent', c.parent, 'state', CASE c.state
            WHEN 'spam' THEN 'held' ELSE c.state::text END,
        'author', c.author, 'body', c.body, 'anchor', c.anchor,
        'posted', c.posted_at, 'edited', c.edited_at, 'votes', c.votes,
        'revisions', (SELECT json_agg(json_build_object('body', v.body,
            'until', v.at) ORDER BY v.number) FROM revision v
            WHERE v.thread_id = c.thread_id AND v.comment_id = c.id))),
        c.thread_id, c.id
    FROM (SELECT m.thread_id, m.id FROM comment m
        WHERE m.person = $1::uuid AND (m.thread_id, m.id) > ($2::bigint, $3)
        ORDER BY m.person, m.thread_id, m.id LIMIT 200) m
    CROSS JOIN LATERAL (SELECT x.id, x.thread_id, x.parent, x.state,
            x.author, x.body, x.anchor, x.posted_at, x.edited_at, x.votes
        FROM comment x WHERE x.thread_id = m.thread_id AND x.id = m.id
        LIMIT 1) c
    JOIN review r ON r.id = c.thread_id
) d
ORDER BY d.thread_id, d.id;
