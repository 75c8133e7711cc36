-- ruling_walk: site, after -> id, state, state by the ruling before, comment, posted, author, email hash, sender, body, slug, language, parent body
-- The text as it was then: of an edit after it, what that replaced. What is
-- undone is unlearned: the state is that of the ruling which stands again. A
-- comment that moved is told of as it was learned: under the review that it was
-- posted to. The hundred are taken first, by the log's index alone: a plan that
-- joins before it counts to a hundred reads the whole log for each.
SELECT l.id, CASE WHEN l.act <> 'undo' OR l.after = 'held' THEN l.after
        ELSE coalesce(n.after, 'held') END, coalesce(b.after, ''), c.id,
    usec(c.posted_at), c.author, encode(c.email_hash, 'hex'),
    encode(c.sender, 'hex'), coalesce(v.body, c.body), r.slug, r.language,
    left(p.body, 4000)
FROM (
    SELECT w.* FROM moderation_log w
    WHERE w.site_id = $1::smallint AND w.id > $2 AND w.comment_id <> 0
        AND (w.act IN ('approve', 'spam', 'remove', 'hold')
            OR w.act = 'undo' AND (SELECT u.act FROM moderation_log u
                WHERE u.thread_id = w.thread_id AND u.site_id = w.site_id
                    AND u.id = w.ref)
                IN ('approve', 'spam', 'remove', 'hold'))
        AND (SELECT c.state FROM comment c WHERE c.id = w.comment_id)
            <> 'erased'
    ORDER BY w.id LIMIT 100
) l
JOIN comment c ON c.id = l.comment_id
JOIN review r ON r.id = coalesce(c.home, c.thread_id)
LEFT JOIN comment p ON p.thread_id = c.thread_id AND p.id = c.parent
LEFT JOIN LATERAL (
    SELECT b.after FROM ruling_standing(l.site_id, l.comment_id, l.id) b
    WHERE l.before <> 'held'
) b ON true
LEFT JOIN LATERAL (
    SELECT n.after FROM ruling_standing(l.site_id, l.comment_id, l.id + 1) n
    WHERE l.act = 'undo'
) n ON true
LEFT JOIN LATERAL (
    SELECT v.body FROM revision v
    WHERE v.thread_id = c.thread_id AND v.comment_id = c.id
        AND v.at > l.at
    ORDER BY v.number LIMIT 1
) v ON true
ORDER BY l.id;
