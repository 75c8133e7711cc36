-- deferred_list: site, after -> id, slug, language, parent, person, author, email hash, sender, body, posted, edited, now, why, verdict, parent body
-- Held comments that a filter is still to be asked about.
SELECT c.id, r.slug, r.language, c.parent, c.person, c.author,
    encode(c.email_hash, 'hex'), encode(c.sender, 'hex'), c.body,
    usec(c.posted_at), usec(c.edited_at), usec(now()), c.why, c.verdict,
    left(p.body, 4000)
FROM comment c
JOIN review r ON r.id = c.thread_id
LEFT JOIN comment p ON p.thread_id = c.thread_id AND p.id = c.parent
WHERE c.state = 'held' AND 'is asked later' = ANY (c.verdict)
    AND r.site_id = $1::smallint AND c.id > $2
ORDER BY c.id LIMIT 20;

-- deferred_lock: site, slug, id -> thread, root, edited
-- If it is still waiting for such a filter.
SELECT c.thread_id, c.root, usec(c.edited_at)
FROM review r JOIN comment c ON c.thread_id = r.id AND c.id = $3
WHERE r.site_id = $1::smallint AND r.slug = $2 AND c.state = 'held'
    AND 'is asked later' = ANY (c.verdict)
FOR UPDATE OF c;

-- deferred_settle: thread, id, state, why, verdict -> none
UPDATE comment SET state = $3::text::comment_state,
    visible = $3::text = 'shown', why = $4, verdict = $5::text::text[]
WHERE thread_id = $1 AND id = $2;
