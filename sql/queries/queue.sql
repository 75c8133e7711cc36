-- What waits for a moderator: held comments, and shown ones with reports that
-- nobody has dealt with, the oldest first. Or what was taken for spam, from the
-- newest on, in 2,000 comments: an index of it would cost every spammer's post.

-- queue_list: site, after, slug, language, why, filter, spam -> thread, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, body, person, slug, title, spoiler, why, parent author, parent body, shown before, removed before, first seen, verdict, reports, near
SELECT c.thread_id, c.id, c.parent, c.root, c.state, c.author, c.badge,
    c.html, c.anchor, c.reason, c.posted, c.edited, c.votes, c.body,
    c.person, c.slug, c.title, c.spoiler, q.why, p.author, left(p.body, 2000),
    h.shown, h.removed - (c.state = 'spam')::integer,   -- itself
    usec(h.first_seen), q.verdict,
    ARRAY(SELECT u.v FROM (SELECT r.at, r.person, r.reason, r.words
            FROM report r WHERE q.reports > 0 AND r.thread_id = c.thread_id
                AND r.comment_id = c.id AND NOT r.settled
            ORDER BY r.at, r.person LIMIT 10) r
        CROSS JOIN LATERAL unnest(ARRAY[r.reason, r.words, usec(r.at)::text])
            WITH ORDINALITY u (v, n)
        ORDER BY r.at, r.person, u.n),
    ARRAY(SELECT u.v FROM (
            SELECT o.person, max(o.author) AS name
            FROM (SELECT n.person, n.author, n.thread_id FROM comment n
                WHERE n.sender = (SELECT s.sender FROM comment s
                    WHERE s.thread_id = q.thread_id AND s.id = q.id
                        AND s.sender <> '')
                ORDER BY n.sender, n.id DESC LIMIT 12) o
            WHERE o.person <> c.person AND (SELECT r.site_id FROM review r
                WHERE r.id = o.thread_id) = $1::smallint
            GROUP BY o.person ORDER BY max(o.author), o.person LIMIT 6) o
        CROSS JOIN LATERAL unnest(ARRAY[o.person::text, o.name])
            WITH ORDINALITY u (v, n)
        ORDER BY o.name, o.person, u.n)
FROM (
    (SELECT w.thread_id, w.id, w.why, w.verdict, w.reports
    FROM waiting($2, $1::smallint, $3) w
    WHERE NOT $7::text::boolean AND ($4 = '' OR w.language = $4)
        AND ($5 = '' OR w.why = $5)
        AND ($6 = '' OR spoke_against(w.verdict, $6))
    ORDER BY w.id LIMIT 50)
    UNION ALL
    (SELECT w.thread_id, w.id, w.why, w.verdict, w.reports
    FROM (
        SELECT s.thread_id, s.id, s.why, s.verdict, s.reports, r.language
        FROM (
            (SELECT c.thread_id, c.id, c.why, c.verdict, c.reports, c.state
            FROM comment c
            WHERE $3 = '' AND c.id < coalesce(nullif($2, 0), 1::bigint << 62)
            ORDER BY c.id DESC LIMIT 2000)
            UNION ALL
            (SELECT c.thread_id, c.id, c.why, c.verdict, c.reports, c.state
            FROM comment c
            WHERE c.thread_id = (SELECT r.id FROM review r
                WHERE r.site_id = $1::smallint AND r.slug = $3)
                AND c.id < coalesce(nullif($2, 0), 1::bigint << 62)
            ORDER BY c.id DESC LIMIT 2000)
        ) s CROSS JOIN LATERAL (SELECT r.site_id, r.language
            FROM review r WHERE r.id = s.thread_id LIMIT 1) r
        WHERE s.state = 'spam' AND r.site_id = $1::smallint
    ) w
    WHERE $7::text::boolean AND ($4 = '' OR w.language = $4)
        AND ($5 = '' OR w.why = $5)
        AND ($6 = '' OR spoke_against(w.verdict, $6))
    ORDER BY w.id DESC LIMIT 50)
) q JOIN whole_comment c ON c.thread_id = q.thread_id AND c.id = q.id
LEFT JOIN comment p ON p.thread_id = c.thread_id AND p.id = c.parent
CROSS JOIN LATERAL history(c.person) h
ORDER BY CASE WHEN $7::text::boolean THEN -q.id ELSE q.id END;

-- queue_reach: site, after, slug, spam -> the last that a page after this one looks at; 0: all
SELECT coalesce(CASE WHEN $4::text::boolean
    THEN CASE WHEN $3 = '' THEN (SELECT c.id FROM comment c
            WHERE c.id < coalesce(nullif($2, 0), 1::bigint << 62)
            ORDER BY c.id DESC OFFSET 1999 LIMIT 1)
        ELSE (SELECT c.id FROM comment c
            WHERE c.thread_id = (SELECT r.id FROM review r
                WHERE r.site_id = $1::smallint AND r.slug = $3)
                AND c.id < coalesce(nullif($2, 0), 1::bigint << 62)
            ORDER BY c.id DESC OFFSET 1999 LIMIT 1) END
    ELSE queue_reach($2, $1::smallint, $3) END, 0);

-- queue_total: site -> comments that wait, counted to 1000
SELECT count(*) FROM (SELECT FROM waiting(0, $1::smallint, '') w
    LIMIT 1000) w;

-- queue_languages: site -> languages of its reviews
WITH RECURSIVE spoken (language) AS (
    (SELECT r.language FROM review r WHERE r.site_id = $1::smallint
    ORDER BY r.language LIMIT 1)
    UNION ALL
    SELECT (SELECT r.language FROM review r
        WHERE r.site_id = $1::smallint AND r.language > s.language
        ORDER BY r.language LIMIT 1)
    FROM spoken s WHERE s.language IS NOT NULL
)
SELECT s.language FROM spoken s WHERE s.language IS NOT NULL LIMIT 50;
