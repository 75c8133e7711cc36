-- Reading: a feed by an index, a search that ends, more ways to write a name.

-- The name first: where nothing is known of the table yet, a review is still
-- looked for by its slug.
CREATE INDEX review_by_reviewer
    ON review (reviewer, site_id, issue DESC, id DESC);

-- Comments that came with their votes, not by voting, have their place among
-- the best, too.
CREATE FUNCTION import_rank() RETURNS void LANGUAGE sql AS $$
    UPDATE comment SET best = helpful(votes, reports)
    WHERE (votes > 0 OR best > 0) AND best <> helpful(votes, reports)
        AND (SELECT h.slug IS NULL OR h.thread_id = comment.thread_id
            FROM import_head h)
$$;

-- ---- names ----

-- Lower case, letters only; without apostrophes (Shepit'ko), what stands for
-- hard signs (Pod"ezd), Cyrillic signs, ALA-LC's ligatures and the English
-- genitive. Slavists' šč is one letter.
CREATE OR REPLACE FUNCTION name_words(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN trim(replace(regexp_replace(lower(translate(
        regexp_replace(regexp_replace(normalize(words, NFC),
            '[''’ʼ]s\M', '', 'g'),
            '(?<=[[:alpha:]])["“”](?=[[:alpha:]])', '', 'g'),
        U&'''’ʼʹʺ′″`ьъЬЪ\0361\FE20\FE21', '')), '[^[:alpha:]]+', ' ', 'g'),
        'šč', 'щ'));

-- Words of a text that may be names, hard signs and ligatures within them, too.
CREATE OR REPLACE FUNCTION capitalised(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT DISTINCT m[1] FROM regexp_matches(words,
        U&'([[:upper:]](?:[[:alpha:]''’ʼʹʺ\0361\FE20\FE21]|'
            '["”](?=[[:alpha:]]))+)', 'g') AS m);

-- The words with c, ch and x as Slavists have them where there is no háček:
-- Cvet, Chuciev, Xuciev (цвет, Хуциев); ch is Germans', too (Eichenbaum). What
-- is сч is not told from their sch: Schast'e.
CREATE FUNCTION slavic(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(regexp_replace(regexp_replace(words,
        '(?<!t)sch(?!t)', 'сч', 'g'),
        '(?<![cts]|sh)ch|x', 'kh', 'g'), 'c(?![hkz])', 'ts', 'g');

-- The keys of all the words. A word in a case and one that only looks so
-- (Максим) can't be told apart, nor can two ways to read a c: it has both.
CREATE OR REPLACE FUNCTION name_keys(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT DISTINCT k FROM (
        SELECT string_to_array(romanised(concat_ws(' ', w, nominative(w),
            CASE WHEN w ~ '[cx]' THEN slavic(w) END)), ' ')
        FROM name_words(words) AS w (w)) x (keys), unnest(x.keys) AS k
    WHERE length(k) BETWEEN 1 AND 60);

-- As before, with the third way to read a word.
CREATE OR REPLACE FUNCTION excerpt_names(words text, asked tsquery)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    shown text := excerpt(words, asked);
    keys text[] := ARRAY(SELECT m[1]
        FROM regexp_matches(asked::text, '''n:([^'']+)''', 'g') AS m);
    bare text;
    found text;
BEGIN
    IF keys = '{}' OR strpos(shown, chr(2)) > 0 THEN
        RETURN shown;
    END IF;
    bare := name_words(array_to_string(capitalised(words), ' '));
    SELECT string_agg(quote_literal(w), '|') INTO found
    FROM unnest(string_to_array(bare, ' '),
        string_to_array(romanised(bare), ' '),
        string_to_array(romanised(nominative(bare)), ' '),
        string_to_array(romanised(slavic(bare)), ' ')) AS u (w, k, n, s)
    WHERE k = ANY (keys) OR n = ANY (keys) OR s = ANY (keys);
    RETURN excerpt(words, asked || coalesce(to_tsquery('russian', found), ''));
END $$;

-- ---- a search that ends ----

-- The same words, wherever they stand.
CREATE FUNCTION unordered(asked tsquery) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(asked::text, '<(-|[0-9]+)>', '&', 'g')::tsquery;

-- About how many comments the index of words has to look at for these: by the
-- share of the last thousand that has them, in whatever order.
CREATE FUNCTION likely_comments(asked tsquery, before bigint) RETURNS bigint
LANGUAGE sql STABLE SET enable_bitmapscan = off AS $$
    SELECT (count(*) FILTER (WHERE n.lexemes @@ unordered(asked))
        * (SELECT greatest(c.reltuples, 0) FROM pg_class c
            WHERE c.oid = 'search_comment'::regclass)
        / greatest(count(*), 1))::bigint
    FROM (SELECT s.lexemes FROM search_comment s
        WHERE s.comment_id < before
        ORDER BY s.comment_id DESC LIMIT 1000) n
$$;

-- Of the 4,000 newest before `upto` the first 21 that are found; where the next
-- 4,000 begin, or 0.
CREATE FUNCTION found_newest(site smallint, asked tsquery, in_issue integer,
    threads bigint[], upto bigint, OUT ids bigint[], OUT next bigint)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_custom_plan SET enable_bitmapscan = off AS $$
BEGIN
    ids := ARRAY(SELECT n.comment_id
        FROM (SELECT s.thread_id, s.comment_id, s.edited_at, s.lexemes
            FROM search_comment s WHERE s.comment_id < upto
            ORDER BY s.comment_id DESC LIMIT 4000) n
        WHERE (in_issue = 0 OR n.thread_id = ANY (threads))
            AND n.lexemes @@ asked AND still_found(n.thread_id, n.comment_id,
                n.edited_at, site, in_issue)
        LIMIT 21);
    next := coalesce((SELECT s.comment_id FROM search_comment s
        WHERE s.comment_id < upto
        ORDER BY s.comment_id DESC OFFSET 3999 LIMIT 1), 0);
END $$;

-- A keyset page, the newest first; and where the search goes on, or 0. What is
-- often said is among the newest; what is not there, the index of words has few
-- of. What has often-said words, yet seldom so (a phrase, an issue), is looked
-- for among the 100,000 newest, and then from there on. Where no word is asked
-- for, all that is said in an issue.
DROP FUNCTION found_comments(smallint, tsquery, integer, bigint);
CREATE FUNCTION found_comments(site smallint, asked tsquery, in_issue integer,
    before bigint)
RETURNS TABLE (id bigint, next bigint) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_custom_plan SET enable_bitmapscan = on AS $$
DECLARE
    found bigint[] := '{}';
    upto bigint := before;
    more bigint[];
    threads bigint[];
BEGIN
    IF asked IS NULL THEN
        found := ARRAY(SELECT c.id FROM review r
            CROSS JOIN LATERAL (SELECT c.id FROM comment c
                WHERE c.thread_id = r.id AND c.id < before
                    AND c.state = 'shown'
                ORDER BY c.id DESC LIMIT 21) c
            WHERE r.site_id = site AND r.issue = in_issue
            ORDER BY c.id DESC LIMIT 21);
        upto := 0;
    END IF;
    threads := ARRAY(SELECT r.id FROM review r
        WHERE r.site_id = site AND r.issue = in_issue AND in_issue > 0);
    FOR i IN 1..25 LOOP
        EXIT WHEN cardinality(found) > 20 OR upto = 0;
        SELECT n.ids, n.next INTO more, upto
        FROM found_newest(site, asked, in_issue, threads, upto) n;
        found := found || more;
        IF cardinality(found) < 21 AND upto > 0 AND i = 1
                AND likely_comments(asked, before) <= 20000 THEN
            found := ARRAY(SELECT n.nth
                FROM (SELECT s.thread_id, s.comment_id + 0 AS nth, s.edited_at
                    FROM search_comment s
                    WHERE s.lexemes @@ asked AND s.comment_id < before
                    ORDER BY nth DESC OFFSET 0) n
                WHERE (in_issue = 0 OR n.thread_id = ANY (threads))
                    AND still_found(n.thread_id, n.nth, n.edited_at, site,
                        in_issue)
                LIMIT 21);
            upto := 0;
        END IF;
    END LOOP;
    IF cardinality(found) > 20 THEN
        upto := found[20];
    END IF;
    RETURN QUERY SELECT f.id, upto
    FROM unnest(CASE found WHEN '{}' THEN ARRAY[NULL::bigint]
        ELSE found[:20] END) AS f (id);
END $$;

-- What is searched is made anew, by and by.
UPDATE search_review s SET lexemes = review_lexemes(r)
FROM review r WHERE r.id = s.review_id;
UPDATE search_head SET filled = 0,
    fill_to = greatest(fill_to, (SELECT coalesce(max(id), 0) FROM comment));
