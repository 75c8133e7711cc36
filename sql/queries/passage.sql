-- passage_text: site, slug -> when it was imported, paragraphs
SELECT usec(r.imported_at), r.paragraphs
FROM review r WHERE r.site_id = $1::smallint AND r.slug = $2;

-- passage_seen: site, slug -> when it was imported
SELECT usec(r.imported_at)
FROM review r WHERE r.site_id = $1::smallint AND r.slug = $2;

-- passage_list: site, slug -> comment, start, end
-- Those of the newest comments: so many a page marks.
SELECT c.id, (c.anchor #>> '{position,start}')::bigint,
    (c.anchor #>> '{position,end}')::bigint
FROM comment c
WHERE c.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2)
    AND c.anchor IS NOT NULL AND c.home IS NULL AND c.state = 'shown' AND c.anchor ? 'position'
ORDER BY c.id DESC LIMIT 500;

-- passage_lock: site, slug -> thread, paragraphs
-- Two that settle one thread do so one after the other, and each reads the text
-- once it may.
SELECT t.id, r.paragraphs
FROM review r JOIN thread t ON t.id = r.id
WHERE r.site_id = $1::smallint AND r.slug = $2
FOR NO KEY UPDATE OF t;

-- passage_batch: site, slug, after -> comment, exact, prefix, suffix, start, end
SELECT c.id, c.anchor ->> 'exact', coalesce(c.anchor ->> 'prefix', ''),
    coalesce(c.anchor ->> 'suffix', ''),
    coalesce((c.anchor #>> '{position,start}')::bigint, 0),
    coalesce((c.anchor #>> '{position,end}')::bigint, 0)
FROM comment c
WHERE c.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2)
    AND c.anchor IS NOT NULL AND c.home IS NULL AND c.id > $3
ORDER BY c.id LIMIT 200;

-- passage_set: thread, comments, starts, ends -> none
UPDATE comment c SET anchor = CASE WHEN p.last = 0
    THEN c.anchor - 'position'
    ELSE jsonb_set(c.anchor, '{position}', jsonb_build_object(
        'type', 'TextPositionSelector', 'start', p.first, 'end', p.last)) END
FROM unnest($2::text::bigint[], $3::text::bigint[], $4::text::bigint[])
    AS p (id, first, last)
WHERE c.thread_id = $1 AND c.id = p.id;
