-- review_put: site, slug, path, issue, year, heading, title, original, film year, minutes, directors, reviewer, affiliation, epigraph, paragraphs, works, colour, country, language, published, updated, roles, names, role of each name -> id, whether it is new
WITH credit AS (
    SELECT jsonb_agg(jsonb_build_array(r.role, coalesce((
        SELECT jsonb_agg(n.name ORDER BY n.i)
        FROM unnest($23::text::text[], $24::text::integer[])
            WITH ORDINALITY AS n (name, role, i)
        WHERE n.role = r.i), '[]')) ORDER BY r.i) AS credits
    FROM unnest($22::text::text[]) WITH ORDINALITY AS r (role, i)
), put AS (
    INSERT INTO review AS r (site_id, slug, path, issue, year, heading, title,
        original, film_year, minutes, directors, reviewer, affiliation,
        epigraph, paragraphs, works, colour, country, language, published,
        updated, credits)
    SELECT $1::smallint, $2, $3, $4, $5, $6, $7, $8, $9, $10,
        $11::text::text[], $12, $13, $14, $15::text::text[],
        $16::text::text[], $17, $18, $19, $20, $21,
        coalesce(credits, '[]') FROM credit
    ON CONFLICT (site_id, slug) DO UPDATE SET (path, issue, year, heading,
        title, original, film_year, minutes, directors, reviewer, affiliation,
        epigraph, paragraphs, works, colour, country, language, published,
        updated, credits, imported_at) =
        (excluded.path, excluded.issue, excluded.year, excluded.heading,
        excluded.title, excluded.original, excluded.film_year,
        excluded.minutes, excluded.directors, excluded.reviewer,
        excluded.affiliation, excluded.epigraph, excluded.paragraphs,
        excluded.works, excluded.colour, excluded.country, excluded.language,
        excluded.published, excluded.updated, excluded.credits, now())
    RETURNING r.id, r.xmax = 0 AS created
), added AS (
    INSERT INTO thread (id, policy)
    SELECT p.id, e.policy FROM put p
    CROSS JOIN LATERAL terms_of($1::smallint, $4) e
    ON CONFLICT (id) DO NOTHING
), moved AS (
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT id, 0, 0 FROM put
)
SELECT id, created FROM put;

-- review_get: site, slug -> id, slug, path, issue, year, heading, title, original, film year, minutes, directors, reviewer, affiliation, epigraph, paragraphs, works, colour, country, language, published, updated, roles, names, role of each name
SELECT r.id, r.slug, r.path, r.issue, r.year, r.heading, r.title, r.original,
    r.film_year, r.minutes, r.directors, r.reviewer, r.affiliation,
    r.epigraph, r.paragraphs, r.works, r.colour, r.country, r.language,
    r.published, r.updated,
    ARRAY(SELECT c.v ->> 0
        FROM jsonb_array_elements(r.credits) WITH ORDINALITY AS c (v, i)
        ORDER BY c.i),
    ARRAY(SELECT n.name
        FROM jsonb_array_elements(r.credits) WITH ORDINALITY AS c (v, i),
            jsonb_array_elements_text(c.v -> 1)
                WITH ORDINALITY AS n (name, j)
        ORDER BY c.i, n.j),
    ARRAY(SELECT c.i::text
        FROM jsonb_array_elements(r.credits) WITH ORDINALITY AS c (v, i),
            jsonb_array_elements_text(c.v -> 1)
                WITH ORDINALITY AS n (name, j)
        ORDER BY c.i, n.j)
FROM review r WHERE r.site_id = $1::smallint AND r.slug = $2;

-- review_list: site, issue, id -> id, slug, heading, reviewer, issue, year, count, language
SELECT r.id, r.slug, r.heading, r.reviewer, r.issue, r.year,
    (SELECT n.shown FROM thread_now n WHERE n.id = r.id), r.language
FROM review r
WHERE r.site_id = $1::smallint AND (r.issue, r.id) < ($2::integer, $3::bigint)
ORDER BY r.issue DESC, r.id DESC LIMIT 100;

-- review_places: site -> slug, last comment
-- A sitemap's: at most 10,000, and their newest shown comments.
SELECT r.slug, coalesce((SELECT usec(c.posted_at) FROM comment c
    WHERE c.thread_id = r.id AND c.state = 'shown'
    ORDER BY c.id DESC LIMIT 1), 0)
FROM (SELECT v.id, v.slug, v.issue FROM review v
    WHERE v.site_id = $1::smallint
    ORDER BY v.issue DESC, v.id DESC LIMIT 10000) r
ORDER BY r.issue DESC, r.id DESC;
